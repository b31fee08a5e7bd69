import { STATUS_CODES } from 'node:http';
import { ApiExtension } from '@nestjs/swagger';
import type { ApiDocument, Operation, Response } from './openapi-document.js';
import { problemSchema, refusal } from './openapi-problem.js';
import { declaredProblems, type DeclaredProblem } from './problem.filter.js';

/**
 * Says in the OpenAPI document which problems the route may answer with besides those that any route may:
 * `@MayAnswer('visits.full', 'refugees.no_such_case')`. A test holds the answers of the program against it.
 */
export const MayAnswer = (...codes: string[]): MethodDecorator => ApiExtension('x-problems', codes);

/** What the web server refuses before there is a route, or after it has failed. */
const BESIDE_THE_ROUTE = [404, 408, 414, 431, 500];

/** Says of every operation what it can refuse, by status code; what operations have in common stands among the components. */
export function describeRefusals({ paths, components: { schemas, responses } }: ApiDocument): void {
  const all = declaredProblems();
  const beside = all.filter(({ kind, status }) => !kind && BESIDE_THE_ROUTE.includes(status));
  schemas.Problem = problemSchema(all);
  responses.Otherwise = refusal('Whatever else goes wrong', beside);
  for (const path of Object.values(paths)) {
    for (const [method, operation] of Object.entries(path)) {
      const possible = all.filter(
        (problem) => !beside.includes(problem) && mayCome(problem, method, operation),
      );
      for (const status of new Set(possible.map((problem) => problem.status))) {
        const some = possible.filter((problem) => problem.status === status);
        operation.responses[status] =
          operation['x-roles'] && some.every(({ reach }) => reach !== 'declared')
            ? inCommon(responses, status, some)
            : refusal(STATUS_CODES[status]!, some);
      }
      operation.responses.default = { $ref: '#/components/responses/Otherwise' };
      const unknown = operation['x-problems']?.filter(
        (code) => !all.some((problem) => problem.code === code),
      );
      if (unknown?.length) throw new Error(`@MayAnswer names what no module declares: ${unknown.join()}`);
      delete operation['x-problems'];
    }
  }
}

/** What can come of a request follows from what is asked of it, and from what the route says. */
function mayCome({ code, status, reach }: DeclaredProblem, method: string, operation: Operation): boolean {
  if (reach === 'declared') return operation['x-problems']?.includes(code) ?? false;
  const signedIn = operation['x-roles'] !== undefined;
  if (reach === 'signed in' || status === 401 || status === 403) return signedIn;
  const version = operation.parameters.find(({ name }) => name === 'If-Match');
  if (status === 412) return version !== undefined;
  if (status === 428) return version?.required ?? false;
  if (ABOUT_JSON.includes(status) && isUpload(operation)) return false;
  return !OF_CHANGES.includes(status) || method !== 'get';
}

/** What only a request that changes something can meet, or one whose body is read. */
const OF_CHANGES = [409, 413, 415, 422];

/** What is said of a body that should have been JSON; an upload has words of its own. */
const ABOUT_JSON = [413, 415];
const isUpload = ({ requestBody }: Operation): boolean =>
  'application/octet-stream' in (requestBody?.content ?? {});

/** Of routes that ask for sign-in, a status that nothing was declared for says the same everywhere. */
function inCommon(
  responses: Record<string, Response>,
  status: number,
  problems: DeclaredProblem[],
): Response {
  const name = STATUS_CODES[status]!.replace(/\W/g, '');
  responses[name] ??= refusal(STATUS_CODES[status]!, problems);
  return { $ref: `#/components/responses/${name}` };
}
