import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const competenceProblem = problems('competences', {
  no_such_assessment: {
    kind: 'not_found',
    da: 'Kompetenceafklaringen findes ikke, eller du arbejder ikke med sagen.',
    en: 'There is no such assessment, or you do not work on the case.',
  },
  signed: {
    kind: 'conflict',
    da: 'Kompetenceafklaringen er underskrevet og kan ikke ændres. Ret den med en ændring, der har en begrundelse.',
    en: 'The assessment is signed and cannot change. Correct it by an amendment with a reason.',
    constraint: 'assessments_frozen',
  },
  not_signed: {
    kind: 'conflict',
    da: 'Kompetenceafklaringen er en kladde: ret selve kladden.',
    en: 'The assessment is a draft: change the draft itself.',
  },
  amended: {
    kind: 'conflict',
    da: 'Kompetenceafklaringen er allerede ændret: ret ændringen.',
    en: 'The assessment has an amendment already: amend or change that one.',
    constraint: 'assessments_one_amendment',
  },
  draft_open: {
    kind: 'conflict',
    da: 'Personen har allerede en kladde til en kompetenceafklaring.',
    en: 'The person has an open draft of an assessment already.',
    constraint: 'assessments_one_draft',
  },
  amending_older: {
    kind: 'conflict',
    da: 'En ændring af en ældre kompetenceafklaring er åben. Underskriv den først.',
    en: 'An amendment of an older assessment is open. Sign it first.',
  },
  not_ready: {
    kind: 'refused',
    da: 'Før underskrift skal alt, hvad skemaet kræver, være besvaret eller spurgt uden at være kendt, og intet årstal ligge i fremtiden.',
    en: 'Before it is signed everything the form requires must be answered, or asked and not known, and no year may be to come.',
  },
  no_such_form: {
    kind: 'not_found',
    da: 'Der er ingen udgave af skemaet med det nummer.',
    en: 'There is no version of the form with that number.',
  },
  form_moved_on: {
    kind: 'conflict',
    da: 'En anden udgave af skemaet er offentliggjort i mellemtiden. Byg videre på den.',
    en: 'Another version of the form was published meanwhile. Follow that one.',
    constraint: 'form_versions_pkey',
  },
  form_refused: {
    kind: 'refused',
    da: 'Skemaet kan ikke offentliggøres: hvert svar på udgaven før skal have ét sted at stå.',
    en: 'The form cannot be published: every answer to the version before must have one place to go.',
  },
  form_final: {
    kind: 'conflict',
    da: 'Et offentliggjort skema kan ikke ændres.',
    en: 'A published form cannot change.',
    constraint: 'forms_frozen',
    reach: 'any',
  },
});

declareRules({
  answered: {
    da: () => 'skal være besvaret, eller spurgt uden at være kendt',
    en: () => 'must be answered, or asked and not known',
  },
  not_to_come: { da: () => 'kan ikke ligge i fremtiden', en: () => 'cannot be in the future' },
  once: { da: () => 'kan kun stå én gang', en: () => 'can stand there only once' },
  interpreter_language: {
    da: () => 'skal sige, hvilket sprog tolken talte',
    en: () => 'must say which language the interpreter spoke',
  },
  words_or_danish: {
    da: () => 'skal siges med personens egne ord, på dansk, eller begge dele',
    en: () => 'must be said in the person’s words, in Danish, or both',
  },
  unit_group: {
    da: () => 'skal være en enhedsgruppe i ISCO-08, som har fire cifre',
    en: () => 'must be an ISCO-08 unit group, which has four digits',
  },
  occupation: { da: () => 'skal være en stilling', en: () => 'must be an occupation' },
  skill: { da: () => 'skal være en færdighed', en: () => 'must be a skill' },
  sha_sums: {
    da: () => 'skal være en liste med op til 20 SHA-256 i hex, ingen to gange',
    en: () => 'must be a list of up to 20 SHA-256 in hex, none twice',
  },
  unknown_attachment: {
    da: () => 'er ikke i kladden: bilag kommer med et besøg, og kan her kun beholdes eller fjernes',
    en: () => 'is not in the draft: attachments come with a visit, and can here only be kept or left out',
  },
  options_by_name: {
    da: () => 'skal være et objekt fra valg til valg',
    en: () => 'must be an object from option to option',
  },
  meaning_once: {
    da: ({ meaning }) => `betyder ${meaning}, som et andet felt allerede gør`,
    en: ({ meaning }) => `means ${meaning}, as another field does already`,
  },
  bounds_of_number: {
    da: () => 'skal stå ved et tal, og kun der',
    en: () => 'must stand with a number, and only there',
  },
  in_order: { da: () => 'skal gå fra mindst til størst', en: () => 'must go from least to most' },
  options_of_choice: {
    da: () => 'skal stå ved et valg, og kun der',
    en: () => 'must stand with a choice, and only there',
  },
  field_before: {
    da: () => 'skal være et felt i udgaven før',
    en: () => 'must be a field of the version before',
  },
  kind_kept: {
    da: ({ kind }) => `skal være ${kind} som det felt, den afløser, ellers går svar tabt`,
    en: ({ kind }) => `must be ${kind} like the field it replaces, or answers are lost`,
  },
  options_kept: {
    da: ({ dropped }) => `mangler et sted til svarene ${(dropped as string[]).join(', ')}`,
    en: ({ dropped }) => `has no place for the answers ${(dropped as string[]).join(', ')}`,
  },
  bounds_kept: {
    da: ({ min, max }) => `skal rumme ${min} til ${max} som før`,
    en: ({ min, max }) => `must hold ${min} to ${max} as before`,
  },
  answer_kept: {
    da: ({ dropped }) => `mangler et sted til svarene på ${dropped}`,
    en: ({ dropped }) => `have no place for the answers to ${dropped}`,
  },
  answer_kept_once: {
    da: ({ dropped }) => `har mere end ét sted til svarene på ${dropped}`,
    en: ({ dropped }) => `have more than one place for the answers to ${dropped}`,
  },
});
