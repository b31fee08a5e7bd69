import type { Day } from '../platform/calendar/calendar.js';

/** What a skill rests on, weakest first. */
export const EVIDENCE = ['claimed', 'described', 'documented', 'observed', 'tested'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** How sure the coding of an occupation is, surest last. */
export const CODED = ['guess', 'likely', 'sure'] as const;
export type Coded = (typeof CODED)[number];

export const DOCUMENTS = ['original', 'copy', 'lost', 'none'] as const;
export const RECOGNITIONS = ['none', 'applied', 'recognised'] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Codes are CEFR levels; null is not asked. */
export interface Language {
  language: string;
  motherTongue: boolean;
  spoken: string | null;
  read: string | null;
  written: string | null;
  readsLatinScript: boolean | null;
}

export interface Schooling {
  /** ISCED 2011 level. */
  level: string;
  field: string | null;
  country: string | null;
  years: number | null;
  endedYear: number | null;
  documents: (typeof DOCUMENTS)[number];
  recognition: (typeof RECOGNITIONS)[number];
}

export interface Work {
  ownWords: string;
  ownWordsLanguage: string | null;
  danishText: string | null;
  /** ISCO-08 unit group, four digits. */
  occupation: string;
  coded: Coded;
  country: string | null;
  /** Whole years; 0 is under a year. */
  years: number;
  lastYear: number | null;
}

export interface Skill {
  description: string;
  evidence: Evidence;
}

export interface Wishes {
  text: string | null;
  /** ISCO-08 groups of any level, dearest first. */
  occupations: string[];
}

export interface Availability {
  from: Day | null;
  hoursPerWeek: number | null;
  weekdays: Weekday[] | null;
}

/** What an assessment says. Health is not recorded here at all. */
export interface AssessmentContent {
  interpreter: { present: boolean; language: string | null };
  languages: Language[];
  schooling: Schooling[];
  work: Work[];
  skills: Skill[];
  wishes: Wishes;
  availability: Availability;
}

/** An assessment that counts: signed, and not superseded by a signed amendment. */
export interface SignedAssessment {
  id: string;
  /** Instant in UTC, of fixed width: its order as text is its order in time. */
  signedAt: string;
  content: AssessmentContent;
}
