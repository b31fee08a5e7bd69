import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { QUEUE_PAGE } from '../platform/jobs/job.js';
import { AccessTokens } from './access-tokens.js';
import type { StaffActor } from './staff.contract.js';

const COOKIE = 'ankomst_queue_page';

/** A browser sends no bearer token when it opens a page: its pass is a cookie, which goes to that page alone. */
@Injectable()
export class QueuePagePasses {
  constructor(
    private readonly config: Config,
    private readonly tokens: AccessTokens,
  ) {}

  give(actor: StaffActor, reply: FastifyReply): void {
    const { pass, seconds } = this.tokens.signPass(actor);
    void reply.setCookie(COOKIE, pass, { ...this.form(), maxAge: seconds });
  }

  take(reply: FastifyReply): void {
    void reply.clearCookie(COOKIE, this.form());
  }

  holderOf({ headers, server }: FastifyRequest): StaffActor | undefined {
    const pass = headers.cookie && server.parseCookie(headers.cookie)[COOKIE];
    return (pass && this.tokens.holderOf(pass)) || undefined;
  }

  private form() {
    return {
      path: QUEUE_PAGE,
      httpOnly: true,
      sameSite: 'strict',
      secure: this.config.production,
    } as const;
  }
}
