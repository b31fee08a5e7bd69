import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Answers, StandingAssessment } from '../competences/competences.contract.js';
import { competenceProblem } from '../competences/competences.problems.js';
import { DraftsService } from '../competences/drafts.service.js';
import { FormVersionsService } from '../competences/form-versions.service.js';
import type { FormVersion } from '../competences/forms.contract.js';
import type { Day } from '../platform/calendar/calendar.js';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { canonical } from '../platform/crypto/canonical.js';
import type { FieldError } from '../platform/http/problem.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  OperatorFormOrigin,
  OperatorFormPage,
  OperatorFormQuery,
  OperatorFormView,
  SettleQuestion,
} from './dto/operator-form.dto.js';
import { operatorFormView } from './operator-forms.presenter.js';
import { operatorFormProblem } from './operator-forms.problems.js';
import {
  INSERT_ANSWERS,
  INSERT_FORM,
  OPERATOR_FORM_BY_ID,
  OPERATOR_FORMS,
  PERSON_OF_FORM,
  QUESTION_OF,
  SAME_FORM,
  SETTLE,
  type OperatorFormRow,
  type QuestionRow,
} from './operator-forms.queries.js';
import { compare, isAgreed, type Compared, type Outcome } from './operator-forms.rules.js';
import { answerIn, cellsOf, unusable, type Cell } from './operator-sheet.js';

/** What asylum operators filled in: taken into the person's draft where it is blank, and asked about where it is not. */
@Injectable()
export class OperatorFormsService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly drafts: DraftsService,
    private readonly forms: FormVersionsService,
    private readonly timeline: TimelineService,
  ) {}

  async read(actor: Actor, id: string): Promise<OperatorFormView> {
    const row = await this.timeline.readOne<OperatorFormRow>(
      actor,
      'operator-forms.read',
      OPERATOR_FORM_BY_ID,
      [id],
    );
    if (!row) throw operatorFormProblem.no_such_form();
    return operatorFormView(row);
  }

  async list(actor: Actor, refugeeId: string, query: OperatorFormQuery): Promise<OperatorFormPage> {
    const page = await this.timeline.list(actor, OPERATOR_FORMS, query, [refugeeId], operatorFormView);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  /**
   * Takes a form in; one that came before, of the same day and with the same answers, is there already.
   * @param body text of CSV, or an object by the names of the fields
   * @throws 400 with every cell that cannot be used, 409 when the draft answers an older form, 422
   */
  async receive(
    actor: StaffActor,
    refugeeId: string,
    { datedOn, formVersion }: OperatorFormOrigin,
    body: unknown,
  ): Promise<OperatorFormView> {
    const cells = cellsOf(body);
    const received = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, this.drafts.may);
      const form = await this.formOf(tx, formVersion);
      const digestAs = (version: number): Buffer =>
        createHash('sha256')
          .update(canonical([datedOn, version, body ?? {}]))
          .digest();
      // Sent again without a version, it is the same although another form has come into use.
      const versions = formVersion === undefined ? upTo(form.version) : [formVersion];
      const [same] = await tx.query<{ id: string }[]>(SAME_FORM, [refugeeId, versions.map(digestAs)]);
      if (same) return same.id;
      const now = await today(tx);
      if (datedOn > now) throw operatorFormProblem.dated_in_the_future({ today: now });
      const sent = await this.answersIn(tx, form, cells);
      const { draft, facts } = await this.drafts.opened(tx, actor, refugeeId);
      if (draft.form_version < form.version)
        throw operatorFormProblem.draft_of_older_form({ draft: `/api/v1/assessments/${draft.id}` });
      const offered = await this.forms.inForm(tx, sent, form.version, draft.form_version);
      await this.drafts.complete(tx, actor, draft, offered);
      const { fields } = await this.forms.of(tx, draft.form_version);
      const compared = compare(fields, valuesOf(draft), offered);
      const id = uuidv7();
      await tx.query(INSERT_FORM, [
        id,
        refugeeId,
        draft.id,
        form.version,
        datedOn,
        digestAs(form.version),
        actor.id,
      ]);
      const rows = compared.map((one) => ({ ...one, value: offered[one.field] }));
      await tx.query(INSERT_ANSWERS, [id, draft.form_version, JSON.stringify(rows)]);
      const filled = pick(offered, named(compared, 'filled'));
      const details = {
        datedOn,
        formVersion: form.version,
        assessmentId: draft.id,
        filled: Object.keys(filled).length,
        confirmed: named(compared, 'confirmed').length,
        differs: named(compared, 'differs').length,
      };
      await this.timeline.record(tx, actor, [
        ...facts,
        factOf('operator_form', { id, refugeeId }, 'operator_form.received', details),
        ...(await this.fill(tx, actor, draft, filled, { id, datedOn })),
      ]);
      return id;
    });
    return this.read(actor, received);
  }

  /**
   * Ends a question, once: the operator's answer goes into the draft, or what stands is kept. Either way what stood until
   * then is kept beside it.
   * @throws 404, 409 when it is over, when what stands has moved on, or when it was signed
   */
  async settle(
    actor: StaffActor,
    id: string,
    { field, take, revision }: SettleQuestion,
  ): Promise<OperatorFormView> {
    await this.database.transaction(async (tx) => {
      const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_FORM, [actor.id, id]);
      if (!person) throw operatorFormProblem.no_such_form();
      const refugeeId = person.refugee_id;
      await this.refugees.open(tx, actor, refugeeId, this.drafts.may);
      const [question] = await tx.query<QuestionRow[]>(QUESTION_OF, [id, field]);
      if (!question) throw operatorFormProblem.no_such_question();
      requireAsRead(question, revision);
      const facts = take ? await this.take(tx, actor, id, question) : [];
      await tx.query(SETTLE, [question.id, actor.id, take, JSON.stringify(question.standing)]);
      await this.timeline.record(tx, actor, [
        factOf('operator_form', { id, refugeeId }, 'operator_form.settled', { field, taken: take }),
        ...facts,
      ]);
    });
    return this.read(actor, id);
  }

  private async take(tx: EntityManager, actor: StaffActor, id: string, question: QuestionRow) {
    const { assessment_id: assessmentId, field, value, dated_on: datedOn } = question;
    const [draft] = await this.drafts.standing(tx, [assessmentId]);
    if (draft.signed)
      throw competenceProblem.signed({ amendAt: `/api/v1/assessments/${assessmentId}/amendments` });
    return this.fill(tx, actor, draft, { [field]: value }, { id, datedOn });
  }

  private async fill(
    tx: EntityManager,
    actor: StaffActor,
    { id, refugee_id: refugeeId, form_version: formVersion }: StandingAssessment,
    answers: Answers,
    from: { id: string; datedOn: Day },
  ) {
    if (Object.keys(answers).length === 0) return [];
    return this.drafts.write(
      tx,
      actor,
      [{ id, refugeeId, formVersion, answers }],
      { operatorFormId: from.id },
      { source: 'operator', on: from.datedOn },
    );
  }

  private async formOf(tx: EntityManager, version: number | undefined): Promise<FormVersion> {
    const current = await this.forms.current(tx);
    if ((version ?? current.version) > current.version) throw competenceProblem.no_such_form();
    return version === undefined ? current : this.forms.of(tx, version);
  }

  /** @throws 400 with the column and the rule of whatever cannot be used, 422 when nothing is answered */
  private async answersIn(tx: EntityManager, form: FormVersion, cells: Cell[]): Promise<Answers> {
    const errors: FieldError[] = [];
    const sent: { formVersion: number; field: string; value: unknown }[] = [];
    for (const [column, cell] of cells) {
      const field = form.fields.find(({ name }) => name === column);
      const read = field ? answerIn(field, cell) : { field: column, rule: 'unknown' };
      if ('rule' in read) errors.push(read);
      else if (read.value !== undefined)
        sent.push({ formVersion: form.version, field: column, value: read.value });
    }
    const answers = await this.drafts.read(tx, sent);
    errors.push(...answers.flatMap((one) => one.errors));
    if (errors.length > 0) throw unusable(...errors);
    if (sent.length === 0) throw operatorFormProblem.answers_nothing();
    return Object.fromEntries(sent.map(({ field }, i) => [field, answers[i].value!]));
  }
}

/** @throws 409 when the question is over, or is not the one that was read */
function requireAsRead(question: QuestionRow, revision: number): void {
  if (question.settled) throw operatorFormProblem.settled();
  if (isAgreed(question)) throw operatorFormProblem.agreed();
  if (question.revision !== revision) throw operatorFormProblem.moved_on({ revision: question.revision });
}

const upTo = (most: number): number[] => Array.from({ length: most }, (_, i) => i + 1);

const valuesOf = ({ fields }: StandingAssessment): Answers =>
  Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value]));

const named = (compared: Compared[], outcome: Outcome): string[] =>
  compared.filter((one) => one.outcome === outcome).map(({ field }) => field);

const pick = (answers: Answers, fields: string[]): Answers =>
  Object.fromEntries(fields.map((field) => [field, answers[field]]));
