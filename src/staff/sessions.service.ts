import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from 'argon2';
import jwt from 'jsonwebtoken';
import { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { blindIndex, derivedKey } from '../platform/crypto/sealer.js';
import { Database } from '../platform/database/database.js';
import type { Tokens } from './dto/sign-in.dto.js';
import { StaffAccount } from './staff-account.entity.js';
import type { StaffActor } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';
import { CLAIM_REFRESH_TOKEN } from './staff.queries.js';
import { ARGON2 } from './staff.service.js';

/** Seconds an access token lives: what a closed account can still do. */
const ACCESS_SECONDS = 600;
const REFRESH_DAYS = 7;
export const TOKEN_ISSUER = 'ankomst';
export const TOKEN_AUDIENCE = 'ankomst-api';

interface SessionEvent {
  event: 'signed_in' | 'refused' | 'signed_out' | 'refreshed' | 'refresh_reused';
  email?: string;
  accountId?: string;
  sessionId?: string;
}

interface ClaimedToken {
  session_id: string;
  account_id: string;
  /** Whether this was the token's first use, in time, of a session that still runs. */
  first: boolean;
  fresh: boolean;
  running: boolean;
}

@Injectable()
export class SessionsService {
  private readonly tokenKey;
  private readonly emailKey: Buffer;
  /** Verified against when there is no account, so that a refusal costs the same work for every e-mail. */
  private readonly nobodysHash = hash(randomBytes(16).toString('hex'), ARGON2);

  constructor(
    config: Config,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {
    this.tokenKey = createSecretKey(Buffer.from(config.TOKEN_SECRET));
    this.emailKey = derivedKey(config.TOKEN_SECRET, 'sign-in e-mail');
  }

  /** @throws 401, the same for an unknown e-mail, a wrong password and a closed account */
  async verifiedAccount(email: string, password: string): Promise<StaffAccount> {
    const account = await this.database.transaction((tx) =>
      tx.createQueryBuilder(StaffAccount, 'a').where('lower(a.email) = lower(:email)', { email }).getOne(),
    );
    const right = await verify(account?.passwordHash ?? (await this.nobodysHash), password);
    if (!account?.mayEnter() || !right) {
      await this.database.transaction((tx) =>
        this.note(tx, { event: 'refused', email, accountId: account?.id }),
      );
      throw staffProblem.sign_in_refused();
    }
    return account;
  }

  start(account: StaffAccount): Promise<Tokens> {
    return this.database.transaction(async (tx) => {
      const sessionId = uuidv7();
      await tx.query('insert into sessions (id, account_id) values ($1, $2)', [sessionId, account.id]);
      await this.note(tx, { event: 'signed_in', email: account.email, accountId: account.id, sessionId });
      return this.tokens(tx, account, sessionId);
    });
  }

  /** Trades a refresh token for new ones. A token that comes a second time was stolen: it ends the session. */
  async refresh(refreshToken: string): Promise<Tokens> {
    const tokens = await this.database.transaction(async (tx) => {
      const [claimed] = await tx.query<ClaimedToken[]>(CLAIM_REFRESH_TOKEN, [tokenHash(refreshToken)]);
      if (!claimed) return null;
      const of = { accountId: claimed.account_id, sessionId: claimed.session_id };
      if (!claimed.first) {
        await this.end(tx, claimed.session_id, 'refresh token used twice');
        await this.note(tx, { event: 'refresh_reused', ...of });
        return null;
      }
      const account = await tx.findOneBy(StaffAccount, { id: claimed.account_id });
      if (!claimed.fresh || !claimed.running || !account?.mayEnter()) return null;
      await this.note(tx, { event: 'refreshed', ...of });
      return this.tokens(tx, account, claimed.session_id);
    });
    if (!tokens) throw staffProblem.refresh_refused();
    return tokens;
  }

  signOut(actor: StaffActor): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.end(tx, actor.sessionId, 'signed out');
      await this.note(tx, { event: 'signed_out', accountId: actor.id, sessionId: actor.sessionId });
    });
  }

  private async end(tx: EntityManager, sessionId: string, because: string): Promise<void> {
    await tx.query(
      'update sessions set ended_at = clock_now(), ended_because = $2 where id = $1 and ended_at is null',
      [sessionId, because],
    );
  }

  private async tokens(tx: EntityManager, account: StaffAccount, sessionId: string): Promise<Tokens> {
    const refreshToken = randomBytes(32).toString('base64url');
    await tx.query(
      `insert into refresh_tokens (token_hash, session_id, expires_at) values ($1, $2, clock_now() + make_interval(days => $3))`,
      [tokenHash(refreshToken), sessionId, REFRESH_DAYS],
    );
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const claims = {
      sub: account.id,
      role: account.role,
      unit: account.unitId,
      sid: sessionId,
      iat,
      exp: iat + ACCESS_SECONDS,
    };
    const accessToken = jwt.sign(claims, this.tokenKey, {
      algorithm: 'HS256',
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
    });
    return { accessToken, refreshToken, expiresIn: ACCESS_SECONDS };
  }

  private async note(tx: EntityManager, { event, email, accountId, sessionId }: SessionEvent): Promise<void> {
    const index = email === undefined ? null : blindIndex(this.emailKey, email.toLowerCase());
    await tx.query(
      'insert into sign_in_events (event, email_index, account_id, session_id) values ($1, $2, $3, $4)',
      [event, index, accountId ?? null, sessionId ?? null],
    );
  }
}

const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
