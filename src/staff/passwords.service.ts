import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import { Credentials } from './credentials.service.js';
import type { ChangePassword, SetPassword } from './dto/password.dto.js';
import { hashed } from './password-hash.js';
import { opaqueTokenHash } from '../platform/crypto/opaque-token.js';
import {
  CHANGE_PASSWORD,
  END_TOKENS,
  INSERT_INVITATION,
  INSERT_RESET,
  SET_PASSWORD,
  USABLE_TOKEN,
  USE_TOKEN,
  type UsableToken,
} from './passwords.queries.js';
import { isOwnersName } from './passwords.rules.js';
import { SessionsService } from './sessions.service.js';
import { SignInEvents } from './sign-in-events.service.js';
import { SignInLocks } from './sign-in-locks.service.js';
import { StaffAccount } from './staff-account.entity.js';
import type { StaffActor } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';

type Changed = [object[], number];

/** How an account gets its password: from nobody but its owner. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly locks: SignInLocks,
    private readonly events: SignInEvents,
    private readonly sessions: SessionsService,
  ) {}

  async invite(tx: EntityManager, accountId: string): Promise<void> {
    await tx.query(INSERT_INVITATION, [uuidv7(), accountId]);
  }

  /** Whether anybody has the e-mail shows neither in the reply nor in the time it takes: the worker sends the mail. */
  askForReset(email: string, address: string): Promise<void> {
    return this.locks.admitReset(email, address, (tx) =>
      tx.query(INSERT_RESET, [uuidv7(), email.toLowerCase()]),
    );
  }

  /** @throws 401, the same for a token that was used, has run out, or never was */
  async set({ token, password }: SetPassword, address: string): Promise<void> {
    const tokenHash = opaqueTokenHash(token);
    const [usable] = await this.database.query<UsableToken[]>(USABLE_TOKEN, [tokenHash]);
    if (!usable) throw staffProblem.password_token_refused();
    requireSecret(password, usable);
    // Before the transaction: it takes long, and nobody waits for it with a connection in hand.
    const passwordHash = await hashed(password);
    await this.database.transaction(async (tx) => {
      const { id, account_id: accountId, email } = usable;
      const [[open]] = await tx.query<Changed>(SET_PASSWORD, [accountId, passwordHash]);
      const [[used]] = await tx.query<Changed>(USE_TOKEN, [id, tokenHash]);
      if (!open || !used) throw staffProblem.password_token_refused();
      await this.endTokens(tx, accountId, 'another was used');
      await this.sessions.endAll(tx, accountId, 'password set');
      const attempt = this.events.indexesOf(email, address);
      await this.events.note(tx, { event: 'password_set', attempt, accountId });
    });
  }

  /** @throws 422 for a wrong current password, which counts as a failed try to sign in; 429 behind a lock */
  async change(
    actor: StaffActor,
    { currentPassword, newPassword }: ChangePassword,
    address: string,
  ): Promise<void> {
    const own = await this.database.transaction((tx) => tx.findOneByOrFail(StaffAccount, { id: actor.id }));
    requireSecret(newPassword, own);
    const verified = await this.credentials.verify(own.email, currentPassword, address);
    if (!verified) throw staffProblem.current_password_wrong();
    const passwordHash = await hashed(newPassword);
    await this.database.transaction(async (tx) => {
      const { id, passwordVersion } = verified.account;
      const [[changed]] = await tx.query<Changed>(CHANGE_PASSWORD, [id, passwordHash, passwordVersion]);
      if (!changed) throw staffProblem.current_password_wrong();
      await this.endTokens(tx, id, 'another was used');
      await this.sessions.endAll(tx, id, 'password changed', actor.sessionId);
      const { attempt } = verified;
      await this.events.note(tx, { event: 'password_changed', attempt, accountId: id });
    });
  }

  async endTokens(
    tx: EntityManager,
    accountId: string,
    because: 'another was used' | 'account closed',
  ): Promise<void> {
    await tx.query(END_TOKENS, [accountId, because]);
  }
}

function requireSecret(password: string, owner: { email: string; name: string }): void {
  if (isOwnersName(password, owner)) throw staffProblem.password_is_own_name();
}
