import { Injectable } from '@nestjs/common';
import { hash, argon2id } from 'argon2';
import { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Pages, type PageOf } from '../platform/http/paging.js';
import { requestProblem } from '../platform/http/problem.js';
import type { OpenAccount, StaffAccountQuery } from './dto/staff-account.dto.js';
import { StaffAccount } from './staff-account.entity.js';
import { ACCOUNT_BY_ID, ACCOUNT_SORTS, accountsPage, type AccountRow } from './staff.queries.js';
import { Unit } from './unit.entity.js';

/** OWASP's floor for argon2id: 19 MiB, two passes. */
export const ARGON2 = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PASSWORD_MIN = 12;

@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  async account(id: string): Promise<AccountRow> {
    const [row] = await this.database.query<AccountRow[]>(ACCOUNT_BY_ID, [id]);
    if (!row) throw requestProblem.not_found();
    return row;
  }

  async accounts(query: StaffAccountQuery): Promise<PageOf<AccountRow>> {
    const page = this.pages.open('staff-accounts', query, ACCOUNT_SORTS, 'name', {
      sql: 'a.id',
      type: 'uuid',
    });
    const parameters = [query.role ?? null, query.unitId ?? null];
    const statement = accountsPage(page.sortValue, page.after(parameters), page.orderBy, page.limit);
    return page.close(await this.database.query<AccountRow[]>(statement, parameters), (row) => row);
  }

  units(): Promise<Unit[]> {
    return this.database.query<Unit[]>('select id, name, leader_id as "leaderId" from units order by name');
  }

  async open(request: OpenAccount): Promise<AccountRow> {
    const { password, ...fields } = request;
    if (password.length < PASSWORD_MIN) {
      throw requestProblem.invalid({
        errors: [{ field: 'password', rule: 'password', values: { min: PASSWORD_MIN } }],
      });
    }
    const account = Object.assign(new StaffAccount(), fields, { passwordHash: await hash(password, ARGON2) });
    await this.database.transaction((tx) => tx.insert(StaffAccount, account));
    return this.account(account.id);
  }

  /** The account, if it works today in this role. */
  async inRole(tx: EntityManager, id: string, role: string): Promise<StaffAccount | null> {
    const account = await tx.findOneBy(StaffAccount, { id });
    return account?.role === role && account.disabledAt === null ? account : null;
  }
}
