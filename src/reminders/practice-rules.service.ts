import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { LegislationService } from '../legislation/legislation.service.js';
import { Database } from '../platform/database/database.js';
import { requireVersion } from '../platform/http/etag.js';
import type { Language } from '../platform/http/language.js';
import { Pages, type ListRow } from '../platform/http/paging.js';
import { allow, requestProblem } from '../platform/http/problem.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  ChangePracticeVersion,
  DraftPracticeRule,
  LandmarksView,
  PracticeRulePage,
  PracticeRuleQuery,
  PracticeVersionView,
} from './dto/practice-rule.dto.js';
import { DutiesService } from './duties.service.js';
import { PlannerService } from './planner.service.js';
import { landmarksView, ruleView, versionView } from './practice-rules.presenter.js';
import { practiceProblem } from './practice-rules.problems.js';
import {
  CHANGE_DRAFT,
  INSERT_RULE,
  INSERT_VERSION,
  LAST_TERMS,
  LOCK_RULE,
  LOCK_RULE_OF,
  REPLACE,
  RULE_TO_EDIT,
  RULES,
  SWITCH_OFF,
  SWITCH_ON,
  VERSION_BY_ID,
  type RuleRow,
  type VersionRow,
} from './practice-rules.queries.js';
import type { PracticeTerms } from './practice.rules.js';

/** What units ask of themselves besides the law: drafted, switched on and off by who leads them. */
@Injectable()
export class PracticeRulesService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
    private readonly legislation: LegislationService,
    private readonly duties: DutiesService,
    private readonly planner: PlannerService,
    private readonly staff: StaffService,
  ) {}

  list(actor: StaffActor, query: PracticeRuleQuery): Promise<PracticeRulePage> {
    const filters = [...readerOf(actor), query.unitId ?? null];
    return this.pages.list(RULES, query, filters, (row: RuleRow & ListRow) => ruleView(row));
  }

  landmarks(language: Language): LandmarksView {
    return landmarksView(this.duties.landmarkNames(), language);
  }

  async read(actor: StaffActor, versionId: string): Promise<PracticeVersionView> {
    return versionView((await this.seen(this.database, actor, versionId)).version);
  }

  /** @throws 400 for landmarks nobody declares, 404 for a unit the actor does not lead */
  async draft(actor: StaffActor, { unitId, ...request }: DraftPracticeRule): Promise<PracticeVersionView> {
    const terms: PracticeTerms = { ...request, whileIn: request.whileIn ?? null };
    this.requireKnown(terms);
    const id = await this.database.transaction(async (tx) => {
      await this.staff.requireLed(tx, actor, unitId);
      const ruleId = uuidv7();
      await tx.query(INSERT_RULE, [ruleId, unitId]);
      return this.insert(tx, actor, { id: ruleId, unitId }, terms);
    });
    return this.read(actor, id);
  }

  /** A draft that says what the version says that is on, or the last there was. */
  async draftNext(actor: StaffActor, ruleId: string): Promise<PracticeVersionView> {
    const id = await this.database.transaction(async (tx) => {
      await tx.query(LOCK_RULE, [ruleId]);
      const [rule] = await tx.query<{ id: string; unitId: string; leads: boolean }[]>(RULE_TO_EDIT, [
        ...readerOf(actor),
        ruleId,
      ]);
      if (!rule) throw practiceProblem.no_such_rule();
      allow(rule.leads);
      const [{ terms }] = await tx.query<{ terms: PracticeTerms }[]>(LAST_TERMS, [ruleId]);
      return this.insert(tx, actor, rule, terms);
    });
    return this.read(actor, id);
  }

  /** @throws 409 when it is no draft any more */
  async change(
    actor: StaffActor,
    versionId: string,
    read: number | undefined,
    request: ChangePracticeVersion,
  ): Promise<PracticeVersionView> {
    this.requireKnown(request);
    const said = Object.entries(request).filter(([, value]) => value !== undefined);
    await this.database.transaction(async (tx) => {
      const version = await this.open(tx, actor, versionId);
      requireVersion(version.version, read);
      allow(version.state === 'draft', practiceProblem.was_on);
      await tx.query(CHANGE_DRAFT, [versionId, { ...version.terms, ...Object.fromEntries(said) }]);
      const fields = said.map(([field]) => field);
      await this.record(tx, actor, version, 'practice_rule.changed', { fields });
    });
    return this.read(actor, versionId);
  }

  /** From now on it asks for follow-ups in every case of the unit, in place of the version before it. */
  async switchOn(
    actor: StaffActor,
    versionId: string,
    read: number | undefined,
  ): Promise<PracticeVersionView> {
    await this.turn(actor, versionId, 'practice_rule.switched_on', async (tx, version) => {
      requireVersion(version.version, read);
      allow(version.state === 'draft', practiceProblem.was_on);
      await tx.query(REPLACE, [version.ruleId]);
      await tx.query(SWITCH_ON, [versionId]);
    });
    return this.read(actor, versionId);
  }

  async switchOff(actor: StaffActor, versionId: string): Promise<PracticeVersionView> {
    await this.turn(actor, versionId, 'practice_rule.switched_off', async (tx, version) => {
      allow(version.state === 'on', practiceProblem.not_on);
      await tx.query(SWITCH_OFF, [versionId]);
    });
    return this.read(actor, versionId);
  }

  /** A version the actor may read, and whether they lead its unit. @throws 404 */
  async seen(
    db: Pick<Database, 'query'>,
    actor: StaffActor,
    versionId: string,
  ): Promise<{ version: VersionRow; leads: boolean }> {
    const [row] = await db.query<{ version: VersionRow; leads: boolean }[]>(VERSION_BY_ID, [
      ...readerOf(actor),
      versionId,
    ]);
    if (!row) throw practiceProblem.no_such_rule();
    return row;
  }

  /** Nobody plans beside it and misses it; the sweep plans the cases of the unit anew. */
  private turn(
    actor: StaffActor,
    versionId: string,
    fact: string,
    act: (tx: EntityManager, version: VersionRow) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.legislation.holdStill(tx);
      const version = await this.open(tx, actor, versionId);
      await act(tx, version);
      await this.planner.practiceSwitched(tx, version.unitId, versionId, fact);
      await this.record(tx, actor, version, fact);
    });
  }

  private async open(tx: EntityManager, actor: StaffActor, versionId: string): Promise<VersionRow> {
    await tx.query(LOCK_RULE_OF, [versionId]);
    const { version, leads } = await this.seen(tx, actor, versionId);
    allow(leads);
    return version;
  }

  private async insert(
    tx: EntityManager,
    actor: StaffActor,
    rule: { id: string; unitId: string },
    terms: PracticeTerms,
  ): Promise<string> {
    const id = uuidv7();
    const [{ number }] = await tx.query<{ number: number }[]>(INSERT_VERSION, [id, rule.id, terms, actor.id]);
    await this.record(tx, actor, { id, ruleId: rule.id, number }, 'practice_rule.drafted');
    return id;
  }

  private record(
    tx: EntityManager,
    actor: StaffActor,
    { id, ruleId, number }: Pick<VersionRow, 'id' | 'ruleId' | 'number'>,
    fact: string,
    details: Record<string, string[]> = {},
  ): Promise<void> {
    const subject = { type: 'practice_rule_version', id };
    return this.timeline.record(tx, actor, [
      { subject, cases: [], fact, details: { ruleId, number, ...details } },
    ]);
  }

  /** @throws 400 that names the landmarks there are */
  private requireKnown({ after, whileIn, doneBy }: Partial<PracticeTerms>): void {
    const { days, states, recorded } = this.duties.landmarkNames();
    const asked: [field: string, name: string | null | undefined, allowed: string[]][] = [
      ['after', after, Object.keys(days)],
      ['whileIn', whileIn, Object.keys(states)],
      ['doneBy', doneBy, recorded],
    ];
    const errors = asked
      .filter(([, name, allowed]) => name && !allowed.includes(name))
      .map(([field, , allowed]) => ({ field, rule: 'one_of', values: { allowed } }));
    if (errors.length > 0) throw requestProblem.invalid({ errors });
  }
}

const readerOf = ({ id, role, unitId }: StaffActor): [string, string, string] => [id, role, unitId];
