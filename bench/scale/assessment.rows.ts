import { OCCUPATIONS, type Occupation } from '../../demo/occupations.js';
import { note, type Case } from './case.js';
import { visitIdOf } from './visits.js';

/** The form Ankomst comes with. */
const FORM_VERSION = 1;

/** Met at an asylum centre: what the person tells is signed the day after. */
export function assess(one: Case): void {
  const { course, hands, chance, tables, ids, days, id, person } = one;
  if (!course.metOn) return;
  const { metOn } = course;
  const occupation = chance.oneOf(OCCUPATIONS);
  const at = days.at(metOn, person.number);
  const assessmentId = ids.at(at);
  const country = person.nationality === 'XX' ? 'LB' : person.nationality;
  tables.assessments.push({
    id: assessmentId,
    refugee_id: id,
    form_version: FORM_VERSION,
    drafted_by: hands.consultant.id,
    drafted_at: at,
    signed_by: hands.consultant.id,
    signed_at: days.at(metOn, person.number + 60),
    signed_on: metOn,
  });
  for (const [field, value] of Object.entries(told(one, occupation, country)))
    tables.assessment_answers.push({
      assessment_id: assessmentId,
      form_version: FORM_VERSION,
      field,
      value,
      source: 'talk',
      source_on: metOn,
      answered_by: hands.consultant.id,
      answered_at: at,
    });
  tables.visit_participants.push({
    id: ids.at(at),
    visit_id: visitIdOf(hands.unit, metOn),
    refugee_id: id,
    outcome: 'met',
    assessment_id: assessmentId,
    recorded_at: at,
  });
  const subject = { type: 'assessment', id: assessmentId };
  note(
    one,
    metOn,
    hands.consultant,
    'assessment.drafted',
    { work: 1, languages: 1 + person.languages.length },
    subject,
  );
  note(one, metOn, hands.consultant, 'assessment.signed', {}, subject);
}

const words = (text: string) => ({ text, language: 'eng', direction: 'ltr' });

/** The answers, as the program keeps them. */
function told(
  { person, chance, hands }: Case,
  occupation: Occupation,
  country: string,
): Record<string, unknown> {
  const coded = { scheme: 'isco08', code: occupation.code };
  const fact = { evidence: { grade: 'described', source: 'person', on: null }, attachments: [] };
  return {
    interpreter: {
      present: person.interpreterNeeded,
      language: person.interpreterNeeded ? person.motherTongue : null,
    },
    languages: [person.motherTongue, ...person.languages].map((language, place) => ({
      language,
      motherTongue: place === 0,
      spoken: place === 0 ? 'C2' : 'B1',
      read: null,
      written: null,
      readsLatinScript: null,
      evidence: null,
    })),
    schooling: [
      {
        ...fact,
        words: null,
        danish: 'Skole og uddannelse hjemme',
        level: occupation.level,
        field: occupation.field,
        country,
        years: null,
        endedYear: null,
        documents: 'lost',
        recognition: 'none',
      },
    ],
    work: [
      {
        ...fact,
        words: words(occupation.ownWords),
        danish: occupation.danish,
        coded: { ...coded, sure: 'likely', by: hands.consultant.id },
        country,
        years: chance.between(1, 12),
        lastYear: null,
        documents: null,
      },
    ],
    skills: [{ ...fact, words: words(occupation.skill), danish: null, coded: null }],
    licences: { unknown: true },
    wishes: { words: words(occupation.goal), danish: null },
    wished_occupations: [coded],
    hours_per_week: 37,
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  };
}
