/** What went wrong, in the words of the domain; only the filter knows which status code that is. */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported'
  | 'stale'
  | 'unconditional'
  | 'refused'
  | 'limited';

/** One thing that can go wrong: its text in both languages and, if Postgres guards it, the constraint's name. */
export interface ProblemText {
  kind: ProblemKind;
  da: string;
  en: string;
  constraint?: string;
  /**
   * Which routes may answer with it: any, those that ask for sign-in, or those that declare it with `@MayAnswer`.
   * Unless it is said, problems of the subject `request` may come anywhere, and all others must be declared.
   */
  reach?: 'any' | 'signed in' | 'declared';
}

export interface FieldError {
  /** Path of the field in the request, such as `languages[0].code`. */
  field: string;
  /** Name of the rule it breaks. */
  rule: string;
  /** Values the texts of the rule speak of. */
  values?: Record<string, unknown>;
}

/** Facts for the reader of a problem: ids, codes, days and numbers, never a name or a CPR number. */
export interface ProblemDetails {
  errors?: FieldError[];
  /** Why a rule said no, each with its legal reference. */
  reasons?: { rule: string; legalBasis: string }[];
  /** When a `limited` request may come again. */
  retryAfterSeconds?: number;
  [fact: string]: unknown;
}

export class DomainError extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly code: string,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
    this.name = 'DomainError';
  }
}

const catalogue = new Map<string, ProblemText>();

/**
 * Declares what can go wrong in a module: `const problem = problems('visits', { closed: {…} })`,
 * then `throw problem.closed()`. The code is `<subject>.<key>`.
 */
export function problems<Key extends string>(
  subject: string,
  texts: Record<Key, ProblemText>,
): Record<Key, (details?: ProblemDetails) => DomainError> {
  const makers = {} as Record<Key, (details?: ProblemDetails) => DomainError>;
  for (const [key, text] of Object.entries<ProblemText>(texts)) {
    const code = `${subject}.${key}`;
    catalogue.set(code, text);
    makers[key as Key] = (details) => new DomainError(text.kind, code, details);
  }
  return makers;
}

/** Everything declared, by code. */
export function problemTexts(): [code: string, ProblemText][] {
  return [...catalogue];
}

export function problemText(code: string): ProblemText | undefined {
  return catalogue.get(code);
}

/** The problem that a violated constraint of the database stands for, if a module declared one. */
export function problemOfConstraint(constraint: string): DomainError | undefined {
  for (const [code, text] of catalogue) {
    if (text.constraint === constraint) return new DomainError(text.kind, code);
  }
  return undefined;
}

/** Throws unless `allowed`: how a service states its policy in one line. */
export function allow(allowed: boolean, otherwise: () => DomainError = requestProblem.forbidden): void {
  if (!allowed) throw otherwise();
}

/** What can be wrong with any request, whatever its subject. */
export const requestProblem = problems('request', {
  invalid: {
    kind: 'invalid',
    da: 'Anmodningen har felter, der ikke kan bruges.',
    en: 'The request has fields that cannot be used.',
  },
  unreadable: {
    kind: 'invalid',
    da: 'Anmodningen kan ikke læses.',
    en: 'The request cannot be read.',
  },
  unauthenticated: { kind: 'unauthenticated', da: 'Log ind først.', en: 'Sign in first.' },
  forbidden: {
    kind: 'forbidden',
    da: 'Det må du ikke med din rolle i sagen.',
    en: 'Your role does not allow this.',
  },
  limited: {
    kind: 'limited',
    da: 'Du har spurgt for meget det seneste minut. Vent lidt, og prøv igen.',
    en: 'You have asked for too much within a minute. Wait a little, then try again.',
  },
  stale: {
    kind: 'stale',
    da: 'Den er ændret, siden du læste den. Læs den igen, og prøv igen.',
    en: 'It has changed since you read it. Read it again, then try again.',
  },
  unconditional: {
    kind: 'unconditional',
    da: 'Send If-Match med den ETag, du læste.',
    en: 'Send If-Match with the ETag you read.',
  },
  key_used_otherwise: {
    kind: 'refused',
    da: 'Nøglen i Idempotency-Key er allerede brugt til en anden anmodning.',
    en: 'The key in Idempotency-Key was already used for another request.',
    reach: 'declared',
  },
  taken: { kind: 'conflict', da: 'Den findes allerede.', en: 'It exists already.' },
  unknown_reference: {
    kind: 'refused',
    da: 'Et felt peger på noget, der ikke findes.',
    en: 'A field points at something that does not exist.',
  },
  refused_by_database: {
    kind: 'refused',
    da: 'Værdierne passer ikke sammen.',
    en: 'The values do not fit together.',
  },
});
