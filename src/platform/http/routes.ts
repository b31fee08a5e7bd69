import type { FastifyInstance } from 'fastify';
import type { Access } from './access.js';

export interface DeclaredRoute {
  method: string;
  url: string;
  access: Access;
}

declare module 'fastify' {
  interface FastifyInstance {
    declaredRoutes: DeclaredRoute[];
  }
}

const DOCUMENT = /^\/api\/(docs|openapi)/;

/**
 * Keeps the list of routes as they are registered. A route that does not say who may enter keeps the program
 * from starting; the pages of the OpenAPI document are not ours to mark, so `ofDocument` goes by their address.
 */
export function declareRoutes(fastify: FastifyInstance, ofDocument: Access): void {
  const routes: DeclaredRoute[] = [];
  fastify.decorate('declaredRoutes', routes);
  fastify.addHook('onRoute', (route) => {
    if (DOCUMENT.test(route.url)) route.config = { ...route.config, access: ofDocument };
    const access = route.config?.access;
    const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
    if (!access)
      throw new Error(`${methods.join()} ${route.url} does not say who may enter: add @Open() or @Roles(…)`);
    routes.push(...methods.map((method) => ({ method, url: route.url, access })));
  });
}
