import { Injectable } from '@nestjs/common';
import { hash, argon2id } from 'argon2';
import { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages, type PageOf } from '../platform/http/paging.js';
import { requestProblem } from '../platform/http/problem.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { OpenAccount, StaffAccountQuery } from './dto/staff-account.dto.js';
import { StaffAccount } from './staff-account.entity.js';
import { ACCOUNT_BY_ID, ACCOUNTS, UNITS, type AccountRow } from './staff.queries.js';
import { Unit } from './unit.entity.js';

/** OWASP's floor for argon2id: 19 MiB, two passes. */
export const ARGON2 = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
  ) {}

  async account(id: string): Promise<AccountRow> {
    const [row] = await this.database.query<AccountRow[]>(ACCOUNT_BY_ID, [id]);
    if (!row) throw requestProblem.not_found();
    return row;
  }

  accounts(query: StaffAccountQuery): Promise<PageOf<AccountRow>> {
    return this.pages.list(
      ACCOUNTS,
      query,
      [query.role ?? null, query.unitId ?? null],
      (row: AccountRow) => row,
    );
  }

  units(): Promise<Unit[]> {
    return this.database.query<Unit[]>(UNITS);
  }

  async open(actor: Actor, request: OpenAccount): Promise<AccountRow> {
    const { password, ...fields } = request;
    const account = Object.assign(new StaffAccount(), fields, { passwordHash: await hash(password, ARGON2) });
    await this.database.transaction(async (tx) => {
      await tx.insert(StaffAccount, account);
      const { id, role, unitId } = account;
      await this.timeline.record(tx, actor, [
        { subject: { type: 'account', id }, cases: [], fact: 'account.opened', details: { role, unitId } },
      ]);
    });
    return this.account(account.id);
  }

  /** The account, if it works today in this role. */
  async inRole(tx: EntityManager, id: string, role: string): Promise<StaffAccount | null> {
    const account = await tx.findOneBy(StaffAccount, { id });
    return account?.role === role && account.disabledAt === null ? account : null;
  }
}
