import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages, type PageQuery } from '../platform/http/paging.js';
import { allow } from '../platform/http/problem.js';
import { CaseTeamService } from '../refugees/case-team.service.js';
import { TEAM_ROLES, type TeamRole } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { caseFact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  HandoverPage,
  HandoverPreview,
  HandoverQuery,
  HandoverView,
  PlanHandover,
  RoleToHandOver,
} from './dto/caseload-handover.dto.js';
import { handoverView, placeView } from './caseload-handovers.presenter.js';
import { handoverProblem } from './caseload-handovers.problems.js';
import {
  ASK_ANOTHER,
  FOLLOW_UPS_GOING_ALONG,
  HANDOVER_BY_ID,
  HANDOVERS,
  HELD_ROLES,
  INSERT_HANDOVER,
  LOCK_CASES,
  LOCKED_PLACES,
  PLACES,
  TAKES_OVER,
  type HandoverRow,
  type HeldRole,
} from './caseload-handovers.queries.js';

/** What a handover selects by: unit, who hands over, role, first day. */
type Terms = [unitId: string, fromId: string, role: TeamRole, fromOn: Day];

/** A colleague's whole caseload in a unit, given to another from a day on. */
@Injectable()
export class CaseloadHandoversService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
    private readonly team: CaseTeamService,
    private readonly staff: StaffService,
  ) {}

  /**
   * What a handover would move now; that there is nothing is no refusal here.
   * @throws 404 for a unit the actor does not lead, 422 for terms no caseload could be handed over on
   */
  async preview(actor: Actor, plan: PlanHandover, page: PageQuery): Promise<HandoverPreview> {
    const { terms, ...figures } = await this.database.transaction(async (tx) => {
      const agreed = await this.agree(tx, actor, plan);
      const [{ count }] = await tx.query<{ count: number }[]>(FOLLOW_UPS_GOING_ALONG, agreed.terms);
      return { ...agreed, followUps: count };
    });
    return { ...figures, places: await this.timeline.list(actor, PLACES, page, terms, placeView) };
  }

  /**
   * The cases stand still until all of them have changed hands; whoever was given one meanwhile keeps it.
   * @throws as `preview`, and 422 when there is nothing to hand over
   */
  async handOver(actor: Actor, plan: PlanHandover): Promise<HandoverView> {
    const { fromId, toId } = plan;
    const done = await this.database.transaction(async (tx) => {
      const { terms } = await this.agree(tx, actor, plan);
      const [unitId, , role, fromOn] = terms;
      const joined = await this.team.passOn(tx, await this.lockedPlaces(tx, terms), toId, fromOn);
      if (joined.length === 0) throw handoverProblem.nothing_to_hand_over();
      // Of a later day, the planner passes over on that day whoever sees the case no more.
      const now = await today(tx);
      const begun = joined.filter((place) => place.fromOn === now).map(({ refugeeId }) => refugeeId);
      await tx.query(ASK_ANOTHER, [fromId, toId, begun]);
      const handoverId = uuidv7();
      const cases = new Set(joined.map(({ refugeeId }) => refugeeId)).size;
      await tx.query(INSERT_HANDOVER, [handoverId, unitId, role, fromId, toId, fromOn, cases, actor.id]);
      const facts = joined.map(({ refugeeId, ...place }) =>
        caseFact(refugeeId, 'team.joined', { ...place, staffId: toId, handoverId }),
      );
      await this.timeline.record(tx, actor, facts);
      return handoverId;
    });
    const [row] = await this.database.query<HandoverRow[]>(HANDOVER_BY_ID, [actor.id, done]);
    return handoverView(row);
  }

  list(actor: Actor, query: HandoverQuery): Promise<HandoverPage> {
    return this.pages.list(HANDOVERS, query, [actor.id], handoverView);
  }

  /** What is asked for, if it can be, and what of the colleague's roles goes by it. */
  private async agree(
    tx: EntityManager,
    actor: Actor,
    plan: PlanHandover,
  ): Promise<{ terms: Terms; roles: RoleToHandOver[] }> {
    const { unitId, fromId, toId } = plan;
    await this.staff.requireLed(tx, actor, unitId);
    const now = await today(tx);
    const fromOn = plan.fromOn ?? now;
    if (fromOn < now) throw handoverProblem.in_the_past({ today: now });
    allow(fromId !== toId, handoverProblem.to_the_same_person);
    const [taker] = await tx.query<{ role: TeamRole }[]>(TAKES_OVER, [toId, TEAM_ROLES]);
    if (!taker) throw handoverProblem.takes_no_cases();
    const held = await tx.query<HeldRole[]>(HELD_ROLES, [unitId, fromId, null, fromOn]);
    const roles = held.map((one) => ({ ...one, moves: one.role === taker.role }));
    if (held.length > 0 && !roles.some(({ moves }) => moves)) throw handoverProblem.in_another_role();
    return { terms: [unitId, fromId, taker.role, fromOn], roles };
  }

  private async lockedPlaces(tx: EntityManager, terms: Terms): Promise<string[]> {
    const cases = await tx.query<{ id: string }[]>(LOCK_CASES, terms);
    const places = await tx.query<{ id: string }[]>(LOCKED_PLACES, [...terms, cases.map(({ id }) => id)]);
    return places.map(({ id }) => id);
  }
}
