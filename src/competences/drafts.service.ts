import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import { today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import type { FieldError } from '../platform/http/problem.js';
import { factOf, type Fact } from '../timeline/timeline.contract.js';
import { countsOf } from './answers.rules.js';
import { AnswersService, type SentAnswers } from './answers.service.js';
import type { Answers, AnswerSource, AnswerValue, StandingAssessment } from './competences.contract.js';
import { mayAssess } from './competences.policy.js';
import { competenceProblem } from './competences.problems.js';
import { OPEN_DRAFT_OF, type OpenDraft } from './competences.queries.js';
import { BEGIN_DRAFTS, COUNT_CHANGE, EARLIER, STANDING, type EarlierRow } from './drafts.queries.js';
import { FormVersionsService } from './form-versions.service.js';
import type { FieldKind, FormVersion } from './forms.contract.js';

/** What the person's latest signed assessment answers of a form. */
export interface Earlier {
  answers: Answers;
  on: Day;
}

/** A new draft of a person, under the id somebody else gave it. */
export interface NewDraft {
  id: string;
  refugeeId: string;
  earlier: Earlier;
}

/** One answer to one field, as it was sent. */
export interface SentAnswer {
  formVersion: number;
  field: string;
  value: unknown;
}

/** What fields of a draft become, and the revision each then has. */
export interface DraftChange {
  id: string;
  refugeeId: string;
  formVersion: number;
  answers: Answers;
  /** The next, where none is said. */
  revisions?: Record<string, number>;
}

/**
 * Drafts of several people at once, in as many statements as of one. Whoever calls holds the locks of their cases, has
 * allowed what is done, and records the facts that are given back.
 */
@Injectable()
export class DraftsService {
  constructor(
    private readonly forms: FormVersionsService,
    private readonly answers: AnswersService,
  ) {}

  /** Who may change a draft, given why they see the case. */
  readonly may = mayAssess;

  async standing(tx: EntityManager, ids: string[]): Promise<StandingAssessment[]> {
    return ids.length === 0 ? [] : tx.query<StandingAssessment[]>(STANDING, [ids]);
  }

  /** By person; whoever has no signed assessment has no answers. */
  async earlier(tx: EntityManager, refugeeIds: string[], form: FormVersion): Promise<Map<string, Earlier>> {
    const found = new Map<string, Earlier>();
    if (refugeeIds.length === 0) return found;
    const on = await today(tx);
    for (const id of refugeeIds) found.set(id, { answers: {}, on });
    for (const row of await tx.query<EarlierRow[]>(EARLIER, [refugeeIds]))
      found.set(row.refugee_id, {
        answers: await this.prefill(tx, row.answers, row.form_version, form.version),
        on: row.signed_on,
      });
    return found;
  }

  /** Answers to one version as a draft of another starts with them: who interpreted is asked anew. */
  async prefill(tx: EntityManager, answers: Answers, from: number, until: number): Promise<Answers> {
    const { fields } = await this.forms.of(tx, until);
    const prefilled = await this.forms.inForm(tx, answers, from, until);
    for (const { name, kind } of fields) if (kind === 'interpreter') delete prefilled[name];
    return prefilled;
  }

  /** One answer as it stands in a later version; nothing where it has no place. */
  async carried(
    tx: EntityManager,
    { field, value, formVersion }: SentAnswer,
    until: number,
  ): Promise<{ field: string; value: unknown } | undefined> {
    if (until < formVersion) return undefined;
    const answers = { [field]: value as AnswerValue };
    const [entry] = Object.entries(await this.forms.inForm(tx, answers, formVersion, until));
    return entry && { field: entry[0], value: entry[1] };
  }

  /** Begins drafts by the current form, each with what was told earlier. */
  async begin(tx: EntityManager, by: Actor, drafts: NewDraft[]): Promise<Fact[]> {
    if (drafts.length === 0) return [];
    const form = await this.forms.current(tx);
    const rows = drafts.map(({ id, refugeeId }) => ({
      id,
      refugee_id: refugeeId,
      form_version: form.version,
    }));
    await tx.query(BEGIN_DRAFTS, [JSON.stringify(rows), by.id]);
    const prefilled = drafts.map(({ id, earlier }) => ({ assessmentId: id, form, ...earlier }));
    await this.answers.write(tx, prefilled, { source: 'earlier', on: await today(tx), by });
    return drafts.map(({ earlier, ...draft }) =>
      factOf('assessment', draft, 'assessment.drafted', {
        formVersion: form.version,
        amendsId: null,
        ...countsOf(earlier.answers),
      }),
    );
  }

  /** The person's open draft, begun if there is none, and the facts of that. @throws 409 when it corrects an older talk */
  async opened(
    tx: EntityManager,
    by: Actor,
    refugeeId: string,
  ): Promise<{ draft: StandingAssessment; facts: Fact[] }> {
    const [open] = await tx.query<OpenDraft[]>(OPEN_DRAFT_OF, [refugeeId]);
    if (open?.amends_older)
      throw competenceProblem.amending_older({ draft: `/api/v1/assessments/${open.id}` });
    const facts: Fact[] = [];
    const id = open?.id ?? uuidv7();
    if (!open) {
      const earlier = await this.earlier(tx, [refugeeId], await this.forms.current(tx));
      facts.push(...(await this.begin(tx, by, [{ id, refugeeId, earlier: earlier.get(refugeeId)! }])));
    }
    const [draft] = await this.standing(tx, [id]);
    return { draft, facts };
  }

  /** Each answer as it is kept, or everything that is wrong with it; and of what kind its field is, if there is one. */
  async read(
    tx: EntityManager,
    sent: SentAnswer[],
  ): Promise<{ value?: AnswerValue; errors: FieldError[]; kind?: FieldKind }[]> {
    const asked: SentAnswers[] = [];
    for (const { formVersion, field, value } of sent)
      asked.push({ form: await this.forms.of(tx, formVersion), sent: { [field]: value } });
    const read = await this.answers.readAll(tx, asked);
    return read.map(({ answers, errors }, i) => ({
      value: answers[sent[i].field],
      errors,
      kind: asked[i].form.fields.find(({ name }) => name === sent[i].field)?.kind,
    }));
  }

  /** Says of answers that were read, and are kept beside a draft, what is said of those in it. */
  async complete(
    tx: EntityManager,
    by: Actor,
    { id, form_version: version }: StandingAssessment,
    answers: Answers,
  ): Promise<void> {
    const form = await this.forms.of(tx, version);
    await this.answers.complete(tx, [{ assessmentId: id, form, answers }], by);
  }

  /** @param from where the answers are from; from a talk today, unless it is said */
  async write(
    tx: EntityManager,
    by: Actor,
    changes: DraftChange[],
    details: Fact['details'] = {},
    from?: { source: AnswerSource; on: Day },
  ): Promise<Fact[]> {
    if (changes.length === 0) return [];
    const rows = [];
    for (const { id, formVersion, answers, revisions } of changes)
      rows.push({ assessmentId: id, form: await this.forms.of(tx, formVersion), answers, revisions });
    const written = await this.answers.write(tx, rows, {
      ...(from ?? { source: 'talk', on: await today(tx) }),
      by,
    });
    const fieldsOf = ({ id }: DraftChange): string[] =>
      written.flatMap(({ assessment_id: of, field }) => (of === id ? field : [])).sort();
    const changed = changes.filter((change) => fieldsOf(change).length > 0);
    await tx.query(COUNT_CHANGE, [changed.map(({ id }) => id)]);
    return changed.map((change) =>
      factOf('assessment', change, 'assessment.changed', { fields: fieldsOf(change), ...details }),
    );
  }
}
