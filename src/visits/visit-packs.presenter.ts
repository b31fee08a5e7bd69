import {
  CODED,
  DOCUMENTS,
  EVIDENCE,
  EVIDENCE_SOURCES,
  LICENCES,
  RECOGNITIONS,
  type Answers,
} from '../competences/competences.contract.js';
import type { FormVersion } from '../competences/forms.contract.js';
import type { PackedParticipant, VisitPack } from './dto/visit-pack.dto.js';
import type { CodeLists, PackedRow } from './visit-packs.queries.js';

/** What a pack holds, and what is kept of it: who is in it, and which revisions it tells. */
export interface Content extends Pick<VisitPack, 'forms' | 'codes' | 'participants'> {
  told: {
    participant_id: string;
    refugee_id: string;
    assessment_id: string | null;
    form_version: number;
    revisions: Record<string, number>;
  }[];
}

/** Codes without titles: what they mean is said where they are used. */
const WORDS = {
  evidence: EVIDENCE,
  evidence_source: EVIDENCE_SOURCES,
  coded: CODED,
  document: DOCUMENTS,
  recognition: RECOGNITIONS,
  licence: LICENCES,
};

/** @param earlier what each person's latest signed assessment says, as answers to the first of the forms */
export function packed(
  forms: FormVersion[],
  lists: CodeLists,
  people: PackedRow[],
  earlier: Answers[],
): Content {
  const participants = people.map((row, i) => packedParticipant(row, forms[0], earlier[i]));
  const words = Object.entries(WORDS).map(([name, codes]) => [name, codes.map((code) => ({ code }))]);
  return {
    forms: forms.map(({ version, fields }) => ({ version, fields })),
    codes: { ...lists, ...(Object.fromEntries(words) as CodeLists) },
    participants,
    told: participants.map(({ id, formVersion, revisions }, i) => ({
      participant_id: id,
      refugee_id: people[i].refugee_id,
      assessment_id: people[i].draft?.id ?? null,
      form_version: formVersion,
      revisions,
    })),
  };
}

function packedParticipant(row: PackedRow, form: FormVersion, earlier: Answers): PackedParticipant {
  const answers = Object.entries(row.draft?.answers ?? {});
  const values = row.draft
    ? Object.fromEntries(answers.flatMap(([field, { value }]) => (value === null ? [] : [[field, value]])))
    : earlier;
  return {
    id: row.participant_id!,
    refugee: {
      id: row.refugee_id,
      givenNames: row.given_names,
      familyName: row.family_name,
      birthYear: row.birth_year,
      motherTongue: row.mother_tongue,
      languages: row.languages,
      interpreterNeeded: row.interpreter_needed,
      interpreterLanguage: row.interpreter_language,
    },
    formVersion: row.draft?.formVersion ?? form.version,
    values: { ...values, outcome: row.outcome, assessmentId: row.draft?.id ?? row.assessment_id },
    revisions: {
      ...Object.fromEntries(answers.map(([field, { revision }]) => [field, revision])),
      outcome: row.outcome_revision,
      assessmentId: row.assessment_revision,
    },
  };
}
