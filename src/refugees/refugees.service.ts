import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { problemOfPostgres } from '../platform/http/postgres-problem.js';
import { allow, requestProblem } from '../platform/http/problem.js';
import type { StaffActor, TeamRole } from '../staff/staff.contract.js';
import { caseFact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  ChangeRefugee,
  OneNumber,
  RefugeeListItem,
  RefugeePage,
  RefugeeQuery,
  RefugeeView,
  RegisterRefugee,
  RevealedCpr,
} from './dto/refugee.dto.js';
import { CaseTeamService } from './case-team.service.js';
import { IdentifiersService } from './identifiers.service.js';
import { Refugee } from './refugee.entity.js';
import type { Basis, MayChange } from './refugees.contract.js';
import { mayChangeCase, mayRevealCpr } from './refugees.policy.js';
import { columnsOf, listItem, wholeCase } from './refugees.presenter.js';
import { refugeeProblem } from './refugees.problems.js';
import {
  ADD_LANGUAGES,
  BASIS_OF,
  LOG_TAKEN_NUMBER,
  CURRENT_CPR,
  HOLD_CASES,
  REFUGEE_BY_ID,
  REFUGEE_BY_IDENTIFIER,
  REFUGEES,
  REMOVE_LANGUAGES,
  SEEN_CASE,
  type IdentifierRow,
  type RefugeeListRow,
  type RefugeeRow,
} from './refugees.queries.js';
import { TakeoversService, takeoverMoved } from './takeovers.service.js';

@Injectable()
export class RefugeesService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly takeovers: TakeoversService,
    private readonly identifiers: IdentifiersService,
    private readonly team: CaseTeamService,
  ) {}

  /**
   * The case, locked for a change that `may` allows.
   * @throws 404 when the actor does not see the case, 403 when it is not theirs to change
   */
  async open(tx: EntityManager, actor: StaffActor, id: string, may: MayChange): Promise<Refugee> {
    // Only a case the actor sees is waited for; why they see it is asked again behind the lock.
    const refugee = await tx
      .createQueryBuilder(Refugee, 'r')
      .setLock('pessimistic_write')
      .where(
        `r.id = :id and exists (select from visible_cases(:actor, clock_today()) v where v.refugee_id = r.id)`,
      )
      .setParameters({ id, actor: actor.id })
      .getOne();
    const [seen] = await tx.query<{ basis: Basis }[]>(BASIS_OF, [actor.id, id]);
    if (!refugee || !seen) throw refugeeProblem.no_such_case();
    allow(may(actor, seen.basis));
    return refugee;
  }

  /** Locks several cases without deciding anything, always in one order, so that two who lock some of the same do not meet. */
  async hold(tx: EntityManager, ids: string[]): Promise<void> {
    if (ids.length > 0) await tx.query(HOLD_CASES, [ids]);
  }

  /** For lists of a case that came back empty: that there is nothing says something of the person, too. @throws 404 when the actor does not see the case */
  async requireSeen(actor: Actor, id: string): Promise<void> {
    if (!(await this.timeline.readOne(actor, 'cases.nothing_found', SEEN_CASE, [id])))
      throw refugeeProblem.no_such_case();
  }

  /** For reads that ask for more than sight of the case. @throws 404 when the actor does not see the case, 403 when it is not theirs to read */
  async requireMay(actor: StaffActor, id: string, may: MayChange): Promise<void> {
    const [seen] = await this.database.query<{ basis: Basis }[]>(BASIS_OF, [actor.id, id]);
    if (!seen) throw refugeeProblem.no_such_case();
    allow(may(actor, seen.basis));
  }

  async read(actor: Actor, id: string): Promise<RefugeeView> {
    const row = await this.timeline.readOne<RefugeeRow>(actor, 'refugees.read', REFUGEE_BY_ID, [id]);
    if (!row) throw refugeeProblem.no_such_case();
    return wholeCase(row, (identifier) => this.identifiers.reveal(identifier));
  }

  list(actor: Actor, query: RefugeeQuery): Promise<RefugeePage> {
    const filters = [
      query.q ?? null,
      query.nationality ?? null,
      query.permitBasis ?? null,
      query.unitId ?? null,
    ];
    return this.timeline.list(actor, REFUGEES, query, filters, listItem);
  }

  /** By CPR number or asylum person id: the one person, if there is one and the actor sees the case. */
  async find(actor: Actor, number: OneNumber): Promise<RefugeeListItem[]> {
    const { system, value } = oneNumber(number);
    const by = system === 'cpr' ? [this.identifiers.find(value), null] : [null, value];
    const rows = await this.timeline.readAll<RefugeeListRow>(
      actor,
      'refugees.lookup',
      REFUGEE_BY_IDENTIFIER,
      by,
    );
    return rows.map(listItem);
  }

  /** Who registers a person joins the case team in their role, and the case takes their unit. */
  async register(actor: StaffActor, request: RegisterRefugee): Promise<RefugeeView> {
    const registered = await this.writeNumbers(actor, request, async (tx) => {
      const refugee = Object.assign(new Refugee(), columnsOf(request), { unitId: actor.unitId });
      await this.requireBorn(tx, refugee);
      await this.takeovers.decide(tx, refugee);
      await tx.insert(Refugee, refugee);
      await this.team.join(tx, refugee.id, actor.role as TeamRole, actor.id);
      await this.replaceLanguages(tx, refugee.id, request.languages ?? []);
      if (request.asylumPersonId)
        await this.identifiers.put(tx, refugee.id, 'asylum_person_id', request.asylumPersonId);
      if (request.cpr) await this.identifiers.put(tx, refugee.id, 'cpr', request.cpr);
      const { id, unitId, takeoverOn, takeoverRuleIds: ruleIds } = refugee;
      await this.timeline.record(tx, actor, [
        caseFact(id, 'refugee.registered', { unitId, takeoverOn, ruleIds }),
      ]);
      return id;
    });
    return this.read(actor, registered);
  }

  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeRefugee,
  ): Promise<RefugeeView> {
    await this.database.transaction(async (tx) => {
      const refugee = await this.open(tx, actor, id, mayChangeCase);
      requireVersion(refugee.version, version);
      const fields = refugee.change(columnsOf(request));
      if (request.languages && (await this.replaceLanguages(tx, id, request.languages)))
        fields.push('languages');
      if (fields.length === 0) return;
      await this.requireBorn(tx, refugee);
      const moved = await this.takeovers.decide(tx, refugee);
      refugee.version += 1;
      await tx.save(refugee);
      // The takeover first: it is what moves follow-ups, and they keep the first fact that touched them.
      await this.timeline.record(tx, actor, [
        ...(moved ? [takeoverMoved(refugee)] : []),
        caseFact(id, 'refugee.changed', { fields }),
      ]);
    });
    return this.read(actor, id);
  }

  async addIdentifier(actor: StaffActor, id: string, number: OneNumber): Promise<RefugeeView> {
    const { system, value } = oneNumber(number);
    await this.writeNumbers(actor, number, async (tx) => {
      const refugee = await this.open(tx, actor, id, mayChangeCase);
      const identifierId = await this.identifiers.put(tx, id, system, value);
      if (!identifierId) return;
      refugee.version += 1;
      await tx.save(refugee);
      await this.timeline.record(tx, actor, [caseFact(id, 'identifier.added', { system, identifierId })]);
    });
    return this.read(actor, id);
  }

  /** The whole CPR number; the read log keeps that it was revealed. */
  async revealCpr(actor: StaffActor, id: string): Promise<RevealedCpr> {
    await this.requireMay(actor, id, mayRevealCpr);
    const row = await this.timeline.readOne<{ id: string; sealed: Buffer }>(
      actor,
      'refugees.cpr_reveal',
      CURRENT_CPR,
      [id],
    );
    if (!row) throw refugeeProblem.no_cpr();
    const digits = this.identifiers.reveal(row);
    return { cpr: `${digits.slice(0, 6)}-${digits.slice(6)}` };
  }

  /** A transaction that can find a number taken; the read log keeps that it did, because the reply says that the person is known here. */
  private async writeNumbers<T>(
    actor: Actor,
    { cpr, asylumPersonId }: OneNumber,
    write: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.database.transaction(write);
    } catch (error) {
      const refusal = problemOfPostgres(error);
      if (refusal?.kind === 'conflict') {
        const index = cpr === undefined ? null : this.identifiers.find(cpr);
        await this.database.query(LOG_TAKEN_NUMBER, [actor.id, index, asylumPersonId ?? null]);
      }
      throw refusal ?? error;
    }
  }

  private async requireBorn(tx: EntityManager, { bornOn }: Refugee): Promise<void> {
    if (bornOn > (await today(tx))) throw refugeeProblem.not_born_yet();
  }

  /** Returns whether the set of languages changed. */
  private async replaceLanguages(
    tx: EntityManager,
    refugeeId: string,
    languages: string[],
  ): Promise<boolean> {
    const [, removed] = await tx.query<[unknown[], number]>(REMOVE_LANGUAGES, [refugeeId, languages]);
    const added = await tx.query<unknown[]>(ADD_LANGUAGES, [refugeeId, languages]);
    return removed > 0 || added.length > 0;
  }
}

/** The one number a request names. @throws 400 when it names none, or two */
function oneNumber({ cpr, asylumPersonId }: OneNumber): { system: IdentifierRow['system']; value: string } {
  if (cpr !== undefined && asylumPersonId === undefined) return { system: 'cpr', value: cpr };
  if (cpr === undefined && asylumPersonId !== undefined)
    return { system: 'asylum_person_id', value: asylumPersonId };
  throw requestProblem.invalid({ errors: [{ field: 'cpr', rule: 'one_of_two' }] });
}
