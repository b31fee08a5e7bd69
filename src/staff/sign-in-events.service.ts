import { networkOf } from '../platform/http/network.js';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../platform/config/config.js';
import { blindIndex, derivedKey } from '../platform/crypto/sealer.js';
import { INSERT_EVENT } from './sign-in.queries.js';

/** By what a try is found again without saying whose it was or from where. */
export interface Indexes {
  emailIndex: Buffer;
  addressIndex: Buffer;
}

/** A try that was let in. */
export interface Attempt extends Indexes {
  id: string;
}

interface SignInEvent {
  event:
    | 'tried'
    | 'refused'
    | 'signed_in'
    | 'signed_out'
    | 'session_ended'
    | 'refreshed'
    | 'refresh_reused'
    | 'password_changed'
    | 'password_set'
    | 'reset_asked';
  attempt?: Partial<Attempt>;
  accountId?: string;
  sessionId?: string;
}

/** The append-only record of who signed in, who was refused, and what became of sessions and passwords. */
@Injectable()
export class SignInEvents {
  private readonly emailKey: Buffer;
  private readonly addressKey: Buffer;

  // Not of the token keys: a new one would open every lock.
  constructor({ INDEX_KEY }: Config) {
    this.emailKey = derivedKey(INDEX_KEY, 'sign-in e-mail');
    this.addressKey = derivedKey(INDEX_KEY, 'sign-in address');
  }

  indexesOf(email: string, address: string): Indexes {
    return {
      emailIndex: blindIndex(this.emailKey, email.toLowerCase()),
      addressIndex: blindIndex(this.addressKey, networkOf(address)),
    };
  }

  async note(tx: EntityManager, { event, attempt, accountId, sessionId }: SignInEvent): Promise<void> {
    await tx.query(INSERT_EVENT, [
      event,
      attempt?.id ?? null,
      attempt?.emailIndex ?? null,
      attempt?.addressIndex ?? null,
      accountId ?? null,
      sessionId ?? null,
    ]);
  }
}
