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

/** Routes of a library, which are not ours to mark: who may enter goes by their address. */
export interface ForeignRoutes {
  address: RegExp;
  access: Access;
}

/**
 * Keeps the list of routes as they are registered. A route that does not say who may enter keeps the program
 * from starting.
 */
export function declareRoutes(fastify: FastifyInstance, foreign: ForeignRoutes[]): void {
  const routes: DeclaredRoute[] = [];
  fastify.decorate('declaredRoutes', routes);
  fastify.addHook('onRoute', (route) => {
    const theirs = foreign.find(({ address }) => address.test(route.url));
    if (theirs) route.config = { ...route.config, access: theirs.access };
    const access = route.config?.access;
    const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
    if (!access)
      throw new Error(`${methods.join()} ${route.url} does not say who may enter: add @Open() or @Roles(…)`);
    routes.push(...methods.map((method) => ({ method, url: route.url, access })));
  });
}
