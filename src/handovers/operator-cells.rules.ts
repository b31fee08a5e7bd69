// No act says how an asylum operator fills in a form; this is how its cells are read.
import { isUnknown, type AnswerValue } from '../competences/competences.contract.js';
import type { FieldKind, FieldOption, FormField } from '../competences/forms.contract.js';
import { isUsableDay } from '../platform/http/fields.js';
import type { FieldError } from '../platform/http/problem.js';

const UNKNOWN = ['?', 'ukendt', 'unknown'];
const FLAGS: Record<string, boolean> = {
  ja: true,
  yes: true,
  true: true,
  sand: true,
  nej: false,
  no: false,
  false: false,
  falsk: false,
};
/** Day before month, as Danes write it, with the same mark twice; of the calendar or not is asked afterwards. */
const DANISH_DAY = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})$/;
const BETWEEN_CHOICES = '|';
/** Of the wrong choices in a cell, how many are named, and how many characters of each. */
const MOST_NAMED = 10;
const LONGEST_NAMED = 50;

type Read = (text: string, field: FormField, parse: (json: string) => unknown) => unknown;

/**
 * What a cell says as the answer to a field, to be checked like any other; undefined when it says nothing. What cannot
 * be read stays the text it is, which the check then refuses.
 * @param parse reads the JSON of kinds that a word cannot answer; what it throws is thrown
 */
export function read(field: FormField, cell: string, parse: (json: string) => unknown): unknown {
  const text = cell.trim();
  if (text === '') return undefined;
  if (UNKNOWN.includes(text.toLowerCase())) return { unknown: true };
  return READ[field.kind](text, field, parse) ?? text;
}

const json: Read = (text, _, parse) => parse(text);
const READ: Record<FieldKind, Read> = {
  text: (text) => ({ danish: text }),
  yes_no: (text) => FLAGS[text.toLowerCase()],
  number: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  day: (text) =>
    text.replace(DANISH_DAY, (_, day: string, __, month: string, year: string) =>
      [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    ),
  choice: (text, { options }) => optionOf(options, text),
  choices: (text, { options }) =>
    text.split(BETWEEN_CHOICES).map((one) => optionOf(options, one.trim()) ?? one.trim()),
  occupations: json,
  interpreter: json,
  languages: json,
  schooling: json,
  work: json,
  skills: json,
  licences: json,
};

/** What is wrong with what a cell says, in the words of whoever fills in a sheet; nothing where the usual check says it as well. */
export function wrongIn(field: FormField, says: unknown): FieldError | undefined {
  if (says === undefined || isUnknown(says as AnswerValue)) return undefined;
  return WRONG[field.kind]?.(says, field);
}

type Wrong = (says: unknown, field: FormField) => FieldError | undefined;

const notAnOption: Wrong = (says, { name, options }) => {
  const wrong = [says].flat().filter((one) => !options!.some(({ value }) => value === one));
  if (wrong.length === 0) return undefined;
  const values = {
    wrong: wrong.slice(0, MOST_NAMED).map((one) => `»${String(one).slice(0, LONGEST_NAMED)}«`),
    danish: options!.map(({ label }) => label.da),
    english: options!.map(({ label }) => label.en),
  };
  return { field: name, rule: 'cell_option', values };
};
const WRONG: Partial<Record<FieldKind, Wrong>> = {
  yes_no: (says, { name }) => (typeof says === 'boolean' ? undefined : { field: name, rule: 'cell_flag' }),
  day: (says, { name }) => (isUsableDay(says) ? undefined : { field: name, rule: 'cell_day' }),
  choice: notAnOption,
  choices: notAnOption,
};

/** By its value, or by its label in either language. */
function optionOf(options: FieldOption[] | null, text: string): string | undefined {
  const said = text.toLowerCase();
  return options?.find(({ value, label }) =>
    [value, label.da, label.en].some((name) => name.toLowerCase() === said),
  )?.value;
}
