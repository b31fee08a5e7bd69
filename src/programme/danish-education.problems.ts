import { problems } from '../platform/http/problem.js';

export const danishProblem = problems('danish', {
  no_such_course: {
    kind: 'not_found',
    da: 'Danskforløbet findes ikke, eller du kan ikke se det.',
    en: 'There is no such Danish course, or you cannot see it.',
  },
  course_overlaps: {
    kind: 'conflict',
    da: 'Personen går på et andet danskforløb i de dage.',
    en: 'The person attends another Danish course in those days.',
    constraint: 'danish_courses_one_at_a_time',
  },
  course_not_right: {
    kind: 'refused',
    da: 'Danskforløbet kan ikke være sådan.',
    en: 'A Danish course cannot be like that.',
  },
  exam_recorded: {
    kind: 'conflict',
    da: 'Prøven er allerede registreret den dag.',
    en: 'The exam is recorded already for that day.',
    constraint: 'danish_exams_once',
  },
  exam_not_taken_yet: {
    kind: 'refused',
    da: 'En prøve kan ikke være aflagt på en dag, der ikke er kommet.',
    en: 'An exam cannot have been taken on a day that has not come.',
  },
});
