import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { keyRing } from '../platform/crypto/key-ring.js';
import type { Role, StaffActor } from './staff.contract.js';

/** Seconds an access token lives: what a closed account, an ended session or a former role can still do. */
export const ACCESS_SECONDS = 600;
/** How far ahead the clock of another instance may be. */
const SKEW_SECONDS = 60;

export const ACCESS_TOKEN = { algorithm: 'HS256', issuer: 'ankomst', audience: 'ankomst-api' } as const;
/** Of a browser's cookie: no access token has it, so neither is taken for the other. */
const PASS = { ...ACCESS_TOKEN, audience: 'ankomst-queue-page' } as const;

export interface AccessClaims {
  sub: string;
  role: Role;
  unit: string;
  sid: string;
  iat: number;
  exp: number;
  nbf?: number;
}

/** Signs with the newest key of the ring and names it; finds the key another token names, and reads what it says. */
@Injectable()
export class AccessTokens {
  private readonly current: string;
  private readonly keys: Map<unknown, KeyObject>;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    const { current, keys } = keyRing(config.TOKEN_KEYS);
    this.current = current;
    // A KeyObject verifies thirty times faster than the same secret as text.
    this.keys = new Map([...keys].map(([id, secret]) => [id, createSecretKey(secret)]));
  }

  sign(actor: StaffActor): string {
    return this.signed(actor, ACCESS_TOKEN, ACCESS_SECONDS);
  }

  /** Says the same to the page of queues alone, for what is left of the access token it was asked for with. */
  signPass(actor: StaffActor): { pass: string; seconds: number } {
    const left = Math.floor((actor.until?.getTime() ?? 0) / 1000 - this.seconds());
    const seconds = Math.max(0, Math.min(left, ACCESS_SECONDS));
    return { pass: this.signed(actor, PASS, seconds), seconds };
  }

  holderOf(pass: string): StaffActor | false {
    const { algorithm, issuer, audience } = PASS;
    const key = this.keyOf(pass);
    if (!key) return false;
    try {
      const rules = { algorithms: [algorithm], issuer, audience, ignoreExpiration: true };
      return this.actorOf(jwt.verify(pass, key, rules) as unknown as AccessClaims);
    } catch {
      return false;
    }
  }

  /** The key a token says it is signed with: what its `kid` is in the ring, and nothing else. */
  keyOf(token: string): KeyObject | undefined {
    try {
      const head = Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString();
      return this.keys.get((JSON.parse(head) as { kid?: unknown }).kid);
    } catch {
      return undefined;
    }
  }

  /** Who acts, if the token holds now by the one clock. */
  actorOf({ sub, role, unit, sid, iat, exp, nbf = 0 }: AccessClaims): StaffActor | false {
    const now = this.seconds();
    const begun = iat <= now + SKEW_SECONDS && nbf <= now;
    const until = new Date(exp * 1_000);
    return begun && now < exp && { id: sub, role, unitId: unit, sessionId: sid, until };
  }

  private signed(actor: StaffActor, kind: typeof ACCESS_TOKEN | typeof PASS, seconds: number): string {
    const iat = Math.floor(this.seconds());
    const { id: sub, role, unitId: unit, sessionId: sid } = actor;
    const claims = { sub, role, unit, sid, iat, exp: iat + seconds };
    return jwt.sign(claims, this.keys.get(this.current)!, { ...kind, keyid: this.current });
  }

  private seconds(): number {
    return this.clock.now().getTime() / 1000;
  }
}
