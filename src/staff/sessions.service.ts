import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import { EventStreams, type StayCheck } from '../platform/http/event-streams.js';
import { Pages, type PageOf } from '../platform/http/paging.js';
import { requestProblem } from '../platform/http/problem.js';
import { ACCESS_SECONDS, AccessTokens } from './access-tokens.js';
import type { Verified } from './credentials.service.js';
import type { SessionQuery, SessionView, Tokens } from './dto/sign-in.dto.js';
import { opaqueToken, opaqueTokenHash } from '../platform/crypto/opaque-token.js';
import {
  CLAIM_REFRESH_TOKEN,
  ENDED_SESSIONS,
  END_OWN_SESSION,
  END_SESSION,
  END_SESSIONS,
  INSERT_REFRESH_TOKEN,
  SESSIONS,
  STILL_RUNS,
  type ClaimedToken,
  type SessionRow,
} from './sessions.queries.js';
import { SignInEvents } from './sign-in-events.service.js';
import { STILL_ENTERS } from './sign-in.queries.js';
import { StaffAccount } from './staff-account.entity.js';
import type { StaffActor } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';

/** A session is one sign-in: a family of refresh tokens, each traded once for the next. */
@Injectable()
export class SessionsService implements StayCheck<StaffActor>, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly tokens: AccessTokens,
    private readonly events: SignInEvents,
    private readonly streams: EventStreams,
  ) {}

  onModuleInit(): void {
    this.streams.checkedBy(this);
  }

  /** Of those who stay: whose session has ended, as it does with the account, its role and its password. */
  async ended(actors: StaffActor[]): Promise<StaffActor[]> {
    const rows = await this.database.query<{ id: string }[]>(ENDED_SESSIONS, [
      actors.map(({ sessionId }) => sessionId),
    ]);
    const ended = new Set(rows.map(({ id }) => id));
    return actors.filter(({ sessionId }) => ended.has(sessionId));
  }

  /** @throws 401 when the account was closed or got another password since it was verified */
  start({ account, attempt }: Verified): Promise<Tokens> {
    return this.database.transaction(async (tx) => {
      const [still] = await tx.query<object[]>(STILL_ENTERS, [account.id, account.passwordVersion]);
      if (!still) throw staffProblem.sign_in_refused();
      const sessionId = uuidv7();
      await tx.query('insert into sessions (id, account_id) values ($1, $2)', [sessionId, account.id]);
      await this.events.note(tx, { event: 'signed_in', attempt, accountId: account.id, sessionId });
      return this.issue(tx, account, sessionId);
    });
  }

  /**
   * Trades a refresh token for new ones. A token that comes a second time was stolen, be it at the same moment as the
   * first: nobody can say which of the two is the thief, so it ends the session.
   */
  async refresh(refreshToken: string): Promise<Tokens> {
    const tokens = await this.database.transaction(async (tx) => {
      const [claimed] = await tx.query<ClaimedToken[]>(CLAIM_REFRESH_TOKEN, [opaqueTokenHash(refreshToken)]);
      if (!claimed) return null;
      const of = { accountId: claimed.account_id, sessionId: claimed.session_id };
      if (!claimed.first) {
        await tx.query(END_SESSION, [claimed.session_id, 'refresh token used twice']);
        await this.events.note(tx, { event: 'refresh_reused', ...of });
        return null;
      }
      const account = await tx.findOneBy(StaffAccount, { id: claimed.account_id });
      if (!claimed.fresh || !claimed.running || !account?.mayEnter()) return null;
      await this.events.note(tx, { event: 'refreshed', ...of });
      return this.issue(tx, account, claimed.session_id);
    });
    if (!tokens) throw staffProblem.refresh_refused();
    return tokens;
  }

  running(actor: StaffActor, query: SessionQuery): Promise<PageOf<SessionView>> {
    return this.pages.list(SESSIONS, query, [actor.id], (row: SessionRow) => ({
      id: row.id,
      startedAt: row.started_at.toISOString(),
      lastUsedAt: row.last_used_at.toISOString(),
      current: row.id === actor.sessionId,
    }));
  }

  signOut({ id, sessionId }: StaffActor): Promise<void> {
    return this.database.transaction(async (tx) => {
      await tx.query(END_SESSION, [sessionId, 'signed out']);
      await this.events.note(tx, { event: 'signed_out', accountId: id, sessionId });
    });
  }

  /** @throws 404 unless it is a running session of the actor's own */
  end(actor: StaffActor, sessionId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [[ended]] = await tx.query<[object[], number]>(END_OWN_SESSION, [
        sessionId,
        'ended by the account',
        actor.id,
      ]);
      if (!ended) throw staffProblem.no_such_session();
      await this.events.note(tx, { event: 'session_ended', accountId: actor.id, sessionId });
    });
  }

  /** Where a token's word is not enough. @throws 401 when the session ended, or the account is closed or in another role */
  async requireRunning({ id, role, sessionId }: StaffActor): Promise<void> {
    const [runs] = await this.database.query<object[]>(STILL_RUNS, [sessionId, id, role]);
    if (!runs) throw requestProblem.unauthenticated();
  }

  async endAll(tx: EntityManager, accountId: string, because: string, but?: string): Promise<void> {
    await tx.query(END_SESSIONS, [accountId, because, but ?? null]);
  }

  private async issue(tx: EntityManager, account: StaffAccount, sessionId: string): Promise<Tokens> {
    const refreshToken = opaqueToken();
    await tx.query(INSERT_REFRESH_TOKEN, [opaqueTokenHash(refreshToken), sessionId]);
    const { id, role, unitId } = account;
    const accessToken = this.tokens.sign({ id, role, unitId, sessionId });
    return { accessToken, refreshToken, expiresIn: ACCESS_SECONDS };
  }
}
