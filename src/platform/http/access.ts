import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

/** Who acts. The modules above add what they know of an account; this module only needs the id. */
export interface Actor {
  id: string;
  /** What a reader who sees a case only by a grant says it is for (`Purpose` header). */
  purpose?: string;
}

/** What a route says of who may enter; a route that says nothing keeps the program from starting. */
export interface Access {
  open: boolean;
  roles: readonly string[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    actor?: Actor;
  }
}

/** Anyone may enter, signed in or not. */
export const Open = (): MethodDecorator =>
  RouteConfig({ access: { open: true, roles: [] } satisfies Access });

/** Only accounts with one of these roles may enter. */
export const Roles = (...roles: string[]): MethodDecorator =>
  applyDecorators(
    RouteConfig({ access: { open: false, roles } satisfies Access }),
    ApiBearerAuth(),
    ApiExtension('x-roles', roles),
  );

/** The account the door let in. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<{ actor: Actor }>().actor;
});
