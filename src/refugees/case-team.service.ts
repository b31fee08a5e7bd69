import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import { today } from '../platform/database/database.js';
import type { TeamRole } from '../staff/staff.contract.js';
import { refugeeProblem } from './refugees.problems.js';
import { END_TEAM_ROLE, HOLDER_ON, JOIN_TEAM, PASS_ON_PLACES } from './refugees.queries.js';

/** Who holds a role in a case, from which day on. */
export interface Joined {
  refugeeId: string;
  role: TeamRole;
  fromOn: Day;
}

/** Who works on a case, in which role and in which days; the database lets one at a time hold a role. */
@Injectable()
export class CaseTeamService {
  /**
   * Gives the role to a colleague from a day on (today when null), until whoever was to have it later; who held it
   * leaves that day. Returns whether anything changed. @throws 422 for a day that is past
   */
  async join(
    tx: EntityManager,
    refugeeId: string,
    role: TeamRole,
    staffId: string,
    fromOn: Day | null = null,
  ): Promise<boolean> {
    const now = await today(tx);
    const from = fromOn ?? now;
    if (from < now) throw refugeeProblem.role_of_the_past({ today: now });
    const [holder] = await tx.query<{ staff_id: string }[]>(HOLDER_ON, [refugeeId, role, from]);
    if (holder?.staff_id === staffId) return false;
    await tx.query(END_TEAM_ROLE, [refugeeId, role, from]);
    await tx.query(JOIN_TEAM, [uuidv7(), refugeeId, staffId, role, from]);
    return true;
  }

  /** Ends today who holds the role; returns whether somebody did. */
  async leave(tx: EntityManager, refugeeId: string, role: TeamRole): Promise<boolean> {
    const [ended] = await tx.query<[unknown[], number]>(END_TEAM_ROLE, [refugeeId, role, await today(tx)]);
    return ended.length > 0;
  }

  /**
   * Gives many places in case teams to a colleague from a day on, each until whoever was to have it later; who held
   * them leaves that day. The caller has locked the cases.
   * @param placeIds of rows of `case_team` that end after the day
   */
  passOn(tx: EntityManager, placeIds: string[], staffId: string, fromOn: Day): Promise<Joined[]> {
    return tx.query<Joined[]>(PASS_ON_PLACES, [placeIds, staffId, fromOn]);
  }
}
