import { seenCase } from '../refugees/refugees.contract.js';
import type { DanishCourseView, DanishExamView } from './dto/danish-education.dto.js';

export interface DanishEducationRow {
  today: string;
  courses: DanishCourseView[];
  exams: DanishExamView[];
}

const COURSE = `
  json_build_object('id', c.id, 'version', c.version, 'refugeeId', c.refugee_id, 'education', c.education,
    'module', c.module, 'fromOn', c.from_on, 'toOn', c.to_on, 'classHoursPerWeek', c.class_hours_per_week,
    'outcome', c.outcome)`;
const EXAM = `
  json_build_object('id', e.id, 'refugeeId', e.refugee_id, 'exam', e.exam, 'takenOn', e.taken_on, 'passed', e.passed)`;

/** Danish education in a case, `$3`: courses by their days, exams by theirs. */
export const DANISH_EDUCATION = `
  select v.refugee_id as person_id, v.basis, clock_today() as today,
    (select coalesce(json_agg(${COURSE} order by c.from_on, c.id), '[]')
     from danish_courses c where c.refugee_id = v.refugee_id) as courses,
    (select coalesce(json_agg(${EXAM} order by e.taken_on, e.id), '[]')
     from danish_exams e where e.refugee_id = v.refugee_id) as exams
  from visible_cases($1, clock_today()) v
  where v.refugee_id = $3`;

/** `$3` course. */
export const COURSE_BY_ID = `
  select c.refugee_id as person_id, v.basis, ${COURSE} as course
  from danish_courses c ${seenCase('c.refugee_id')} where c.id = $3`;

/** `$3` exam. */
export const EXAM_BY_ID = `
  select e.refugee_id as person_id, v.basis, ${EXAM} as exam
  from danish_exams e ${seenCase('e.refugee_id')} where e.id = $3`;

/** Whose course it is, when the actor sees the case: `$1` actor, `$2` course. */
export const PERSON_OF_COURSE = `
  select c.refugee_id from danish_courses c ${seenCase('c.refugee_id')} where c.id = $2`;
