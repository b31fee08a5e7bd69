import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Pages } from '../platform/http/paging.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { ReadAlertPage, ReadAlertQuery, ReadAlertView } from './dto/read-alert.dto.js';
import {
  RAISE_READ_ALERTS,
  READ_ALERTS,
  type RaisedAlert,
  type ReadAlertRow,
} from './read-alerts.queries.js';
import type { StaffActor } from './staff.contract.js';

/** Who reads unusually many different people within an hour: their leader is to know, and they are slowed down. */
@Injectable()
export class ReadAlertsService implements OnModuleInit, Sweep {
  readonly name = 'read alerts';
  private readonly logger = new Logger(ReadAlertsService.name);

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly rateLimit: RateLimit,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** The leader of a unit sees its alerts, but for those about the leader; an administrator sees all. */
  list(actor: StaffActor, query: ReadAlertQuery): Promise<ReadAlertPage> {
    return this.pages.list<ReadAlertRow, ReadAlertView>(
      READ_ALERTS,
      query,
      [actor.id, actor.role === 'administrator'],
      (row) => ({
        id: row.id,
        accountId: row.account_id,
        name: row.name,
        unitId: row.unit_id,
        hour: row.hour.toISOString(),
        persons: row.persons,
      }),
    );
  }

  /** Raises the alerts of this hour and the last, each once. */
  async sweep(): Promise<number> {
    const most = this.config.READ_ALERT_PER_HOUR;
    if (most === 0) return 0;
    const raised = await this.database.transaction(async (tx) => {
      const alerts = await tx.query<RaisedAlert[]>(RAISE_READ_ALERTS, [most]);
      for (const { accountId, until } of alerts) await this.rateLimit.slowDown(tx, accountId, until);
      return alerts;
    });
    for (const { accountId, hour, persons } of raised)
      this.logger.warn({ readAlert: accountId, hour: hour.toISOString(), persons });
    return raised.length;
  }
}
