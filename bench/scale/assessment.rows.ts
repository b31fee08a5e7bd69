import { OCCUPATIONS } from '../../demo/occupations.js';
import { note, type Case } from './case.js';
import { visitIdOf } from './visits.js';

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
    interpreter_present: person.interpreterNeeded,
    interpreter_language: person.interpreterNeeded ? person.motherTongue : null,
    wishes: occupation.goal,
    hours_per_week: 37,
    available_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    drafted_by: hands.consultant.id,
    drafted_at: at,
    signed_by: hands.consultant.id,
    signed_at: days.at(metOn, person.number + 60),
    signed_on: metOn,
  });
  const part = { assessment_id: assessmentId, position: 1 };
  [person.motherTongue, ...person.languages].forEach((language, place) => {
    const level = place === 0 ? 'C2' : 'B1';
    const mother = place === 0;
    tables.assessment_languages.push({
      ...part,
      position: place + 1,
      language,
      mother_tongue: mother,
      spoken: level,
    });
  });
  const schooling = {
    level: occupation.level,
    field: occupation.field,
    country,
    documents: 'lost',
    recognition: 'none',
  };
  tables.assessment_schooling.push({ ...part, ...schooling });
  const work = {
    own_words: occupation.ownWords,
    danish_text: occupation.danish,
    occupation: occupation.code,
  };
  const years = chance.between(1, 12);
  tables.assessment_work.push({
    ...part,
    ...work,
    own_words_language: 'eng',
    coded: 'likely',
    country,
    years,
  });
  tables.assessment_skills.push({ ...part, description: occupation.skill, evidence: 'described' });
  tables.assessment_wished_occupations.push({ ...part, occupation: occupation.code });
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
