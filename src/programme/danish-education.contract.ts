/** Danish educations (danskuddannelse): 1 without Latin script, 2 after short schooling, 3 after longer. */
export const DANISH_EDUCATIONS = ['du1', 'du2', 'du3'] as const;
export type DanishEducationCode = (typeof DANISH_EDUCATIONS)[number];

export const DANISH_MODULES = 6;

export const COURSE_OUTCOMES = ['completed', 'stopped'] as const;
export type CourseOutcome = (typeof COURSE_OUTCOMES)[number];

/** Prøve i Dansk 1 to 3 and Studieprøven, easiest first. */
export const DANISH_EXAMS = ['pd1', 'pd2', 'pd3', 'studieproeven'] as const;
export type DanishExamCode = (typeof DANISH_EXAMS)[number];
