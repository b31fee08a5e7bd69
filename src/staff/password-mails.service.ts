import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import { opaqueToken, opaqueTokenHash } from '../platform/crypto/opaque-token.js';
import type { Mail } from '../platform/mail/mailer.js';
import { Outgoing, type Outbox, type Settled } from '../platform/mail/outgoing.js';
import { passwordMail } from './password-mail.js';
import {
  CLAIM_TO_SEND,
  GIVE_UP,
  SEND_TOKEN_LATER,
  TOKEN_SETTLED,
  TOKENS_TO_SEND,
  type TokenToSend,
} from './passwords.queries.js';

type Claimed = TokenToSend & { token: string };

/**
 * Sends invitations and resets. The token is made here, just before it is sent: the request that asked for it could
 * neither wait for the mail server nor leave the token for somebody else to send.
 */
@Injectable()
export class PasswordMails implements Sweep, Outbox<Claimed>, OnModuleInit {
  readonly name = 'invitations and password resets';
  /** Each sending has a token of its own, and only the last one's is good. */
  readonly repeatable = true;
  private readonly logger = new Logger(PasswordMails.name);

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly sweeps: Sweeps,
    private readonly outgoing: Outgoing,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Sends all that wait, until the mail server fails. @returns how many went out */
  async sweep(): Promise<number> {
    const [lost] = await this.database.query<[{ id: string }[], number]>(GIVE_UP);
    for (const { id } of lost) this.logger.error({ passwordTokenId: id, state: 'not sent' });
    let sent = 0;
    for (const { id } of await this.database.query<{ id: string }[]>(TOKENS_TO_SEND)) {
      const ended = await this.outgoing.send(this, id);
      if (ended === 'later') break;
      if (ended === 'sent') sent++;
    }
    return sent;
  }

  async claim(id: string): Promise<Claimed | undefined> {
    const token = opaqueToken();
    const [claimed] = await this.database.query<TokenToSend[]>(CLAIM_TO_SEND, [id, opaqueTokenHash(token)]);
    return claimed && { ...claimed, token };
  }

  compose(claimed: Claimed): Mail {
    return passwordMail(claimed, claimed.token, this.config.PUBLIC_URL);
  }

  retry({ id, attempts }: Claimed): Promise<unknown> {
    return this.database.query(SEND_TOKEN_LATER, [id, attempts]);
  }

  settle({ id, attempts }: Claimed, state: Settled, because?: string): Promise<unknown> {
    return this.database.query(TOKEN_SETTLED, [id, attempts, state, because ?? null]);
  }
}
