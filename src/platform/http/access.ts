import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyContextConfig } from 'fastify';

/** Who acts. The modules above add what they know of an account; this module only needs the id. */
export interface Actor {
  id: string;
  /** What a reader who sees a case only by a grant says it is for (`Purpose` header). */
  purpose?: string;
  /** When what let them in ends: whoever stays that long must ask again. */
  until?: Date;
}

/** What a route says of who may enter; a route that says nothing keeps the program from starting. */
export interface Access {
  open: boolean;
  roles: readonly string[];
  /** For a browser: its cookie lets in as well, and only while the session behind it runs. */
  page?: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    actor?: Actor;
  }
}

/** Says something of a route to the web server, beside what other decorators have said of it. */
export function says(of: FastifyContextConfig): MethodDecorator {
  return (target, name, descriptor) => {
    const already: unknown = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object);
    RouteConfig({ ...(already as object | undefined), ...of })(target, name, descriptor);
  };
}

export const OPEN: Access = { open: true, roles: [] };

/** Anyone may enter, signed in or not. */
export const Open = (): MethodDecorator => says({ access: OPEN });

/** Only accounts with one of these roles may enter. */
export const Roles = (...roles: string[]): MethodDecorator =>
  applyDecorators(says({ access: { open: false, roles } }), ApiBearerAuth(), ApiExtension('x-roles', roles));

/** The account the door let in. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<{ actor: Actor }>().actor;
});
