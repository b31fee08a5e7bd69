import type { Language } from './language.js';

type Values = Record<string, unknown>;
type RuleText = Record<Language, (values: Values) => string>;

/** Adds the texts of a module's own rules: `declareRules({ cpr: { da: () => …, en: () => … } })`. */
export function declareRules(texts: Record<string, RuleText>): void {
  Object.assign(RULE_TEXTS, texts);
}

/** What each rule of a field asks for, in both languages. */
const RULE_TEXTS: Record<string, RuleText> = {
  text: {
    da: ({ max }) => `skal være tekst på 1 til ${max} tegn uden mellemrum først eller sidst`,
    en: ({ max }) => `must be text of 1 to ${max} characters without spaces around it`,
  },
  line: {
    da: ({ max }) => `skal være én linje på 1 til ${max} tegn uden mellemrum først eller sidst`,
    en: ({ max }) => `must be one line of 1 to ${max} characters without spaces around it`,
  },
  secret: {
    da: ({ min, max }) => `skal være ${min} til ${max} tegn`,
    en: ({ min, max }) => `must be ${min} to ${max} characters`,
  },
  pattern: { da: ({ form }) => `skal have formen ${form}`, en: ({ form }) => `must have the form ${form}` },
  day: {
    da: () => 'skal være en dag i kalenderen, ÅÅÅÅ-MM-DD, 1901-2150',
    en: () => 'must be a day of the calendar, YYYY-MM-DD, 1901-2150',
  },
  instant: {
    da: () => 'skal være et tidspunkt med tidszone, 2027-02-01T09:30:00+01:00, 1901-2150',
    en: () => 'must be an instant with its zone, 2027-02-01T09:30:00+01:00, 1901-2150',
  },
  id: { da: () => 'skal være et id (UUID)', en: () => 'must be an id (UUID)' },
  email: { da: () => 'skal være en e-mailadresse', en: () => 'must be an e-mail address' },
  one_of: {
    da: ({ allowed }) => `skal være en af: ${(allowed as string[]).join(', ')}`,
    en: ({ allowed }) => `must be one of: ${(allowed as string[]).join(', ')}`,
  },
  whole: {
    da: ({ min, max }) => `skal være et helt tal fra ${min} til ${max}`,
    en: ({ min, max }) => `must be a whole number from ${min} to ${max}`,
  },
  halves: {
    da: ({ min, max }) => `skal være et tal fra ${min} til ${max} i trin på en halv`,
    en: ({ min, max }) => `must be a number from ${min} to ${max} in steps of a half`,
  },
  flag: { da: () => 'skal være true eller false', en: () => 'must be true or false' },
  scalar: {
    da: () => 'skal være et tal, en tekst eller true/false',
    en: () => 'must be a number, a text or true/false',
  },
  characters: {
    da: () => 'har tegn, der ikke kan gemmes (NUL eller et halvt tegnpar)',
    en: () => 'has characters that cannot be kept (NUL or half of a surrogate pair)',
  },
  encoding: {
    da: () => 'skal være tekst i UTF-8; gem filen som UTF-8 (i Excel: »CSV UTF-8«), og send den igen',
    en: () => 'must be text in UTF-8; save the file as UTF-8 (in Excel: “CSV UTF-8”), then send it again',
  },
  object: { da: () => 'skal være et objekt', en: () => 'must be an object' },
  list: {
    da: ({ min, max }) => `skal være en liste med ${min} til ${max} objekter`,
    en: ({ min, max }) => `must be a list of ${min} to ${max} objects`,
  },
  ids: {
    da: ({ min, max }) => `skal være en liste med ${min} til ${max} id'er, ingen to gange`,
    en: ({ min, max }) => `must be a list of ${min} to ${max} ids, none twice`,
  },
  codes: {
    da: ({ min, max }) => `skal være en liste med ${min} til ${max} koder, ingen to gange`,
    en: ({ min, max }) => `must be a list of ${min} to ${max} codes, none twice`,
  },
  known: { da: () => 'findes ikke i klassifikationen', en: () => 'is not in the classification' },
  unknown: { da: () => 'er et ukendt felt', en: () => 'is an unknown field' },
  cursor: {
    da: () => 'hører ikke til denne liste med denne sortering og disse filtre',
    en: () => 'does not belong to this list with this sort and these filters',
  },
  header: {
    da: ({ form }) => `skal have formen ${form}`,
    en: ({ form }) => `must have the form ${form}`,
  },
};

export interface DeclaredRule {
  rule: string;
  da: string;
  en: string;
}

/** Every rule a field can break, by name, with its texts; the values they speak of stand in braces. */
export function declaredRules(): DeclaredRule[] {
  const named = new Proxy<Values>({}, { get: (_, name) => [`{${String(name)}}`] });
  return Object.entries(RULE_TEXTS)
    .map(([rule, { da, en }]) => ({ rule, da: da(named), en: en(named) }))
    .toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
}

export function ruleText(rule: string, values: Values = {}, language: Language): string {
  return RULE_TEXTS[rule]?.[language](values) ?? rule;
}
