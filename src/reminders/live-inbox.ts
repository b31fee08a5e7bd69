import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database } from '../platform/database/database.js';
import { Notices, type NoticeListener } from '../platform/database/notices.js';
import type { Actor } from '../platform/http/access.js';
import type { EventStream } from '../platform/http/event-stream.js';
import { EventStreams } from '../platform/http/event-streams.js';
import { errorForLog } from '../platform/logging/logging.js';
import { INBOX_CHANNEL, INBOX_STATES, type InboxState } from './inbox.queries.js';

const PAUSE_MS = 1_000;

/**
 * Tells whoever keeps a stream open how their inbox stands: when they come, whenever Postgres says that something of it
 * is new, and when something may have been missed. It reads for all who wait at once, one statement at a time: what is
 * told last is what was read last.
 */
@Injectable()
export class LiveInbox implements NoticeListener {
  private readonly logger = new Logger(LiveInbox.name);
  private readonly waiting = new Set<EventStream>();
  private telling = false;

  constructor(
    private readonly database: Database,
    private readonly notices: Notices,
    private readonly streams: EventStreams,
  ) {}

  /** @throws 429 when the account has too many streams already */
  open(actor: Actor, reply: FastifyReply): void {
    const stream = this.streams.open(INBOX_CHANNEL, actor, reply);
    this.notices.subscribe(INBOX_CHANNEL, this);
    this.tell([stream]);
  }

  heard(accountId: string): void {
    this.tell(this.streams.of(INBOX_CHANNEL).filter(({ actor }) => actor.id === accountId));
  }

  listening(): void {
    this.tell(this.streams.of(INBOX_CHANNEL));
  }

  private tell(streams: EventStream[]): void {
    for (const stream of streams) this.waiting.add(stream);
    if (!this.telling) void this.tellAll();
  }

  private async tellAll(): Promise<void> {
    this.telling = true;
    while (this.waiting.size > 0) {
      const streams = [...this.waiting];
      this.waiting.clear();
      try {
        const states = await this.states(streams.map(({ actor }) => actor.id));
        for (const stream of streams) stream.say(asEvent(states.get(stream.actor.id)!));
      } catch (error) {
        this.logger.warn(errorForLog(error));
        await sleep(PAUSE_MS, undefined, { ref: false });
        for (const stream of streams) if (stream.open) this.waiting.add(stream);
      }
    }
    this.telling = false;
  }

  private async states(accountIds: string[]): Promise<Map<string, InboxState>> {
    const rows = await this.database.query<(InboxState & { accountId: string })[]>(INBOX_STATES, [
      [...new Set(accountIds)],
    ]);
    return new Map(rows.map(({ accountId, ...state }) => [accountId, state]));
  }
}

const asEvent = ({ unread, newest }: InboxState) => ({
  event: 'inbox',
  id: newest ?? undefined,
  data: { unread, newest },
});
