import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DraftsService } from '../competences/drafts.service.js';
import { FormVersionsService } from '../competences/form-versions.service.js';
import { Database } from '../platform/database/database.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { AsideOperation, AsidePage, AsideQuery, DecideOperation } from './dto/visit-decision.dto.js';
import { asGiven, OperationEffectsService } from './operation-effects.service.js';
import { asideView } from './visit-decisions.presenter.js';
import {
  ASIDE,
  ASIDE_BY_ID,
  DRAFT_FOR,
  STANDS_NOW,
  type AsideRow,
  type Stands,
} from './visit-decisions.queries.js';
import {
  DECIDE,
  DECIDE_EARLIER,
  HOLD_OPERATION,
  STORED_OPERATION,
  type StoredOperation,
} from './visit-operations.queries.js';
import type { Given, Verdict } from './operation-state.js';
import { mayChangeParticipant } from './visits.policy.js';
import { visitProblem } from './visits.problems.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** What people choose of what stands aside: what was sent and what stood until then stay in the log, whichever was chosen. */
@Injectable()
export class VisitDecisionsService {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly refugees: RefugeesService,
    private readonly drafts: DraftsService,
    private readonly forms: FormVersionsService,
    private readonly effects: OperationEffectsService,
    private readonly timeline: TimelineService,
  ) {}

  async list(actor: StaffActor, visitId: string, query: AsideQuery): Promise<AsidePage> {
    await this.visits.summary(actor, visitId);
    const filters = [visitId, query.outcome ?? null, query.decided ?? null];
    return this.timeline.list<AsideRow, AsideOperation>(actor, ASIDE, query, filters, asideView);
  }

  /** Decided once; what the device said before in the same field is decided with it. @throws 404, 403, 409, 422 */
  async decide(
    actor: StaffActor,
    visitId: string,
    id: string,
    { take, reason }: DecideOperation,
  ): Promise<AsideOperation> {
    await this.database.transaction(async (tx) => {
      requireOpen(await this.visits.open(tx, actor, visitId));
      const [found] = await tx.query<StoredOperation[]>(STORED_OPERATION, [visitId, id]);
      if (!found) throw visitProblem.no_such_operation();
      if (found.refugee_id !== null) {
        const may = found.subject_type === 'participant' ? mayChangeParticipant : this.drafts.may;
        await this.refugees.open(tx, actor, found.refugee_id, may);
      }
      const [operation] = await tx.query<StoredOperation[]>(HOLD_OPERATION, [visitId, id]);
      // Taken in meanwhile is decided, too.
      if (operation.decided || operation.outcome === 'applied') throw visitProblem.decided();
      const [{ stands }] = await tx.query<{ stands: Stands | null }[]>(STANDS_NOW, [id]);
      if (take) await this.take(tx, actor, visitId, operation);
      await tx.query(DECIDE, [id, actor.id, take, reason, stands && JSON.stringify(stands)]);
      await tx.query(DECIDE_EARLIER, [id, actor.id, reason]);
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'visit', id: visitId },
          cases: operation.refugee_id === null ? [] : [operation.refugee_id],
          fact: 'operation.decided',
          details: { operationId: id, taken: take },
        },
      ]);
    });
    const row = await this.timeline.readOne<AsideRow>(actor, 'visits.operation', ASIDE_BY_ID, [visitId, id]);
    if (!row) throw visitProblem.no_such_operation();
    return asideView(row);
  }

  private async take(
    tx: EntityManager,
    actor: StaffActor,
    visitId: string,
    stored: StoredOperation,
  ): Promise<void> {
    if (stored.reason === 'erased') throw visitProblem.nowhere_to_put();
    const given = { ...asGiven(stored), taken: true };
    const currentForm = (await this.forms.current(tx)).version;
    // Who said it is who answered; who let it stand is in the log.
    const by = { id: stored.account_id };
    const of = { visitId, accountId: stored.account_id, actor, by, currentForm };
    const taken = await this.effects.takeIn(tx, of, [
      given.type === 'assessment' ? await this.inDraft(tx, stored, given) : given,
    ]);
    requireApplied(taken.verdicts[0]);
    if (taken.facts.length > 0) await this.timeline.record(tx, actor, taken.facts);
  }

  /** The answer as the person's draft can hold it, whichever that is today. @throws 422 */
  private async inDraft(tx: EntityManager, stored: StoredOperation, given: Given): Promise<Given> {
    const [draft] = await tx.query<{ id: string; form_version: number; told_form: number }[]>(DRAFT_FOR, [
      stored.refugee_id,
      stored.pack_id,
      stored.subject_id,
    ]);
    if (!draft) throw visitProblem.nowhere_to_put();
    const { field, value } = given;
    const carried = await this.drafts.carried(
      tx,
      { field, value, formVersion: draft.told_form },
      draft.form_version,
    );
    if (!carried) throw visitProblem.nowhere_to_put();
    return { ...given, ...carried, subjectId: draft.id, packForm: draft.form_version };
  }
}

/** @throws 422 with what stands against it */
function requireApplied({ outcome, reason, errors }: Verdict): void {
  if (outcome === 'applied') return;
  if (reason === 'assessment_without_meeting') throw visitProblem.assessment_without_meeting();
  if (errors) throw visitProblem.value_unusable({ errors });
  throw visitProblem.nowhere_to_put();
}
