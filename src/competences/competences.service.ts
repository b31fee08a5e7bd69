import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { requestProblem, type FieldError } from '../platform/http/problem.js';
import { MOST_ERRORS } from '../platform/http/validation.js';
import { refugeeProblem } from '../refugees/refugees.problems.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { attachmentsNamed } from './answer-codes.js';
import { countsOf, differences, lackingForSignature } from './answers.rules.js';
import { AnswersService } from './answers.service.js';
import { Assessment } from './assessment.entity.js';
import type { Answers } from './competences.contract.js';
import { mayAssess } from './competences.policy.js';
import { assessmentItem, wholeAssessment } from './competences.presenter.js';
import { competenceProblem } from './competences.problems.js';
import {
  ASSESSMENT_BY_ID,
  ASSESSMENTS,
  BEGIN_AMENDMENT,
  COPY_ANSWERS,
  OPEN_DRAFT_OF,
  PERSON_OF_ASSESSMENT,
  SIGN,
  SIGNED_ASSESSMENTS,
  TWO_ASSESSMENTS,
  type AssessmentRow,
  type ComparedRow,
  type ProfileRow,
} from './competences.queries.js';
import type {
  AmendAssessment,
  AssessmentComparison,
  AssessmentPage,
  AssessmentQuery,
  AssessmentView,
  ChangeAnswers,
  DraftAssessment,
} from './dto/assessment.dto.js';
import type { CompetenceProfile } from './dto/competence-profile.dto.js';
import { DraftsService } from './drafts.service.js';
import { FormVersionsService } from './form-versions.service.js';
import type { FormVersion } from './forms.contract.js';
import { profileOf } from './profile.rules.js';

/** Assessments of what a person can and wants. Every change takes the lock of the case, so a person's assessments change one at a time. */
@Injectable()
export class CompetencesService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly forms: FormVersionsService,
    private readonly answers: AnswersService,
    private readonly drafts: DraftsService,
    private readonly timeline: TimelineService,
  ) {}

  async read(actor: Actor, id: string): Promise<AssessmentView> {
    const row = await this.timeline.readOne<AssessmentRow>(actor, 'assessments.read', ASSESSMENT_BY_ID, [id]);
    if (!row) throw competenceProblem.no_such_assessment();
    return wholeAssessment(row);
  }

  async list(actor: Actor, refugeeId: string, query: AssessmentQuery): Promise<AssessmentPage> {
    const page = await this.timeline.list(actor, ASSESSMENTS, query, [refugeeId], assessmentItem);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  async profile(actor: Actor, refugeeId: string): Promise<CompetenceProfile> {
    const row = await this.timeline.readOne<ProfileRow>(actor, 'competences.profile', SIGNED_ASSESSMENTS, [
      refugeeId,
    ]);
    if (!row) throw refugeeProblem.no_such_case();
    return { refugeeId, ...profileOf(row.assessments, row.exams, row.isco_groups, row.today) };
  }

  /** A draft by the current form, which starts with what the latest signed assessment says. */
  async draft(
    actor: StaffActor,
    refugeeId: string,
    { answers = {} }: DraftAssessment,
  ): Promise<AssessmentView> {
    const drafted = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayAssess);
      await this.requireNoDraft(tx, refugeeId);
      const { draft, facts } = await this.drafts.opened(tx, actor, refugeeId);
      const form = await this.forms.of(tx, draft.form_version);
      const fields = await this.write(tx, actor, draft.id, form, answers);
      if (fields.length > 0)
        facts.push(factOf('assessment', { id: draft.id, refugeeId }, 'assessment.changed', { fields }));
      await this.timeline.record(tx, actor, facts);
      return draft.id;
    });
    return this.read(actor, drafted);
  }

  /** Saves the answers that are sent. */
  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    { answers }: ChangeAnswers,
  ): Promise<AssessmentView> {
    await this.database.transaction(async (tx) => {
      const assessment = await this.open(tx, actor, id);
      requireVersion(assessment.version, version);
      requireDraft(assessment);
      const form = await this.forms.of(tx, assessment.formVersion);
      const fields = await this.write(tx, actor, id, form, answers);
      if (fields.length === 0) return;
      await tx.increment(Assessment, { id }, 'version', 1);
      await this.timeline.record(tx, actor, [
        factOf('assessment', assessment, 'assessment.changed', { fields }),
      ]);
    });
    return this.read(actor, id);
  }

  /** Freezes a draft; what it amends is superseded by it from now on. */
  async sign(actor: StaffActor, id: string, version?: number): Promise<AssessmentView> {
    await this.database.transaction(async (tx) => {
      const assessment = await this.open(tx, actor, id);
      if (version !== undefined) requireVersion(assessment.version, version);
      requireDraft(assessment);
      const { form, answers } = await this.answers.of(tx, id);
      const errors = lackingForSignature(form, answers, await today(tx));
      if (errors.length > 0) throw competenceProblem.not_ready({ errors: asAnswers(errors) });
      await tx.query(SIGN, [id, actor.id]);
      const details = { amendsId: assessment.amendsId, ...countsOf(answers) };
      await this.timeline.record(tx, actor, [factOf('assessment', assessment, 'assessment.signed', details)]);
    });
    return this.read(actor, id);
  }

  /** A new draft that holds what the signed assessment says, by the same form, to correct it. */
  async amend(actor: StaffActor, id: string, { reason }: AmendAssessment): Promise<AssessmentView> {
    const drafted = await this.database.transaction(async (tx) => {
      const amended = await this.open(tx, actor, id);
      if (!amended.isSigned) throw competenceProblem.not_signed();
      const amendment = await tx.findOneBy(Assessment, { amendsId: id });
      if (amendment) throw competenceProblem.amended({ amendment: addressOf(amendment.id) });
      const { refugeeId, formVersion } = amended;
      await this.requireNoDraft(tx, refugeeId);
      const draft = { id: uuidv7(), refugeeId };
      await tx.query(BEGIN_AMENDMENT, [id, draft.id, reason, actor.id]);
      await tx.query(COPY_ANSWERS, [id, draft.id]);
      const { answers } = await this.answers.of(tx, id);
      await this.timeline.record(tx, actor, [
        factOf('assessment', amended, 'assessment.amended', { amendmentId: draft.id }),
        factOf('assessment', draft, 'assessment.drafted', {
          formVersion,
          amendsId: id,
          ...countsOf(answers),
        }),
      ]);
      return draft.id;
    });
    return this.read(actor, drafted);
  }

  /** In what two assessments of a person differ, whatever forms they answer. */
  async compare(actor: Actor, id: string, otherId: string): Promise<AssessmentComparison> {
    const rows = await this.timeline.readAll<ComparedRow>(actor, 'assessments.compared', TWO_ASSESSMENTS, [
      id,
      otherId,
    ]);
    const [before, after] = [id, otherId].map((one) => rows.find((row) => row.id === one));
    if (!before || !after || before.person_id !== after.person_id)
      throw competenceProblem.no_such_assessment();
    const formVersion = Math.max(before.form_version, after.form_version);
    const form = await this.forms.of(this.database, formVersion);
    const inForm = ({ answers, form_version: from }: ComparedRow): Promise<Answers> =>
      this.forms.inForm(this.database, answers, from, formVersion);
    const found = differences(form, await inForm(before), await inForm(after));
    return { refugeeId: before.person_id, formVersion, differences: found };
  }

  /** Whether it is an assessment of that person. */
  async isOf(tx: EntityManager, id: string, refugeeId: string): Promise<boolean> {
    return tx.existsBy(Assessment, { id, refugeeId });
  }

  /** The assessment under the lock of its case. @throws 404 when the actor does not see the case, 403 by policy */
  private async open(tx: EntityManager, actor: StaffActor, id: string): Promise<Assessment> {
    const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_ASSESSMENT, [actor.id, id]);
    if (!person) throw competenceProblem.no_such_assessment();
    await this.refugees.open(tx, actor, person.refugee_id, mayAssess);
    return tx.findOneByOrFail(Assessment, { id });
  }

  /** Reads and writes what was sent; gives the fields that changed. @throws 400 with every answer that cannot be used */
  private async write(
    tx: EntityManager,
    by: StaffActor,
    id: string,
    form: FormVersion,
    sent: Record<string, unknown>,
  ): Promise<string[]> {
    const { answers, errors } = await this.answers.read(tx, form, sent);
    errors.push(...(await this.unknownAttachments(tx, id, answers)));
    if (errors.length > 0) throw requestProblem.invalid({ errors: asAnswers(errors).slice(0, MOST_ERRORS) });
    const written = await this.answers.write(tx, [{ assessmentId: id, form, answers }], {
      source: 'talk',
      on: await today(tx),
      by,
    });
    return written.map(({ field }) => field).sort();
  }

  /** Attachments come with visits: here those that the draft has may be kept or dropped, and no others named. */
  private async unknownAttachments(tx: EntityManager, id: string, answers: Answers): Promise<FieldError[]> {
    const named = attachmentsNamed(answers);
    if (named.length === 0) return [];
    const standing = attachmentsNamed((await this.answers.of(tx, id)).answers).map(({ sha256 }) => sha256);
    return named
      .filter(({ sha256 }) => !standing.includes(sha256))
      .map(({ at }) => ({ field: at, rule: 'unknown_attachment' }));
  }

  private async requireNoDraft(tx: EntityManager, refugeeId: string): Promise<void> {
    const [open] = await tx.query<{ id: string }[]>(OPEN_DRAFT_OF, [refugeeId]);
    if (open) throw competenceProblem.draft_open({ draft: addressOf(open.id) });
  }
}

const asAnswers = (errors: FieldError[]): FieldError[] =>
  errors.map((error) => ({ ...error, field: `answers.${error.field}` }));

const addressOf = (id: string): string => `/api/v1/assessments/${id}`;

function requireDraft({ id, isSigned }: Assessment): void {
  if (isSigned) throw competenceProblem.signed({ amendAt: `${addressOf(id)}/amendments` });
}
