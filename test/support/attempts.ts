import { sha256Of } from '../factories/file-bytes.js';
import { randomUUID } from 'node:crypto';
import type { KnownCase } from '../factories/office.js';
import type { DeclaredRoute } from '../../src/platform/http/routes.js';
import type { Client, Reply } from './client.js';
import type { TestApp } from './app.js';
import type { ValidRequest } from './valid-request.js';

/** The pages of the OpenAPI document: not ours, open, and without a case. */
const DOCUMENT = /^\/api\/(docs|openapi)/;
/** The pages for operators: not ours, closed, and without a case; the document does not speak of them. */
const OPERATORS = /^\/admin\//;

export const nameOf = ({ method, url }: Pick<DeclaredRoute, 'method' | 'url'>): string => `${method} ${url}`;

const allRoutes = ({ app }: TestApp): DeclaredRoute[] => app.getHttpAdapter().getInstance().declaredRoutes;

/** The routes of the running program. */
export const routesOf = (app: TestApp): DeclaredRoute[] =>
  allRoutes(app).filter(({ url }) => !DOCUMENT.test(url) && !OPERATORS.test(url));

export const pagesForOperators = (app: TestApp): DeclaredRoute[] =>
  allRoutes(app).filter(({ url }) => OPERATORS.test(url));

/** Sends a request on a route, as somebody. */
export function attempt(
  who: Client,
  route: Pick<DeclaredRoute, 'method' | 'url'>,
  request: ValidRequest,
): Promise<Reply> {
  const query = new URLSearchParams(request.query).toString();
  return who.send(
    route.method,
    `/${addressOf(route.url, request.params)}${query && `?${query}`}`,
    request.file ?? request.body,
    request.headers,
  );
}

/** The address with its words filled in: what is not given becomes an id that nothing has. */
export function addressOf(url: string, params: Record<string, string> = {}): string {
  return url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? randomUUID()));
}

/** Everything that is not as it should be, over some routes; empty when all is well. */
export async function wrongs(
  routes: DeclaredRoute[],
  look: (route: DeclaredRoute, say: (wrong: string) => void) => Promise<void>,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of routes) await look(route, (wrong) => found.push(`${nameOf(route)} ${wrong}`));
  return found;
}

/** A reply without what differs from one to the next. */
export function saying({ requestId: _, ...body }: Record<string, unknown>): string {
  return JSON.stringify(body);
}

export const unknownIds = (params: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name === 'role' ? value : name === 'sha256' ? sha256Of(Buffer.from(randomUUID())) : randomUUID(),
    ]),
  );

/** A list as widely as it can be asked for, and for what only the other unit has. */
export function listed(request: ValidRequest, { familyName }: KnownCase): ValidRequest[] {
  const asking = (query: Record<string, string>): ValidRequest => ({
    ...request,
    query: { ...request.query, ...query },
  });
  return [
    request,
    asking({ limit: '100' }),
    { query: { limit: '100' } },
    ...(request.query?.q ? [asking({ q: familyName, limit: '100' })] : []),
  ];
}
