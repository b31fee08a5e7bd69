import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describeApi } from '../../src/platform/http/openapi.js';
import { Api, type ApiDocument } from './openapi.js';

/** Throws when a reply is a problem that the OpenAPI document does not declare for its route. */
export type Witness = (method: string, path: string, status: number, body: unknown) => void;

/** Every refusal any test meets is held against the document, so that what it says of problems is what happens. */
export function witness(app: NestFastifyApplication): Witness {
  const operations = new Api(describeApi(app) as unknown as ApiDocument).operations().map((operation) => ({
    ...operation,
    matches: new RegExp(`^${operation.url.replace(/:\w+/g, '[^/]+')}$`),
  }));
  return (method, path, status, body) => {
    const operation = operations.find((one) => one.method === method && one.matches.test(path.split('?')[0]));
    if (status < 400 || !operation?.problems.size) return;
    const code = (body as { code?: string }).code;
    if (!operation.problems.has(`${status} ${code}`))
      throw new Error(
        `${method} ${operation.url} answers ${status} ${code}: name it in @MayAnswer of the route`,
      );
  };
}
