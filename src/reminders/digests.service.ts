import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LegislationService } from '../legislation/legislation.service.js';
import { isOpenDay } from '../platform/calendar/calendar.js';
import { Config } from '../platform/config/config.js';
import { Database, today } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { Mail } from '../platform/mail/mailer.js';
import { Outgoing, type Outbox, type Settled } from '../platform/mail/outgoing.js';
import {
  CLAIM_DIGEST,
  DIGEST_SETTLED,
  DUE_DIGESTS,
  END_DIGESTS,
  PLAN_DIGESTS,
  SEND_DIGEST_LATER,
  type ClaimedDigest,
} from './digests.queries.js';
import { DutiesService } from './duties.service.js';
import { ReminderQueue } from './reminder-queue.js';
import { digestMail } from './reminder-mail.js';

/** One mail on each open day for who wants that rather than a mail for each reminder. */
@Injectable()
export class DigestsService implements Sweep, Outbox<ClaimedDigest>, OnModuleInit {
  readonly name = 'daily digests';

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly legislation: LegislationService,
    private readonly sweeps: Sweeps,
    private readonly queue: ReminderQueue,
    private readonly duties: DutiesService,
    private readonly outgoing: Outgoing,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Makes the day's digests, once each, and wakes the queue for those that are not out. */
  async sweep(): Promise<number> {
    const due = await this.database.transaction(async (tx) => {
      await tx.query(END_DIGESTS);
      if (isOpenDay(await today(tx), await this.legislation.closingDays(tx))) await tx.query(PLAN_DIGESTS);
      return tx.query<{ id: string }[]>(DUE_DIGESTS);
    });
    await this.queue.wakeDigests(due.map(({ id }) => id));
    return due.length;
  }

  mail(digestId: string): Promise<Settled | 'later' | undefined> {
    return this.outgoing.send(this, digestId);
  }

  async claim(id: string): Promise<ClaimedDigest | undefined> {
    const [claimed] = await this.database.query<ClaimedDigest[]>(CLAIM_DIGEST, [id]);
    return claimed;
  }

  compose(claimed: ClaimedDigest): Mail | string {
    if (!claimed.wanted) return 'not_wanted';
    if (claimed.things === 0) return 'nothing_to_do';
    return digestMail(claimed, (one) => this.duties.text(one), this.config.PUBLIC_URL);
  }

  retry({ id, attempts }: ClaimedDigest): Promise<unknown> {
    return this.database.query(SEND_DIGEST_LATER, [id, attempts]);
  }

  settle({ id, attempts }: ClaimedDigest, state: Settled, because?: string): Promise<unknown> {
    return this.database.query(DIGEST_SETTLED, [id, attempts, state, because ?? null]);
  }
}
