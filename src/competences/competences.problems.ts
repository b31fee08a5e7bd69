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
  not_ready: {
    kind: 'refused',
    da: 'Før underskrift skal der stå mindst ét sprog og enten skolegang eller arbejde, og intet årstal i fremtiden.',
    en: 'Before it is signed it must hold at least one language and either schooling or work, and no year to come.',
  },
  not_a_unit_group: {
    kind: 'refused',
    da: 'Arbejde kodes med en enhedsgruppe i ISCO-08, som har fire cifre.',
    en: 'Work is coded with an ISCO-08 unit group, which has four digits.',
    constraint: 'assessment_work_unit_group',
  },
  language_twice: {
    kind: 'refused',
    da: 'Hvert sprog kan kun stå én gang.',
    en: 'A language can stand there only once.',
    constraint: 'assessment_languages_once',
  },
  interpreter_language_missing: {
    kind: 'refused',
    da: 'Skriv hvilket sprog tolken talte.',
    en: 'Say which language the interpreter spoke.',
    constraint: 'assessments_interpreter_named',
  },
});

declareRules({
  at_least_one: { da: () => 'skal have mindst ét sprog', en: () => 'must have at least one language' },
  work_or_schooling: {
    da: () => 'skal have mindst ét arbejde eller én skolegang',
    en: () => 'must have at least one job or school',
  },
  not_to_come: { da: () => 'kan ikke ligge i fremtiden', en: () => 'cannot be in the future' },
});
