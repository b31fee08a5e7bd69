import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Access } from '../platform/http/access.js';
import { requestProblem } from '../platform/http/problem.js';
import { PURPOSES } from '../timeline/timeline.contract.js';
import { ACCESS_TOKEN, AccessTokens, type AccessClaims } from './access-tokens.js';
import { QueuePagePasses } from './queue-page-passes.js';
import { SessionsService } from './sessions.service.js';
import type { StaffActor } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';

const { algorithm, issuer, audience } = ACCESS_TOKEN;

/** Passport's frame for the access token: one algorithm, the key its `kid` is in the ring, no lookup. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(private readonly tokens: AccessTokens) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (_: unknown, token: string, done: (error: unknown, key?: string) => void) => {
        const key = tokens.keyOf(token) as unknown as string | undefined;
        done(key ? null : new Error('unknown key'), key);
      },
      algorithms: [algorithm],
      issuer,
      audience,
      // Time is judged below, by the one clock.
      ignoreExpiration: true,
    });
  }

  validate(claims: AccessClaims): StaffActor | false {
    return this.tokens.actorOf(claims);
  }
}

/**
 * The closed door, before a body is read: first who it is (401), then whether the route admits the role (403).
 * A Nest guard would come too late: the web server reads the body, and refuses a bad one, before guards run.
 */
@Injectable()
export class Door {
  constructor(
    private readonly passes: QueuePagePasses,
    private readonly sessions: SessionsService,
  ) {}

  /** Who comes, where that matters; what they ask for is counted in their name before they are let in or not. */
  async recognise(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!isClosed(request)) return;
    const byPass = accessOf(request).page ? this.passes.holderOf(request) : undefined;
    request.actor = (await this.actor(request, reply)) ?? byPass;
  }

  async admit(request: FastifyRequest): Promise<void> {
    if (!isClosed(request)) return;
    const { roles, page } = accessOf(request);
    const actor = request.actor as StaffActor | undefined;
    if (!actor) throw requestProblem.unauthenticated();
    if (!roles.includes(actor.role)) throw staffProblem.role_not_allowed({ roles });
    if (page) await this.sessions.requireRunning(actor);
    actor.purpose = purposeOf(request);
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

const isClosed = ({ is404, routeOptions }: FastifyRequest): boolean =>
  !is404 && !routeOptions.config.access?.open;

const accessOf = ({ routeOptions }: FastifyRequest): Access =>
  routeOptions.config.access ?? { open: false, roles: [] };

function purposeOf({ headers }: FastifyRequest): string | undefined {
  const purpose = headers.purpose;
  if (purpose === undefined || (PURPOSES as readonly unknown[]).includes(purpose))
    return purpose as string | undefined;
  throw requestProblem.invalid({
    errors: [{ field: 'Purpose', rule: 'one_of', values: { allowed: PURPOSES } }],
    purposes: PURPOSES,
  });
}
