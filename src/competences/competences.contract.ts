import type { Day } from '../platform/calendar/calendar.js';

/** What a fact rests on, weakest first. */
export const EVIDENCE = ['claimed', 'described', 'documented', 'observed', 'tested'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Where the evidence is from. */
export const EVIDENCE_SOURCES = [
  'person',
  'document',
  'school',
  'employer',
  'workplace',
  'asylum_operator',
  'test',
] as const;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** How sure the coding of an occupation is, surest last. */
export const CODED = ['guess', 'likely', 'sure'] as const;
export type Coded = (typeof CODED)[number];

export const DOCUMENTS = ['original', 'copy', 'lost', 'none'] as const;
export type DocumentState = (typeof DOCUMENTS)[number];
export const RECOGNITIONS = ['none', 'applied', 'recognised', 'refused'] as const;
export type Recognition = (typeof RECOGNITIONS)[number];
export const LICENCES = [
  'driving',
  'forklift',
  'crane',
  'welding',
  'electrical',
  'food_hygiene',
  'first_aid',
  'security',
  'health_profession',
  'other',
] as const;

/** What occupations and skills are coded with: groups are there from the start, ESCO once it is imported. */
export const OCCUPATION_SCHEMES = ['isco08', 'esco_occupation'] as const;
export const SKILL_SCHEMES = ['esco_skill_group', 'esco_skill'] as const;

/** SQL that says of a draft whether it amends another talk than the last: what is told today does not belong in it. */
export const amendsOlder = (draft: string): string =>
  `exists (select from assessments later
     where later.refugee_id = ${draft}.refugee_id and later.first_signed_at > ${draft}.first_signed_at)`;

/** What the person said, in the person's words. */
export interface Words {
  text: string;
  /** ISO 639-3; null where nobody noted it. */
  language: string | null;
  /** Which way it is written: of the language, by the classification. */
  direction: 'ltr' | 'rtl' | null;
}

/** A code of a classification, who chose it and how sure they were. */
export interface Coding {
  scheme: string;
  code: string;
  sure: Coded;
  /** Id of the account. */
  by: string;
}

export interface EvidenceOf {
  grade: Evidence;
  source: (typeof EVIDENCE_SOURCES)[number] | null;
  on: Day | null;
}

/** What the facts of an answer have in common. */
interface Told {
  words: Words | null;
  danish: string | null;
  evidence: EvidenceOf | null;
  /** SHA-256 of what was photographed or scanned, in hex. */
  attachments: string[];
}

/** Free text: the person's words, Danish, or both. */
export type TextAnswer = Pick<Told, 'words' | 'danish'>;

export interface InterpreterAnswer {
  present: boolean;
  language: string | null;
}

/** Codes are CEFR levels; null is not asked. */
export interface Language {
  language: string;
  motherTongue: boolean;
  spoken: string | null;
  read: string | null;
  written: string | null;
  readsLatinScript: boolean | null;
  evidence: EvidenceOf | null;
}

export interface Schooling extends Told {
  /** ISCED 2011 level. */
  level: string;
  /** ISCED-F 2013 field. */
  field: string | null;
  country: string | null;
  years: number | null;
  endedYear: number | null;
  documents: DocumentState | null;
  recognition: Recognition | null;
}

export interface Work extends Told {
  coded: Coding | null;
  country: string | null;
  /** Whole years; 0 is under a year. */
  years: number;
  lastYear: number | null;
  documents: DocumentState | null;
}

export interface Skill extends Told {
  coded: Coding | null;
}

export interface Licence extends Told {
  kind: (typeof LICENCES)[number];
  /** Such as B of a driving licence. */
  category: string | null;
  country: string | null;
  validUntil: Day | null;
  documents: DocumentState | null;
  recognition: Recognition | null;
}

/** A code somebody wishes for. */
export interface WishedOccupation {
  scheme: string;
  code: string;
}

/** Asked, and not known. */
export interface Unknown {
  unknown: true;
}

/** What was answered, as the kind of its field says; null where an answer was taken back. */
export type AnswerValue =
  | TextAnswer
  | InterpreterAnswer
  | Language[]
  | Schooling[]
  | Work[]
  | Skill[]
  | Licence[]
  | WishedOccupation[]
  | string[]
  | string
  | number
  | boolean
  | Unknown
  | null;

/** `talk`: with the person; `earlier`: taken over from an earlier assessment; `operator`: from the asylum operator. */
export const ANSWER_SOURCES = ['talk', 'earlier', 'operator'] as const;
export type AnswerSource = (typeof ANSWER_SOURCES)[number];

/** Answers by the name of their field. */
export type Answers = Record<string, AnswerValue>;

export const isKnown = (value: AnswerValue | undefined): boolean =>
  value !== undefined && value !== null && !isUnknown(value);

export const isUnknown = (value: AnswerValue | undefined): value is Unknown =>
  typeof value === 'object' && value !== null && 'unknown' in value;

/** An assessment that counts: signed, and not superseded by a signed amendment. */
export interface SignedAssessment {
  id: string;
  /** When it, or what it corrects, was first signed. Instant in UTC, of fixed width: its order as text is that in time. */
  signedAt: string;
  /** By what the fields mean, whatever the version of its form calls them; null is taken back. */
  answers: Answers;
}

/** ISCO-08 unit group of each occupation of ESCO, by code. */
export type IscoGroups = Record<string, string>;

/** An assessment as it stands, with every field that was ever written. */
export interface StandingAssessment {
  id: string;
  refugee_id: string;
  form_version: number;
  signed: boolean;
  fields: Record<string, { value: AnswerValue; revision: number }>;
}

/** An exam in Danish that was passed, as the programme recorded it. */
export interface PassedExam {
  exam: string;
  takenOn: Day;
}
