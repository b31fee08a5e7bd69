import { randomUUID } from 'node:crypto';
import type { DeclaredRoute } from '../../src/platform/http/routes.js';
import type { Client, Reply } from './client.js';
import type { TestApp } from './app.js';
import type { ValidRequest } from './valid-requests.js';

/** The pages of the OpenAPI document: not ours, open, and without a case. */
const DOCUMENT = /^\/api\/(docs|openapi)/;

export const nameOf = ({ method, url }: Pick<DeclaredRoute, 'method' | 'url'>): string => `${method} ${url}`;

/** The routes of the running program. */
export function routesOf({ app }: TestApp): DeclaredRoute[] {
  return app
    .getHttpAdapter()
    .getInstance()
    .declaredRoutes.filter(({ url }: DeclaredRoute) => !DOCUMENT.test(url));
}

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
    request.body,
    request.headers,
  );
}

/** The address with its words filled in: what is not given becomes an id that nothing has. */
export function addressOf(url: string, params: Record<string, string> = {}): string {
  return url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? randomUUID()));
}
