import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Pages } from '../platform/http/paging.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { Answers } from './competences.contract.js';
import { competenceProblem } from './competences.problems.js';
import type { FormPage, FormQuery, FormView, PublishForm } from './dto/form-version.dto.js';
import type { FormVersion } from './forms.contract.js';
import {
  CURRENT_VERSION,
  FORM_BY_VERSION,
  FORM_VERSIONS,
  INSERT_FIELDS,
  INSERT_FORM,
  ONE_PUBLISHER,
  type FormRow,
} from './form-versions.queries.js';
import { succeeding, takenOver } from './form-versions.rules.js';

/** Forms as they were published. One that is published never changes, so it is read once. */
@Injectable()
export class FormVersionsService {
  private readonly published = new Map<number, FormVersion>();

  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
  ) {}

  list(query: FormQuery): Promise<FormPage> {
    return this.pages.list<FormRow & { id: string }, FormView>(FORM_VERSIONS, query, [], formView);
  }

  async read(version: number): Promise<FormView> {
    const [row] = await this.database.query<FormRow[]>(FORM_BY_VERSION, [version]);
    if (!row) throw competenceProblem.no_such_form();
    return formView(row);
  }

  /** Publishes the next version; everybody asks by it from now on. */
  async publish(actor: StaffActor, { follows, fields }: PublishForm): Promise<FormView> {
    const version = await this.database.transaction(async (tx) => {
      await tx.query(ONE_PUBLISHER);
      const before = await this.current(tx);
      if (before.version !== follows) throw competenceProblem.form_moved_on({ current: before.version });
      const next = succeeding(
        before,
        fields.map(({ bounds = null, options = null, replaces = null, requiredFor = null, ...field }) => ({
          ...field,
          bounds,
          options,
          requiredFor,
          replaces: replaces && { field: replaces.field, options: replaces.options ?? {} },
        })),
      );
      if (next.errors.length > 0) throw competenceProblem.form_refused({ errors: next.errors });
      const [{ id }] = await tx.query<{ id: string }[]>(INSERT_FORM, [
        follows + 1,
        next.fields.length,
        actor.id,
      ]);
      await tx.query(INSERT_FIELDS, [follows + 1, JSON.stringify(next.fields)]);
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'form', id },
          cases: [],
          fact: 'form.published',
          details: { version: follows + 1 },
        },
      ]);
      return follows + 1;
    });
    return this.read(version);
  }

  /** The form that new assessments are asked by. */
  async current(tx: EntityManager): Promise<FormVersion> {
    const [{ version }] = await tx.query<{ version: number }[]>(CURRENT_VERSION);
    return this.of(tx, version);
  }

  async of(db: Database | EntityManager, version: number): Promise<FormVersion> {
    const known = this.published.get(version);
    if (known) return known;
    const [{ fields }] = await db.query<FormRow[]>(FORM_BY_VERSION, [version]);
    const form = { version, fields };
    this.published.set(version, form);
    return form;
  }

  /** Answers to one version as they stand in a later one. */
  async inForm(
    db: Database | EntityManager,
    answers: Answers,
    from: number,
    until: number,
  ): Promise<Answers> {
    return takenOver(answers, await this.between(db, from, until));
  }

  /** The versions after one, up to another, in order. */
  private async between(db: Database | EntityManager, after: number, until: number): Promise<FormVersion[]> {
    const versions: FormVersion[] = [];
    for (let version = after + 1; version <= until; version++) versions.push(await this.of(db, version));
    return versions;
  }
}

function formView({ version, fields, published_by: publishedBy, published_at: at }: FormRow): FormView {
  return { version, publishedBy, publishedAt: at.toISOString(), fields };
}
