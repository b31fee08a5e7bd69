import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import { SignInEvents, type Attempt, type Indexes } from './sign-in-events.service.js';
import { verdictOn, type Standing, type Verdict } from './sign-in-locks.rules.js';
import { INSERT_LOCKED, LOCK_TRIES, RESET_STANDINGS, STANDINGS } from './sign-in.queries.js';
import { staffProblem } from './staff.problems.js';

/** Between two looks whether a place is free. */
const LOOK_AGAIN_MS = 30;
/** How long somebody is kept waiting for others of the same e-mail or address. */
const PATIENCE_MS = 10_000;

/** The locks of e-mails and addresses. They are no state of their own: the events of the last minutes say it all. */
@Injectable()
export class SignInLocks {
  constructor(
    private readonly database: Database,
    private readonly events: SignInEvents,
  ) {}

  /**
   * Lets a try at a password in; whoever verifies it must note the outcome under the same attempt. Many at once wait
   * for each other without holding a connection, so that parallel guesses get no further than those one by one.
   * @throws 429, whether or not there is such an account
   */
  async admit(email: string, address: string): Promise<Attempt> {
    const attempt = { id: uuidv7(), ...this.events.indexesOf(email, address) };
    const patientUntil = performance.now() + PATIENCE_MS;
    for (;;) {
      const isPatient = performance.now() < patientUntil;
      const verdict = await this.database.transaction(async (tx) => {
        const found = await this.verdict(tx, STANDINGS, attempt);
        if (found.is === 'let in') await this.events.note(tx, { event: 'tried', attempt });
        if (found.is === 'to wait' && isPatient) return found;
        if (found.is !== 'let in') await this.noteLocked(tx, 'locked', email, attempt);
        return found;
      });
      if (verdict.is === 'let in') return attempt;
      if (verdict.is === 'locked' || !isPatient) throw tooMany(verdict);
      await sleep(LOOK_AGAIN_MS * (0.5 + Math.random()));
    }
  }

  /**
   * Counts an asking for a new password, and does `ask` with it unless there were too many.
   * @throws 429, whether or not there is such an account
   */
  async admitReset(
    email: string,
    address: string,
    ask: (tx: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    const attempt = { id: uuidv7(), ...this.events.indexesOf(email, address) };
    const verdict = await this.database.transaction(async (tx) => {
      const found = await this.verdict(tx, RESET_STANDINGS, attempt);
      if (found.is === 'locked') {
        await this.noteLocked(tx, 'reset_locked', email, attempt);
      } else {
        await this.events.note(tx, { event: 'reset_asked', attempt });
        await ask(tx);
      }
      return found;
    });
    if (verdict.is === 'locked') throw tooMany(verdict);
  }

  private async verdict(tx: EntityManager, standings: string, of: Indexes): Promise<Verdict> {
    const indexes = [of.emailIndex, of.addressIndex];
    await tx.query(LOCK_TRIES, indexes);
    return verdictOn(await tx.query<Standing[]>(standings, indexes));
  }

  private async noteLocked(
    tx: EntityManager,
    event: 'locked' | 'reset_locked',
    email: string,
    { id, emailIndex, addressIndex }: Attempt,
  ): Promise<void> {
    await tx.query(INSERT_LOCKED, [event, id, emailIndex, addressIndex, email.toLowerCase()]);
  }
}

const tooMany = (verdict: Verdict) =>
  staffProblem.too_many_tries({ retryAfterSeconds: verdict.is === 'locked' ? verdict.retryAfterSeconds : 1 });
