import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { refugeeProblem } from '../refugees/refugees.problems.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { AssessmentContents } from './assessment-contents.service.js';
import { Assessment } from './assessment.entity.js';
import { mayAssess } from './competences.policy.js';
import { assessmentItem, contentOf, countsOf, wholeAssessment } from './competences.presenter.js';
import { competenceProblem } from './competences.problems.js';
import {
  ASSESSMENT_BY_ID,
  ASSESSMENTS,
  OPEN_DRAFT_OF,
  PERSON_OF_ASSESSMENT,
  SIGN,
  SIGNED_ASSESSMENTS,
  type AssessmentRow,
  type ProfileRow,
} from './competences.queries.js';
import { changedParts, lackingForSignature, profileOf } from './competences.rules.js';
import type { DraftAssessment } from './dto/assessment-content.dto.js';
import type {
  AmendAssessment,
  AssessmentPage,
  AssessmentQuery,
  AssessmentView,
} from './dto/assessment.dto.js';
import type { CompetenceProfile } from './dto/competence-profile.dto.js';

/** Assessments of what a person can and wants. Every change takes the lock of the case, so a person's assessments change one at a time. */
@Injectable()
export class CompetencesService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly contents: AssessmentContents,
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
    return { refugeeId, ...profileOf(row.assessments, row.today) };
  }

  async draft(actor: StaffActor, refugeeId: string, request: DraftAssessment): Promise<AssessmentView> {
    const drafted = await this.database.transaction(async (tx) => {
      const draft = Object.assign(new Assessment(), { refugeeId, draftedBy: actor.id });
      await this.refugees.open(tx, actor, refugeeId, mayAssess);
      await this.requireNoDraft(tx, refugeeId);
      const content = contentOf(request);
      await this.contents.insert(tx, draft, content);
      await this.timeline.record(tx, actor, [
        factOf('assessment', draft, 'assessment.drafted', countsOf(content)),
      ]);
      return draft.id;
    });
    return this.read(actor, drafted);
  }

  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: DraftAssessment,
  ): Promise<AssessmentView> {
    await this.database.transaction(async (tx) => {
      const assessment = await this.open(tx, actor, id);
      requireVersion(assessment.version, version);
      requireDraft(assessment);
      const content = contentOf(request);
      const fields = changedParts(await this.contents.read(tx, id), content);
      if (fields.length === 0) return;
      await this.contents.replace(tx, id, content, fields);
      const details = { fields, ...countsOf(content) };
      await this.timeline.record(tx, actor, [
        factOf('assessment', assessment, 'assessment.changed', details),
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
      const content = await this.contents.read(tx, id);
      const errors = lackingForSignature(content, await today(tx));
      if (errors.length > 0) throw competenceProblem.not_ready({ errors });
      await tx.query(SIGN, [id, actor.id]);
      const details = { amendsId: assessment.amendsId, ...countsOf(content) };
      await this.timeline.record(tx, actor, [factOf('assessment', assessment, 'assessment.signed', details)]);
    });
    return this.read(actor, id);
  }

  /** A new draft that holds what the signed assessment says, to correct it. */
  async amend(actor: StaffActor, id: string, { reason }: AmendAssessment): Promise<AssessmentView> {
    const drafted = await this.database.transaction(async (tx) => {
      const amended = await this.open(tx, actor, id);
      if (!amended.isSigned) throw competenceProblem.not_signed();
      const amendment = await tx.findOneBy(Assessment, { amendsId: id });
      if (amendment) throw competenceProblem.amended({ amendment: addressOf(amendment.id) });
      await this.requireNoDraft(tx, amended.refugeeId);
      const draft = Object.assign(new Assessment(), {
        refugeeId: amended.refugeeId,
        draftedBy: actor.id,
        amendsId: id,
        amendmentReason: reason,
      });
      const content = await this.contents.read(tx, id);
      await this.contents.insert(tx, draft, content);
      await this.timeline.record(tx, actor, [
        factOf('assessment', amended, 'assessment.amended', { amendmentId: draft.id }),
        factOf('assessment', draft, 'assessment.drafted', { amendsId: id, ...countsOf(content) }),
      ]);
      return draft.id;
    });
    return this.read(actor, drafted);
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

  private async requireNoDraft(tx: EntityManager, refugeeId: string): Promise<void> {
    const [open] = await tx.query<{ id: string }[]>(OPEN_DRAFT_OF, [refugeeId]);
    if (open) throw competenceProblem.draft_open({ draft: addressOf(open.id) });
  }
}

const addressOf = (id: string): string => `/api/v1/assessments/${id}`;

function requireDraft({ id, isSigned }: Assessment): void {
  if (isSigned) throw competenceProblem.signed({ amendAt: `${addressOf(id)}/amendments` });
}
