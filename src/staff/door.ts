import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { requestProblem } from '../platform/http/problem.js';
import { PURPOSES } from '../timeline/timeline.contract.js';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from './sessions.service.js';
import type { Role, StaffActor } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';

interface AccessClaims {
  sub: string;
  role: Role;
  unit: string;
  sid: string;
  iat: number;
  exp: number;
  nbf?: number;
}

/** Passport's frame for the access token: one algorithm, one key, no lookup. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A KeyObject verifies thirty times faster than the same secret as text.
      secretOrKey: createSecretKey(Buffer.from(config.TOKEN_SECRET)) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      // Time is judged below, by the one clock.
      ignoreExpiration: true,
    });
  }

  validate({ sub, role, unit, sid, iat, exp, nbf = iat }: AccessClaims): StaffActor | false {
    const now = this.clock.now().getTime() / 1000;
    const begun = Math.max(iat, nbf) <= now + 60;
    return begun && now < exp && { id: sub, role, unitId: unit, sessionId: sid };
  }
}

/**
 * The closed door, before a body is read: first who it is (401), then whether the route admits the role (403).
 * A Nest guard would come too late: the web server reads the body, and refuses a bad one, before guards run.
 */
@Injectable()
export class Door {
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const access = request.routeOptions.config.access;
    if (request.is404 || access?.open) return;
    const actor = await this.actor(request, reply);
    if (!actor) throw requestProblem.unauthenticated();
    if (!access?.roles.includes(actor.role)) throw staffProblem.role_not_allowed({ roles: access?.roles });
    request.actor = { ...actor, purpose: purposeOf(request) };
  }

  private actor(request: FastifyRequest, reply: FastifyReply): Promise<StaffActor | null> {
    return new Promise((resolve, reject) => {
      const answer = (error: unknown, actor?: StaffActor | false): void =>
        error ? reject(error) : resolve(actor || null);
      const authenticate = passport.authenticate('access-token', { session: false }, answer) as (
        ...of: unknown[]
      ) => void;
      authenticate(request, reply, reject);
    });
  }
}

function purposeOf({ headers }: FastifyRequest): string | undefined {
  const purpose = headers.purpose;
  if (purpose === undefined || (PURPOSES as readonly unknown[]).includes(purpose))
    return purpose as string | undefined;
  throw requestProblem.invalid({
    errors: [{ field: 'Purpose', rule: 'one_of', values: { allowed: PURPOSES } }],
    purposes: PURPOSES,
  });
}
