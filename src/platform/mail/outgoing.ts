import { Injectable, Logger } from '@nestjs/common';
import { errorForLog } from '../logging/logging.js';
import { Mailer, MailNotSent, type Mail } from './mailer.js';

/** A day of trying, before a person must look. */
const MOST_ATTEMPTS = 30;
/** A mail that kills whoever sends it does not do so for ever. */
const MOST_LOST = 3;

/** Where a mail that was taken in hand can end. */
export type Settled = 'sent' | 'cancelled' | 'failed' | 'unsure';

/** A row taken for sending; `attempts` also says whose claim it is. */
export interface Claim {
  id: string;
  attempts: number;
  /** Claims that never came back, this one's forerunner included. */
  lost: number;
  /** Somebody claimed it before and did not come back: it may be out already. */
  again: boolean;
}

/** Rows of one table that go out as mails; the statements come from `outgoing()`. */
export interface Outbox<Row extends Claim = Claim> {
  /** For the log. */
  name: string;
  /** Each sending makes the one before worthless, so that a second never hurts. */
  repeatable?: boolean;
  /** Takes one for sending, unless it is not due or in other hands, and reads what it rests on. */
  claim(id: string): Promise<Row | undefined>;
  /** The mail, or the code of why nobody is to get it any more. */
  compose(row: Row): Mail | string;
  retry(row: Row): Promise<unknown>;
  /** @param because code of why it was not sent, or nobody knows */
  settle(row: Row, state: Settled, because?: string): Promise<unknown>;
}

/** The one way a mail goes out: claim, look again, send, mark. Safe to call twice, and by two at once. */
@Injectable()
export class Outgoing {
  private readonly logger = new Logger(Outgoing.name);

  constructor(private readonly mailer: Mailer) {}

  /** @returns how it ended; `later` when it is to be tried again, undefined when there was nothing to do */
  async send<Row extends Claim>(box: Outbox<Row>, id: string): Promise<Settled | 'later' | undefined> {
    const row = await box.claim(id);
    if (!row) return undefined;
    if (row.again && !this.mayRepeat(box, row)) return this.settle(box, row, this.lostAs(), 'claim_lost');
    const mail = box.compose(row);
    if (typeof mail === 'string') return this.settle(box, row, 'cancelled', mail);
    try {
      await this.mailer.send(mail);
    } catch (error) {
      this.logger.warn({ outbox: box.name, id, attempts: row.attempts, ...errorForLog(error) });
      return this.afterFailure(box, row, error);
    }
    return this.settle(box, row, 'sent');
  }

  private mayRepeat({ repeatable }: Pick<Outbox, 'repeatable'>, { lost }: Claim): boolean {
    return (repeatable || this.mailer.honoursMessageId) && lost <= MOST_LOST;
  }

  /** A sink that honours Message-ID leaves no doubt: to send it once more would do no harm, but for whoever sends it. */
  private lostAs(): Settled {
    return this.mailer.honoursMessageId ? 'failed' : 'unsure';
  }

  private async afterFailure<Row extends Claim>(
    box: Outbox<Row>,
    row: Row,
    error: unknown,
  ): Promise<Settled | 'later'> {
    const { mayBeOut, ofThisMailOnly } = error instanceof MailNotSent ? error : {};
    if (mayBeOut && !box.repeatable) return this.settle(box, row, 'unsure', 'no_answer');
    if (ofThisMailOnly) return this.settle(box, row, 'failed', 'refused');
    if (row.attempts >= MOST_ATTEMPTS) return this.settle(box, row, 'failed', 'given_up');
    await box.retry(row);
    return 'later';
  }

  private async settle<Row extends Claim>(
    box: Outbox<Row>,
    row: Row,
    state: Settled,
    because?: string,
  ): Promise<Settled> {
    await box.settle(row, state, because);
    if (state === 'failed' || state === 'unsure')
      this.logger.error({ outbox: box.name, id: row.id, state, because, attempts: row.attempts });
    return state;
  }
}
