import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import { errorForLog } from '../platform/logging/logging.js';
import { Mailer, MailNotSent } from '../platform/mail/mailer.js';
import { opaqueToken, opaqueTokenHash } from '../platform/crypto/opaque-token.js';
import { passwordMail } from './password-mail.js';
import { CLAIM_TO_SEND, GIVE_UP, MARK_SENT, type TokenToSend } from './passwords.queries.js';

/**
 * Sends invitations and resets. The token is made here, just before it is sent: the request that asked for it could
 * neither wait for the mail server nor leave the token for somebody else to send.
 */
@Injectable()
export class PasswordMails implements Sweep, OnModuleInit {
  readonly name = 'invitations and password resets';
  private readonly logger = new Logger(PasswordMails.name);

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly sweeps: Sweeps,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Sends all that wait, until the mail server fails: it would keep the other sweeps waiting. */
  async sweep(): Promise<number> {
    const [lost] = await this.database.query<[{ id: string }[], number]>(GIVE_UP);
    for (const { id } of lost) this.logger.error({ passwordTokenId: id, state: 'not sent' });
    let sent = 0;
    while (await this.sendNext()) sent++;
    return sent;
  }

  private async sendNext(): Promise<boolean> {
    const token = opaqueToken();
    const hash = opaqueTokenHash(token);
    const [claimed] = await this.database.query<TokenToSend[]>(CLAIM_TO_SEND, [hash]);
    if (!claimed) return false;
    try {
      await this.mailer.send(passwordMail(claimed, token, this.config.PUBLIC_URL));
    } catch (error) {
      this.logger.warn({ passwordTokenId: claimed.id, attempts: claimed.attempts, ...errorForLog(error) });
      // One mailbox that is refused keeps nobody else's mail back.
      return error instanceof MailNotSent && error.ofThisMailOnly;
    }
    await this.database.query(MARK_SENT, [claimed.id, hash]);
    return true;
  }
}
