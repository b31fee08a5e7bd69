import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages, type PageOf } from '../platform/http/paging.js';
import { requireVersion } from '../platform/http/etag.js';
import { allow } from '../platform/http/problem.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { OpenAccount, StaffAccountQuery } from './dto/staff-account.dto.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsService } from './sessions.service.js';
import { StaffAccount, type AccountChange } from './staff-account.entity.js';
import { mayStandInAcross, type Role } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';
import {
  ACCOUNT_BY_ID,
  ACCOUNTS,
  LEADS_UNIT,
  LEAVE_AS_DEPUTY,
  LOCK_ADMINISTRATORS,
  OTHER_ADMINISTRATORS,
  UNITS,
  type AccountRow,
} from './staff.queries.js';
import { Unit } from './unit.entity.js';

@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
    private readonly clock: Clock,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordsService,
  ) {}

  async account(id: string): Promise<AccountRow> {
    const [row] = await this.database.query<AccountRow[]>(ACCOUNT_BY_ID, [id]);
    if (!row) throw staffProblem.no_such_account();
    return row;
  }

  accounts(query: StaffAccountQuery): Promise<PageOf<AccountRow>> {
    return this.pages.list(
      ACCOUNTS,
      query,
      [query.role ?? null, query.unitId ?? null, query.disabled ?? false],
      (row: AccountRow) => row,
    );
  }

  /** @throws 404 when the actor does not lead the unit today, in their own place or for its leader */
  async requireLed(db: Pick<Database, 'query'>, actor: Actor, unitId: string): Promise<void> {
    const [{ leads }] = await db.query<{ leads: boolean }[]>(LEADS_UNIT, [actor.id, unitId]);
    allow(leads, staffProblem.unit_not_led);
  }

  units(): Promise<Unit[]> {
    return this.database.query<Unit[]>(UNITS);
  }

  async open(actor: Actor, request: OpenAccount): Promise<AccountRow> {
    const opened = await this.database.transaction(async (tx) => {
      const account = Object.assign(new StaffAccount(), request);
      await tx.insert(StaffAccount, account);
      await this.passwords.invite(tx, account.id);
      const { id, role, unitId } = account;
      await this.timeline.record(tx, actor, [accountFact(id, 'account.opened', { role, unitId })]);
      return id;
    });
    return this.account(opened);
  }

  /** Who gets another role or unit, or is closed, is signed out everywhere: their tokens say what they were. @throws 428, 412; 409 for the last administrator */
  async change(
    actor: Actor,
    id: string,
    version: number | undefined,
    request: AccountChange,
  ): Promise<AccountRow> {
    await this.database.transaction(async (tx) => {
      await tx.query(LOCK_ADMINISTRATORS);
      const lock = { mode: 'pessimistic_write' } as const;
      const account = await tx.findOne(StaffAccount, { where: { id }, lock });
      if (!account) throw staffProblem.no_such_account();
      requireVersion(account.version, version);
      const { role } = account;
      const changed = account.change(request, this.clock.now());
      if (changed.length === 0) return;
      if (changed.includes('deputyId')) await this.requireDeputy(tx, account);
      if (role === 'administrator' && (account.role !== role || account.disabled))
        await this.requireAnotherAdministrator(tx, id);
      await tx.save(account);
      if (changed.includes('role')) {
        await tx.query(LEAVE_AS_DEPUTY, [id]);
        await this.sessions.endAll(tx, id, 'role changed');
      } else if (changed.includes('unitId')) await this.sessions.endAll(tx, id, 'unit changed');
      if (account.disabled) {
        await this.sessions.endAll(tx, id, 'account closed');
        await this.passwords.endTokens(tx, id, 'account closed');
      }
      await this.timeline.record(tx, actor, factsOf(account, changed));
    });
    return this.account(id);
  }

  /** The account, if it works today in one of these roles. */
  async inRole(tx: EntityManager, id: string, ...roles: Role[]): Promise<StaffAccount | null> {
    const account = await tx.findOneBy(StaffAccount, { id });
    return account && roles.includes(account.role) && !account.disabled ? account : null;
  }

  private async requireDeputy(
    tx: EntityManager,
    { id, role, unitId, deputyId }: StaffAccount,
  ): Promise<void> {
    if (deputyId === null) return;
    const deputy = deputyId === id ? null : await this.inRole(tx, deputyId, role);
    if (!deputy || (!mayStandInAcross(role) && deputy.unitId !== unitId)) throw staffProblem.no_such_deputy();
  }

  private async requireAnotherAdministrator(tx: EntityManager, id: string): Promise<void> {
    const [{ count }] = await tx.query<{ count: number }[]>(OTHER_ADMINISTRATORS, [id]);
    if (count === 0) throw staffProblem.last_administrator();
  }
}

const accountFact = (id: string, fact: string, details?: Fact['details']): Fact => ({
  subject: { type: 'account', id },
  cases: [],
  fact,
  details,
});

/** Changes that have a fact of their own. */
const OF_THEIR_OWN: (keyof AccountChange)[] = ['role', 'unitId', 'disabled'];

/** A fact for each change that matters to others, and one for the rest. */
function factsOf({ id, role, unitId, disabled }: StaffAccount, changed: (keyof AccountChange)[]): Fact[] {
  const rest = changed.filter((field) => !OF_THEIR_OWN.includes(field));
  return [
    ...(changed.includes('role') ? [accountFact(id, 'account.role_changed', { role })] : []),
    ...(changed.includes('unitId') ? [accountFact(id, 'account.unit_changed', { unitId })] : []),
    ...(changed.includes('disabled')
      ? [accountFact(id, disabled ? 'account.disabled' : 'account.enabled')]
      : []),
    ...(rest.length > 0 ? [accountFact(id, 'account.changed', { fields: rest })] : []),
  ];
}
