import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays } from '../platform/calendar/calendar.js';
import { Database, today } from '../platform/database/database.js';
import { requireVersion } from '../platform/http/etag.js';
import { Pages } from '../platform/http/paging.js';
import { allow } from '../platform/http/problem.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { Absence } from './absence.entity.js';
import { absenceProblem } from './absences.problems.js';
import {
  ABSENCE_BY_ID,
  ABSENCES,
  AWAY_BETWEEN,
  DELETE_COMING,
  LEADS,
  LOCK_ACCOUNTS,
  type AbsenceRow,
  type LockedAccount,
} from './absences.queries.js';
import type {
  AbsencePage,
  AbsenceQuery,
  AbsenceView,
  ChangeAbsence,
  RecordAbsence,
} from './dto/absence.dto.js';
import { mayStandInAcross, type StaffActor } from './staff.contract.js';
import { staffProblem } from './staff.problems.js';

/** Who is away on which days; on those days their deputy does their work and sees their cases. */
@Injectable()
export class AbsencesService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly timeline: TimelineService,
  ) {}

  list(actor: StaffActor, query: AbsenceQuery): Promise<AbsencePage> {
    const filters = [actor.id, actor.role === 'administrator', query.accountId ?? null];
    return this.pages.list<AbsenceRow, AbsenceView>(ABSENCES, query, filters, view);
  }

  /** For oneself; for a colleague as the leader of their unit or an administrator. @throws 409 when one of the days has an absence */
  async record(
    actor: StaffActor,
    { accountId = actor.id, fromOn, toOn, deputyId = null }: RecordAbsence,
  ): Promise<AbsenceView> {
    const recorded = await this.database.transaction(async (tx) => {
      const absence = Object.assign(new Absence(), {
        accountId,
        fromOn,
        toOn,
        deputyId,
        recordedBy: actor.id,
      });
      const [account, deputy] = await this.lock(tx, accountId, deputyId);
      if (!account) throw staffProblem.no_such_account();
      allow(await this.mayKeep(tx, actor, accountId));
      if (fromOn < (await today(tx))) throw absenceProblem.of_the_past({ today: await today(tx) });
      await this.requireStandIn(tx, absence, account, deputy);
      await tx.insert(Absence, absence);
      await this.timeline.record(tx, actor, [factOf(absence, 'absence.recorded')]);
      return absence.id;
    });
    return this.read(recorded);
  }

  /** @throws 409 when it is over, or has begun and its first day is to be another */
  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeAbsence,
  ): Promise<AbsenceView> {
    await this.database.transaction(async (tx) => {
      const absence = await this.open(tx, actor, id);
      requireVersion(absence.version, version);
      const now = await today(tx);
      if (absence.isOver(now)) throw absenceProblem.over();
      const begun = absence.hasBegun(now);
      const changed = absence.change(request);
      if (changed.length === 0) return;
      if (begun && changed.includes('fromOn')) throw absenceProblem.begun();
      if ((!begun && absence.fromOn < now) || absence.toOn < now)
        throw absenceProblem.of_the_past({ today: now });
      const [account, deputy] = await this.lock(tx, absence.accountId, absence.deputyId);
      await this.requireStandIn(tx, absence, account!, deputy);
      await tx.save(absence);
      await this.timeline.record(tx, actor, [factOf(absence, 'absence.changed')]);
    });
    return this.read(id);
  }

  /** One to come is taken back; a running one ends with yesterday, and the deputy's sight at once. @throws 409 when it is over */
  end(actor: StaffActor, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const absence = await this.open(tx, actor, id);
      const now = await today(tx);
      if (absence.isOver(now)) throw absenceProblem.over();
      if (absence.hasBegun(now)) {
        absence.change({ toOn: addDays(now, -1) });
        await tx.save(absence);
      } else await tx.query(DELETE_COMING, [id]);
      await this.timeline.record(tx, actor, [factOf(absence, 'absence.ended')]);
    });
  }

  /** Locked for a change. @throws 404 when the actor has nothing to do with it, 403 for its deputy */
  private async open(tx: EntityManager, actor: StaffActor, id: string): Promise<Absence> {
    const absence = await tx.findOne(Absence, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const may = absence && (await this.mayKeep(tx, actor, absence.accountId));
    if (!absence || (!may && absence.deputyId !== actor.id)) throw absenceProblem.no_such_absence();
    allow(may === true);
    return absence;
  }

  private async mayKeep(tx: EntityManager, actor: StaffActor, accountId: string): Promise<boolean> {
    if (actor.id === accountId || actor.role === 'administrator') return true;
    return (await tx.query<object[]>(LEADS, [actor.id, accountId])).length > 0;
  }

  private async lock(
    tx: EntityManager,
    ...ids: [account: string, deputy: string | null]
  ): Promise<(LockedAccount | undefined)[]> {
    const rows = await tx.query<LockedAccount[]>(LOCK_ACCOUNTS, [ids.filter((id) => id !== null)]);
    return ids.map((id) => rows.find((row) => row.id === id));
  }

  /** The days are in order, and the deputy, if there is to be one, can stand in on all of them. What changes later leaves the work to the leader. */
  private async requireStandIn(
    tx: EntityManager,
    { accountId, fromOn, toOn, deputyId }: Absence,
    account: LockedAccount,
    deputy: LockedAccount | undefined,
  ): Promise<void> {
    if (toOn < fromOn) throw absenceProblem.ends_before_it_starts();
    if (deputyId === null) return;
    if (!deputy || deputyId === accountId || deputy.disabled || deputy.role !== account.role)
      throw staffProblem.no_such_deputy();
    if (!mayStandInAcross(account.role) && deputy.unit_id !== account.unit_id)
      throw staffProblem.no_such_deputy();
    const away = await tx.query<object[]>(AWAY_BETWEEN, [deputyId, fromOn, toOn]);
    if (away.length > 0) throw absenceProblem.deputy_away();
  }

  private async read(id: string): Promise<AbsenceView> {
    const [row] = await this.database.query<AbsenceRow[]>(ABSENCE_BY_ID, [id]);
    if (!row) throw absenceProblem.no_such_absence();
    return view(row);
  }
}

const factOf = ({ id, accountId, fromOn, toOn, deputyId }: Absence, fact: string): Fact => ({
  subject: { type: 'account', id: accountId },
  cases: [],
  fact,
  details: { absenceId: id, fromOn, toOn, deputyId },
});

const view = (row: AbsenceRow): AbsenceView => ({
  id: row.id,
  version: row.version,
  accountId: row.account_id,
  name: row.name,
  fromOn: row.from_on,
  toOn: row.to_on,
  deputyId: row.deputy_id,
  deputyName: row.deputy_name,
  recordedById: row.recorded_by,
  recordedAt: row.recorded_at.toISOString(),
});
