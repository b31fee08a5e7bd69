// No act says how an asylum operator fills in a form; this is how its cells are read.
import type { FieldKind, FieldOption, FormField } from '../competences/forms.contract.js';

const UNKNOWN = ['?', 'ukendt', 'unknown'];
const FLAGS: Record<string, boolean> = {
  ja: true,
  yes: true,
  true: true,
  nej: false,
  no: false,
  false: false,
};
const BETWEEN_CHOICES = '|';

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
  day: (text) => text.replace(/^(\d\d)-(\d\d)-(\d{4})$/, '$3-$2-$1'),
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

/** By its value, or by its label in either language. */
function optionOf(options: FieldOption[] | null, text: string): string | undefined {
  const said = text.toLowerCase();
  return options?.find(({ value, label }) =>
    [value, label.da, label.en].some((name) => name.toLowerCase() === said),
  )?.value;
}
