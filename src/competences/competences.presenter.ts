import type { DraftAssessment } from './dto/assessment-content.dto.js';
import type { AssessmentListItem, AssessmentView } from './dto/assessment.dto.js';
import type { AssessmentContent } from './competences.contract.js';
import type { AssessmentListRow, AssessmentRow } from './competences.queries.js';

/** What a request says, whole: an empty list or null where it is silent, in the shape the database gives it back. */
export function contentOf(request: DraftAssessment): AssessmentContent {
  const {
    interpreter,
    languages = [],
    schooling = [],
    work = [],
    skills = [],
    wishes,
    availability,
  } = request;
  return {
    interpreter: { present: interpreter?.present ?? false, language: interpreter?.language ?? null },
    languages: languages.map(({ language, motherTongue, spoken, read, written, readsLatinScript }) => ({
      language,
      motherTongue,
      spoken: spoken ?? null,
      read: read ?? null,
      written: written ?? null,
      readsLatinScript: readsLatinScript ?? null,
    })),
    schooling: schooling.map(({ level, field, country, years, endedYear, documents, recognition }) => ({
      level,
      field: field ?? null,
      country: country ?? null,
      years: years ?? null,
      endedYear: endedYear ?? null,
      documents,
      recognition,
    })),
    work: work.map(
      ({ ownWords, ownWordsLanguage, danishText, occupation, coded, country, years, lastYear }) => ({
        ownWords,
        ownWordsLanguage: ownWordsLanguage ?? null,
        danishText: danishText ?? null,
        occupation,
        coded,
        country: country ?? null,
        years,
        lastYear: lastYear ?? null,
      }),
    ),
    skills: skills.map(({ description, evidence }) => ({ description, evidence })),
    wishes: { text: wishes?.text ?? null, occupations: wishes?.occupations ?? [] },
    availability: {
      from: availability?.from ?? null,
      hoursPerWeek: availability?.hoursPerWeek ?? null,
      weekdays: availability?.weekdays ?? null,
    },
  };
}

/** How much an assessment says, for the timeline, which holds no text. */
export function countsOf({
  languages,
  schooling,
  work,
  skills,
  wishes,
}: AssessmentContent): Record<string, number> {
  return {
    languages: languages.length,
    schooling: schooling.length,
    work: work.length,
    skills: skills.length,
    wishedOccupations: wishes.occupations.length,
  };
}

export function assessmentItem(row: AssessmentListRow): AssessmentListItem {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.refugee_id,
    state: row.signed_on === null ? 'draft' : row.superseded ? 'superseded' : 'signed',
    amendsId: row.amends_id,
    amendmentId: row.amendment_id,
    draftedBy: row.drafted_by,
    draftedAt: row.drafted_at.toISOString(),
    signedBy: row.signed_by,
    signedOn: row.signed_on,
  };
}

export function wholeAssessment(row: AssessmentRow): AssessmentView {
  return { ...assessmentItem(row), amendmentReason: row.amendment_reason, ...row.content };
}
