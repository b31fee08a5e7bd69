import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { blindIndex, derivedKey } from '../crypto/sealer.js';
import { Database } from '../database/database.js';
import { Sweeps, type Sweep } from '../jobs/sweeper.js';
import { says } from './access.js';
import { networkOf } from './network.js';
import { requestProblem } from './problem.js';
import { COUNT, FORGET, SLOW_DOWN } from './rate-limit.queries.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    cost?: number;
  }
}

/** What a request on the route costs of what a caller has for a minute; 1 where nothing is said, 0 is free. */
export const Costs = (cost: number): MethodDecorator => says({ cost });

/**
 * What one account, or one address that is nobody's, may ask for in a minute of the one clock. It is counted in
 * Postgres, so that all instances count together and a restart forgets nothing.
 */
@Injectable()
export class RateLimit implements OnModuleInit, Sweep {
  readonly name = 'request counts';
  private readonly limit: number;
  private readonly addressKey: Buffer;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly sweeps: Sweeps,
  ) {
    this.limit = config.RATE_LIMIT_PER_MINUTE;
    this.addressKey = derivedKey(config.INDEX_KEY, 'caller');
  }

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Says in the reply what is left, as draft-ietf-httpapi-ratelimit-headers has it. @throws 429 when nothing is */
  async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { cost = 1 } = request.routeOptions.config;
    if (this.limit === 0 || cost === 0) return;
    const [{ spent, seconds }] = await this.database.query<{ spent: number; seconds: number }[]>(COUNT, [
      this.callerOf(request),
      cost,
    ]);
    void reply.header('ratelimit-policy', `"minute";q=${this.limit};w=60`);
    void reply.header('ratelimit', `"minute";r=${Math.max(0, this.limit - spent)};t=${seconds}`);
    if (spent > this.limit) throw requestProblem.limited({ retryAfterSeconds: seconds });
  }

  /** Lets everything cost an account ten times as much for a while. */
  async slowDown(tx: EntityManager, accountId: string, until: Date): Promise<void> {
    await tx.query(SLOW_DOWN, [accountId, until]);
  }

  async sweep(): Promise<number> {
    const [, forgotten] = await this.database.query<[unknown[], number]>(FORGET);
    return forgotten;
  }

  // The address is somebody's, too: it is kept only as what it can be found by.
  private callerOf({ actor, ip }: FastifyRequest): string {
    return actor?.id ?? blindIndex(this.addressKey, networkOf(ip)).toString('base64url');
  }
}
