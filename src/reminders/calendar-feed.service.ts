import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Config } from '../platform/config/config.js';
import { opaqueTokenHash } from '../platform/crypto/opaque-token.js';
import { blindIndex, derivedKey } from '../platform/crypto/sealer.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages } from '../platform/http/paging.js';
import { calendarOf } from './calendar-feed.js';
import { calendarProblem } from './calendar-feed.problems.js';
import {
  FEED_EVENTS,
  FEEDS,
  INSERT_FEED,
  REVOKE_FEED,
  USE_FEED,
  type FeedEvent,
  type FeedReader,
  type FeedRow,
} from './calendar-feed.queries.js';
import type { FeedPage, FeedQuery, FeedView, GivenFeed } from './dto/calendar-feed.dto.js';
import { DutiesService } from './duties.service.js';

/** A colleague's follow-ups in the calendar program of their choice, which cannot sign in: who has the address reads. */
@Injectable()
export class CalendarFeedService {
  private readonly tokenKey: Buffer;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly duties: DutiesService,
  ) {
    this.tokenKey = derivedKey(config.INDEX_KEY, 'calendar feed');
  }

  async give(actor: Actor, name: string | undefined): Promise<GivenFeed> {
    const { id } = await this.database.transaction(async (tx) => {
      const made = uuidv7();
      await tx.query(INSERT_FEED, [made, actor.id, name ?? null, opaqueTokenHash(this.tokenOf(made))]);
      return { id: made };
    });
    return { id, url: `${this.config.PUBLIC_URL}/api/v1/calendar/${this.tokenOf(id)}.ics` };
  }

  list(actor: Actor, query: FeedQuery): Promise<FeedPage> {
    return this.pages.list<FeedRow, FeedView>(FEEDS, query, [actor.id], (row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }));
  }

  /** @throws 404 unless it is the actor's own */
  revoke(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [[revoked]] = await tx.query<[object[], number]>(REVOKE_FEED, [id, actor.id]);
      if (!revoked) throw calendarProblem.no_such_calendar();
    });
  }

  /** @throws 404, the same for a token nobody was given, one that was revoked, and one of a closed account */
  async calendar(token: string): Promise<string> {
    const [reader] = await this.database.query<FeedReader[]>(USE_FEED, [opaqueTokenHash(token)]);
    if (!reader) throw calendarProblem.no_such_calendar();
    const events = await this.database.query<FeedEvent[]>(FEED_EVENTS, [reader.account_id]);
    return calendarOf(
      events.map((event) => ({
        id: event.id,
        title: this.duties.text(event).title[reader.language],
        onDay: event.act_by,
        moves: event.moves,
        changedAt: event.changed_at,
        url: `${this.config.PUBLIC_URL}/api/v1/follow-ups/${event.id}`,
      })),
    );
  }

  // Not by chance but by a key, so that a request that is repeated shows the same token, which is kept nowhere.
  private tokenOf(id: string): string {
    return blindIndex(this.tokenKey, id).toString('base64url');
  }
}
