import type { TestDatabase } from './database.js';
import type { Api, Operation } from './openapi.js';
import type { Answer } from './wire.js';

/** What no answer of ours shows: a stack, a statement, a file of the program. */
const INSIDES =
  /\n\s+at |node_modules|\.[jt]s:\d|select .+ from |insert into|syntax error|QueryFailed|violates|pg_|relation "/i;

/** Says what is wrong with an answer. */
export class Judge {
  private constructor(
    private readonly api: Api,
    private readonly inner: Set<string>,
  ) {}

  /** Knows the names of tables, columns, constraints and indexes; those the API itself uses may be said. */
  static async of(api: Api, document: string, database: TestDatabase): Promise<Judge> {
    const rows = await database.asOwner<{ name: string }>(`
      select column_name as name from information_schema.columns where table_schema = 'public'
      union select relname from pg_class where relnamespace = 'public'::regnamespace
      union select conname from pg_constraint where connamespace = 'public'::regnamespace`);
    const names = rows
      .map(({ name }) => name)
      .filter((name) => name.includes('_') && !document.includes(name));
    return new Judge(api, new Set(names));
  }

  /** Nothing when the program kept its word. */
  wrongs({ status, type, text }: Answer, operation: Operation, expects = status): string[] {
    const { replies } = operation;
    if (status >= 500) return [`answers ${status}`];
    if (status !== expects) return [`answers ${status}, not ${expects}`];
    if (status >= 400)
      return [...this.wrongsOfProblem({ status, type, text }), ...undeclared(text, operation)];
    if (!replies.has(status)) return [`answers ${status}, which is not declared`];
    const declared = replies.get(status);
    if (!declared) return text === '' ? [] : ['has a body where none is declared'];
    return declared.types.some((one) => type.startsWith(one))
      ? this.api.misfits(declared.schema, /json/.test(type) ? JSON.parse(text) : text)
      : [`is ${type}`];
  }

  wrongsOfProblem({ status, type, text }: Answer): string[] {
    if (!type.startsWith('application/problem+json')) return [`${status} is ${type}`];
    const problem = JSON.parse(text) as Record<string, unknown>;
    const errors = (problem.errors ?? []) as { rule: string; message: string }[];
    const words = ['type', 'code', 'title', 'requestId'].filter((name) => typeof problem[name] !== 'string');
    const told = (text.match(/[a-z][a-z0-9]*(?:_[a-z0-9]+)+/g) ?? []).filter((word) => this.inner.has(word));
    return [
      ...words.map((name) => `${status} without ${name}`),
      ...errors.filter(({ rule, message }) => rule === message).map(({ rule }) => `${rule} has no text`),
      ...(problem.status === status ? [] : [`says ${String(problem.status)}`]),
      ...told.map((word) => `tells ${word}`),
      ...(INSIDES.test(text) ? [`shows the inside: ${text.slice(0, 200)}`] : []),
    ];
  }
}

/** A problem that the document does not declare for the operation. */
function undeclared(text: string, { problems }: Operation): string[] {
  const { status, code } = JSON.parse(text) as { status: number; code: string };
  return problems.has(`${status} ${code}`)
    ? []
    : [`answers ${status} ${code}: name it in @MayAnswer of the route`];
}
