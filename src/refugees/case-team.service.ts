import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { TeamRole } from '../staff/staff.contract.js';
import { END_TEAM_ROLE, HOLDER_ON } from './refugees.queries.js';

/** Who works on a case, in which role and in which days; the database lets one at a time hold a role. */
@Injectable()
export class CaseTeamService {
  /** Gives the role to a colleague from a day on (today when null); who held it leaves that day. Returns whether anything changed. */
  async join(
    tx: EntityManager,
    refugeeId: string,
    role: TeamRole,
    staffId: string,
    fromOn: Day | null = null,
  ): Promise<boolean> {
    const from = fromOn ?? (await today(tx));
    const [holder] = await tx.query<{ staff_id: string }[]>(HOLDER_ON, [refugeeId, role, from]);
    if (holder?.staff_id === staffId) return false;
    await this.leave(tx, refugeeId, role, from);
    await tx.query(
      'insert into case_team (id, refugee_id, staff_id, role, from_on) values ($1, $2, $3, $4, $5)',
      [uuidv7(), refugeeId, staffId, role, from],
    );
    return true;
  }

  /** Ends who holds the role from a day on (today when null); returns whether somebody did. */
  async leave(
    tx: EntityManager,
    refugeeId: string,
    role: TeamRole,
    untilOn: Day | null = null,
  ): Promise<boolean> {
    const [ended] = await tx.query<[unknown[], number]>(END_TEAM_ROLE, [
      refugeeId,
      role,
      untilOn ?? (await today(tx)),
    ]);
    return ended.length > 0;
  }
}

async function today(tx: EntityManager): Promise<Day> {
  const [row] = await tx.query<{ today: Day }[]>('select clock_today() as today');
  return row.today;
}
