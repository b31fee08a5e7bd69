// No act says what a form asks. That nothing once answered is lost by a new version of it is our own rule.
import type { Answers, AnswerValue } from './competences.contract.js';
import type { FormField, FormVersion, Replaces } from './forms.contract.js';

/** A field as somebody wants to publish it; what it means follows from what it replaces. */
export type NewField = Omit<FormField, 'meaning' | 'replaces'> & { replaces: Replaces | null };

interface Wrong {
  field: string;
  rule: string;
  values?: Record<string, unknown>;
}

/**
 * The fields as they would be published after a version, and everything that stands against it: above all each answer
 * to the version before that would have nowhere to go.
 */
export function succeeding(
  before: FormVersion,
  fields: readonly NewField[],
): { fields: FormField[]; errors: Wrong[] } {
  const old = new Map(before.fields.map((field) => [field.name, field]));
  const published = fields.map((field) => {
    const replaces = field.replaces ?? (old.has(field.name) ? { field: field.name, options: {} } : null);
    const replaced = replaces && old.get(replaces.field);
    return { ...field, replaces, meaning: replaced?.meaning ?? field.name };
  });
  return {
    fields: published,
    errors: [
      ...published.flatMap((field, i) => wrongBy(field, i, published)),
      ...published.flatMap(({ replaces, ...field }, i) =>
        replaces === null ? [] : lostBetween(old.get(replaces.field), field, replaces, `fields[${i}]`),
      ),
      ...before.fields.flatMap(({ name }) => wherePut(name, published)),
    ],
  };
}

function wrongBy(field: FormField, i: number, all: FormField[]): Wrong[] {
  const at = `fields[${i}]`;
  const isChoice = field.kind === 'choice' || field.kind === 'choices';
  const values = field.options?.map(({ value }) => value) ?? [];
  return [
    ...(all.findIndex(({ name }) => name === field.name) < i ? [{ field: `${at}.name`, rule: 'once' }] : []),
    ...(all.findIndex(({ meaning }) => meaning === field.meaning) < i
      ? [{ field: `${at}.name`, rule: 'meaning_once', values: { meaning: field.meaning } }]
      : []),
    ...((field.kind === 'number') === (field.bounds !== null)
      ? []
      : [{ field: `${at}.bounds`, rule: 'bounds_of_number' }]),
    ...(field.bounds && field.bounds.min > field.bounds.max
      ? [{ field: `${at}.bounds`, rule: 'in_order' }]
      : []),
    ...(isChoice === values.length > 0 ? [] : [{ field: `${at}.options`, rule: 'options_of_choice' }]),
    ...(new Set(values).size < values.length ? [{ field: `${at}.options`, rule: 'once' }] : []),
  ];
}

/** What a field cannot take over of the one it replaces. */
function lostBetween(
  old: FormField | undefined,
  field: Omit<FormField, 'replaces'>,
  replaces: Replaces,
  at: string,
): Wrong[] {
  if (!old) return [{ field: `${at}.replaces.field`, rule: 'field_before' }];
  if (old.kind !== field.kind)
    return [{ field: `${at}.kind`, rule: 'kind_kept', values: { kind: old.kind } }];
  const kept = field.options?.map(({ value }) => value) ?? [];
  const dropped = (old.options ?? [])
    .map(({ value }) => value)
    .filter((value) => !kept.includes(replaces.options[value] ?? value));
  const [was, is] = [old.bounds, field.bounds];
  const narrowed = was && is && (is.min > was.min || is.max < was.max);
  return [
    ...(dropped.length > 0 ? [{ field: `${at}.options`, rule: 'options_kept', values: { dropped } }] : []),
    ...(narrowed ? [{ field: `${at}.bounds`, rule: 'bounds_kept', values: { ...was } }] : []),
  ];
}

/** Each field of the version before has one place to go. */
function wherePut(name: string, published: FormField[]): Wrong[] {
  const places = published.filter(({ replaces }) => replaces?.field === name);
  if (places.length === 1) return [];
  return [
    {
      field: 'fields',
      rule: places.length === 0 ? 'answer_kept' : 'answer_kept_once',
      values: { dropped: name },
    },
  ];
}

/** Answers to a version as they stand in a later one; `later` are the versions after it, in order. */
export function takenOver(answers: Answers, later: readonly FormVersion[]): Answers {
  return later.reduce<Answers>(
    (before, { fields }) =>
      Object.fromEntries(
        fields.flatMap(({ name, replaces }) =>
          replaces && replaces.field in before
            ? [[name, chosen(before[replaces.field], replaces.options)] as const]
            : [],
        ),
      ),
    answers,
  );
}

/** The answer with its options under their new names. */
function chosen(value: AnswerValue, renamed: Record<string, string>): AnswerValue {
  if (Object.keys(renamed).length === 0) return value;
  const now = (option: string): string => renamed[option] ?? option;
  if (typeof value === 'string') return now(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return [...new Set(value.map(now))];
  return value;
}
