import { QueryFailedError } from 'typeorm';
import { DomainError, problemOfConstraint, requestProblem } from './problem.js';

interface PostgresError {
  code?: string;
  constraint?: string;
  detail?: string;
}

const NO_VALUE_FOR_THE_TYPE = [
  '22021',
  '22P02',
  '22P05',
  '22003',
  '22007',
  '22008',
  '22001',
  '22023',
  '23502',
];

/** Postgres enforces what it can; this says in the words of the API what it refused. */
export function problemOfPostgres(error: unknown): DomainError | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code = '', constraint = '', detail = '' } = error.driverError as PostgresError;
  const declared = problemOfConstraint(constraint);
  if (declared) return declared;
  if (code === '23505' || code === '23P01') return requestProblem.taken();
  if (code === '23503')
    return requestProblem.unknown_reference({ errors: [{ field: columnOf(detail), rule: 'known' }] });
  if (code === '23514') return requestProblem.refused_by_database();
  if (NO_VALUE_FOR_THE_TYPE.includes(code)) return requestProblem.unreadable();
  return undefined;
}

/** `Key (mother_tongue)=(xxx) is not present …` → `motherTongue`; the value itself stays out of the reply. */
function columnOf(detail: string): string {
  const column = /^Key \(([a-z_]+)/.exec(detail)?.[1] ?? '';
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
