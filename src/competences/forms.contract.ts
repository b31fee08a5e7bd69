import type { Language } from '../platform/http/language.js';

/** What an answer can be; each has its shape in `answer-values`. */
export const FIELD_KINDS = [
  'text',
  'yes_no',
  'number',
  'day',
  'choice',
  'choices',
  'occupations',
  'interpreter',
  'languages',
  'schooling',
  'work',
  'skills',
  'licences',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** What cannot be done without an answer: signing, or handing over as complete. */
export const REQUIRED_FOR = ['signature', 'handover'] as const;
export type RequiredFor = (typeof REQUIRED_FOR)[number];

export type Label = Record<Language, string>;

export interface FieldOption {
  value: string;
  label: Label;
}

/** Whose answers a field takes over from the version before, and which of its options become which. */
export interface Replaces {
  field: string;
  /** Old option to new option; those that are not named keep their value. */
  options: Record<string, string>;
}

/** One question of a form, as it is published. */
export interface FormField {
  name: string;
  /** What it asks, whatever it is called: the name it had when it was first asked. */
  meaning: string;
  kind: FieldKind;
  label: Label;
  requiredFor: RequiredFor | null;
  /** Of a number; both are allowed. */
  bounds: { min: number; max: number } | null;
  /** Of a choice. */
  options: FieldOption[] | null;
  replaces: Replaces | null;
}

/** A form as it was published: it never changes, and an assessment keeps its own. */
export interface FormVersion {
  version: number;
  fields: FormField[];
}
