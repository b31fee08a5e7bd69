import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DraftsService } from '../competences/drafts.service.js';
import { FormVersionsService } from '../competences/form-versions.service.js';
import type { FormVersion } from '../competences/forms.contract.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requestProblem } from '../platform/http/problem.js';
import type { MayChange } from '../refugees/refugees.contract.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { ReceiverRole } from './case-handovers.contract.js';
import { caseHandoverView } from './case-handovers.presenter.js';
import { caseHandoverProblem } from './case-handovers.problems.js';
import {
  ANSWER_QUESTION,
  CASE_HANDOVER_BY_ID,
  CASE_HANDOVERS,
  DECIDE,
  INSERT_HANDOVER,
  INSERT_QUESTIONS,
  LAST_OFFER,
  PERSON_OF_HANDOVER,
  QUESTION_OF,
  RECEIVER,
  type CaseHandoverRow,
  type StandingHandover,
} from './case-handovers.queries.js';
import { CompletenessService } from './completeness.service.js';
import type {
  AnswerQuestion,
  CaseHandoverPage,
  CaseHandoverQuery,
  CaseHandoverView,
  OfferCase,
  ReturnCase,
} from './dto/case-handover.dto.js';
import { mayReceive } from './handovers.policy.js';

/** A case on its way from the job consultant to another role of its team: offered, then accepted or returned with questions. */
@Injectable()
export class CaseHandoversService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly drafts: DraftsService,
    private readonly forms: FormVersionsService,
    private readonly completeness: CompletenessService,
    private readonly timeline: TimelineService,
  ) {}

  async read(actor: Actor, id: string): Promise<CaseHandoverView> {
    const row = await this.timeline.readOne<CaseHandoverRow>(
      actor,
      'case-handovers.read',
      CASE_HANDOVER_BY_ID,
      [id],
    );
    if (!row) throw caseHandoverProblem.no_such_handover();
    return caseHandoverView(row);
  }

  async list(actor: Actor, refugeeId: string, query: CaseHandoverQuery): Promise<CaseHandoverPage> {
    const page = await this.timeline.list(actor, CASE_HANDOVERS, query, [refugeeId], caseHandoverView);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  /** Offers the case as it is now: what is missing is no hindrance, but the receiver is told. */
  async offer(
    actor: StaffActor,
    refugeeId: string,
    { toRole, note = null }: OfferCase,
  ): Promise<CaseHandoverView> {
    const offered = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, this.drafts.may);
      await this.requireNothingOpen(tx, refugeeId, toRole);
      const [receiver] = await tx.query<{ id: string | null }[]>(RECEIVER, [refugeeId, toRole]);
      if (receiver.id === null) throw caseHandoverProblem.nobody_to_receive();
      const { formVersion, answered, required, missing } = await this.completeness.snapshot(tx, refugeeId);
      const id = uuidv7();
      await tx.query(INSERT_HANDOVER, [
        id,
        refugeeId,
        toRole,
        note,
        actor.id,
        receiver.id,
        formVersion,
        answered,
        required,
        missing,
      ]);
      const details = { toRole, receiverId: receiver.id, formVersion, answered, required };
      await this.timeline.record(tx, actor, [
        factOf('case_handover', { id, refugeeId }, 'case_handover.offered', details),
      ]);
      return id;
    });
    return this.read(actor, offered);
  }

  async accept(actor: StaffActor, id: string): Promise<CaseHandoverView> {
    await this.database.transaction(async (tx) => {
      const { refugeeId, toRole } = await this.openAsReceiver(tx, actor, id);
      await this.decide(tx, actor, id, 'accepted');
      await this.timeline.record(tx, actor, [
        factOf('case_handover', { id, refugeeId }, 'case_handover.accepted', { toRole }),
      ]);
    });
    return this.read(actor, id);
  }

  /** Sends it back with what the receiver must know first; each question becomes a follow-up of the job consultant. */
  async return(actor: StaffActor, id: string, { questions }: ReturnCase): Promise<CaseHandoverView> {
    await this.database.transaction(async (tx) => {
      const { refugeeId, toRole } = await this.openAsReceiver(tx, actor, id);
      const form = await this.forms.current(tx);
      requireFields(form, questions);
      await this.decide(tx, actor, id, 'returned');
      const rows = questions.map(({ field = null, text }) => ({ id: uuidv7(), field, text }));
      await tx.query(INSERT_QUESTIONS, [id, form.version, JSON.stringify(rows)]);
      const fields = [...new Set(rows.flatMap(({ field }) => field ?? []))];
      const details = { toRole, questions: rows.length, fields };
      await this.timeline.record(tx, actor, [
        factOf('case_handover', { id, refugeeId }, 'case_handover.returned', details),
      ]);
    });
    return this.read(actor, id);
  }

  /** Answers a question in words; one about a field ends by itself when the field is answered. */
  async answer(
    actor: StaffActor,
    id: string,
    questionId: string,
    { text }: AnswerQuestion,
  ): Promise<CaseHandoverView> {
    await this.database.transaction(async (tx) => {
      const { refugeeId } = await this.open(tx, actor, id, () => this.drafts.may);
      const [question] = await tx.query<{ ended: boolean }[]>(QUESTION_OF, [id, questionId]);
      if (!question) throw caseHandoverProblem.no_such_question();
      if (question.ended) throw caseHandoverProblem.answered();
      await tx.query(ANSWER_QUESTION, [questionId, text, actor.id]);
      await this.timeline.record(tx, actor, [
        factOf('case_handover', { id, refugeeId }, 'case_handover.question_answered', { questionId }),
      ]);
    });
    return this.read(actor, id);
  }

  private openAsReceiver(tx: EntityManager, actor: StaffActor, id: string) {
    return this.open(tx, actor, id, mayReceive);
  }

  /** Whose handover it is, the case locked. @throws 404 when the actor does not see the case, 403 by policy */
  private async open(
    tx: EntityManager,
    actor: StaffActor,
    id: string,
    may: (toRole: ReceiverRole) => MayChange,
  ): Promise<{ refugeeId: string; toRole: ReceiverRole }> {
    const [found] = await tx.query<{ refugee_id: string; to_role: ReceiverRole }[]>(PERSON_OF_HANDOVER, [
      actor.id,
      id,
    ]);
    if (!found) throw caseHandoverProblem.no_such_handover();
    await this.refugees.open(tx, actor, found.refugee_id, may(found.to_role));
    return { refugeeId: found.refugee_id, toRole: found.to_role };
  }

  private async decide(
    tx: EntityManager,
    actor: StaffActor,
    id: string,
    outcome: 'accepted' | 'returned',
  ): Promise<void> {
    const [decided] = await tx.query<{ id: string }[]>(DECIDE, [id, outcome, actor.id]);
    if (!decided) throw caseHandoverProblem.decided();
  }

  private async requireNothingOpen(
    tx: EntityManager,
    refugeeId: string,
    toRole: ReceiverRole,
  ): Promise<void> {
    const [last] = await tx.query<StandingHandover[]>(LAST_OFFER, [refugeeId, toRole]);
    if (last?.outcome === null) throw caseHandoverProblem.open();
    if (last?.questions_open) throw caseHandoverProblem.questions_open();
  }
}

/** @throws 400 for a question about what is no field of the form */
function requireFields({ fields }: FormVersion, questions: ReturnCase['questions']): void {
  const errors = questions.flatMap(({ field }, i) =>
    field === undefined || fields.some(({ name }) => name === field)
      ? []
      : [{ field: `questions[${i}].field`, rule: 'unknown' }],
  );
  if (errors.length > 0) throw requestProblem.invalid({ errors });
}
