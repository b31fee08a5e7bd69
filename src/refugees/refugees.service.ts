import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { Pages } from '../platform/http/paging.js';
import { allow, requestProblem } from '../platform/http/problem.js';
import type { StaffActor, TeamRole } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { READ_PARAMETERS, TimelineService } from '../timeline/timeline.service.js';
import type {
  AddIdentifier,
  ChangeRefugee,
  FindRefugee,
  RefugeePage,
  RefugeeListItem,
  RefugeeQuery,
  RefugeeView,
  RegisterRefugee,
  RevealedCpr,
} from './dto/refugee.dto.js';
import { CaseTeamService } from './case-team.service.js';
import { IdentifiersService } from './identifiers.service.js';
import { Refugee } from './refugee.entity.js';
import type { Basis, OpenCase } from './refugees.contract.js';
import { mayChangeCase, mayRevealCpr } from './refugees.policy.js';
import { columnsOf, listItem, wholeCase, type RefugeeRow } from './refugees.presenter.js';
import { refugeeProblem } from './refugees.problems.js';
import {
  BASIS_OF,
  CURRENT_CPR,
  REFUGEE_BY_ID,
  REFUGEE_BY_IDENTIFIER,
  REFUGEE_SORTS,
  refugeesPage,
  type RefugeeListRow,
} from './refugees.queries.js';
import { TakeoversService } from './takeovers.service.js';

@Injectable()
export class RefugeesService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly takeovers: TakeoversService,
    private readonly identifiers: IdentifiersService,
    private readonly team: CaseTeamService,
    private readonly pages: Pages,
  ) {}

  /** The case, locked for a change, and why the actor sees it. @throws 404 when the actor does not */
  async open(tx: EntityManager, actor: Actor, id: string): Promise<OpenCase> {
    const refugee = await tx.findOne(Refugee, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const [seen] = await tx.query<{ basis: Basis }[]>(BASIS_OF, [actor.id, id]);
    if (!refugee || !seen) throw refugeeProblem.no_such_case();
    return { refugee, basis: seen.basis };
  }

  /** For lists of a case that came back empty. @throws 404 when the actor does not see the case */
  async requireSeen(actor: Actor, id: string): Promise<void> {
    const seen = await this.database.query(BASIS_OF, [actor.id, id]);
    if (seen.length === 0) throw refugeeProblem.no_such_case();
  }

  async read(actor: Actor, id: string): Promise<RefugeeView> {
    const [row] = await this.timeline.read<RefugeeRow>(actor, 'refugees.read', REFUGEE_BY_ID, [id]);
    if (!row) throw refugeeProblem.no_such_case();
    return wholeCase(row, (identifier) => this.identifiers.reveal(identifier));
  }

  async list(actor: Actor, query: RefugeeQuery): Promise<RefugeePage> {
    const page = this.pages.open('refugees', query, REFUGEE_SORTS, 'name', { sql: 'r.id', type: 'uuid' });
    const filters: unknown[] = [
      query.q ?? null,
      query.nationality ?? null,
      query.permitBasis ?? null,
      query.unitId ?? null,
    ];
    const after = page.after(filters, READ_PARAMETERS);
    const rows = await this.timeline.read<RefugeeListRow>(
      actor,
      'refugees.list',
      refugeesPage(page.sortValue, after, page.orderBy, page.limit),
      filters,
      page.limit,
    );
    return page.close(rows, listItem);
  }

  /** By CPR number or asylum person id: the one person, if there is one and the actor sees the case. */
  async find(actor: Actor, { cpr, asylumPersonId }: FindRefugee): Promise<RefugeeListItem[]> {
    if ((cpr === undefined) === (asylumPersonId === undefined))
      throw requestProblem.invalid({ errors: [{ field: 'cpr', rule: 'one_of_two' }] });
    const by = [cpr === undefined ? null : this.identifiers.find(cpr), asylumPersonId ?? null];
    const rows = await this.timeline.read<RefugeeListRow>(
      actor,
      'refugees.lookup',
      REFUGEE_BY_IDENTIFIER,
      by,
    );
    return rows.map(listItem);
  }

  /** Who registers a person joins the case team in their role, and the case takes their unit. */
  async register(actor: StaffActor, request: RegisterRefugee): Promise<RefugeeView> {
    const refugee = Object.assign(new Refugee(), columnsOf(request), { unitId: actor.unitId });
    await this.database.transaction(async (tx) => {
      await this.takeovers.decide(tx, refugee);
      await tx.insert(Refugee, refugee);
      await this.team.join(tx, refugee.id, actor.role as TeamRole, actor.id);
      await this.replaceLanguages(tx, refugee.id, request.languages ?? []);
      if (request.asylumPersonId)
        await this.identifiers.put(tx, refugee.id, 'asylum_person_id', request.asylumPersonId);
      if (request.cpr) await this.identifiers.put(tx, refugee.id, 'cpr', request.cpr);
      await this.timeline.record(tx, actor, [
        factOf(refugee, 'refugee.registered', {
          unitId: refugee.unitId,
          takeoverOn: refugee.takeoverOn,
          ruleIds: refugee.takeoverRuleIds,
        }),
      ]);
    });
    return this.read(actor, refugee.id);
  }

  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeRefugee,
  ): Promise<RefugeeView> {
    await this.database.transaction(async (tx) => {
      const { refugee, basis } = await this.open(tx, actor, id);
      allow(mayChangeCase(actor, basis));
      requireVersion(refugee.version, version);
      const fields = refugee.change(columnsOf(request));
      if (request.languages && (await this.replaceLanguages(tx, id, request.languages)))
        fields.push('languages');
      if (fields.length === 0) return;
      const moved = await this.takeovers.decide(tx, refugee);
      refugee.version += 1;
      await tx.save(refugee);
      await this.timeline.record(tx, actor, [
        factOf(refugee, 'refugee.changed', { fields }),
        ...(moved
          ? [
              factOf(refugee, 'takeover.moved', {
                takeoverOn: refugee.takeoverOn,
                ruleIds: refugee.takeoverRuleIds,
              }),
            ]
          : []),
      ]);
    });
    return this.read(actor, id);
  }

  async addIdentifier(actor: StaffActor, id: string, { system, value }: AddIdentifier): Promise<RefugeeView> {
    await this.database.transaction(async (tx) => {
      const { refugee, basis } = await this.open(tx, actor, id);
      allow(mayChangeCase(actor, basis));
      const identifierId = await this.identifiers.put(tx, id, system, value);
      refugee.version += 1;
      await tx.save(refugee);
      await this.timeline.record(tx, actor, [factOf(refugee, 'identifier.added', { system, identifierId })]);
    });
    return this.read(actor, id);
  }

  /** The whole CPR number; the read log keeps that it was revealed. */
  async revealCpr(actor: StaffActor, id: string): Promise<RevealedCpr> {
    const [row] = await this.timeline.read<{ id: string | null; sealed: Buffer }>(
      actor,
      'refugees.cpr_reveal',
      CURRENT_CPR,
      [id],
    );
    if (!row) throw refugeeProblem.no_such_case();
    allow(mayRevealCpr(actor, row.basis!));
    if (row.id === null) throw refugeeProblem.no_cpr();
    const digits = this.identifiers.reveal({ id: row.id, sealed: row.sealed });
    return { cpr: `${digits.slice(0, 6)}-${digits.slice(6)}` };
  }

  /** Returns whether the set of languages changed. */
  private async replaceLanguages(
    tx: EntityManager,
    refugeeId: string,
    languages: string[],
  ): Promise<boolean> {
    const [, removed] = await tx.query<[unknown[], number]>(
      'delete from refugee_languages where refugee_id = $1 and language <> all($2)',
      [refugeeId, languages],
    );
    const added = await tx.query<unknown[]>(
      'insert into refugee_languages (refugee_id, language) select $1, unnest($2::text[]) on conflict do nothing returning language',
      [refugeeId, languages],
    );
    return removed > 0 || added.length > 0;
  }
}

function factOf({ id }: Refugee, fact: string, details: Fact['details']): Fact {
  return { subject: { type: 'case', id }, cases: [id], fact, details };
}
