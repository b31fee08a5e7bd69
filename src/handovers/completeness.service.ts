import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/http/access.js';
import { refugeeProblem } from '../refugees/refugees.problems.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { REQUIRED_OF, REQUIRED_OF_CASE, type RequiredRow } from './completeness.queries.js';
import { completenessOf, itemOf, notAsked, type Completeness } from './completeness.rules.js';
import type { CompletenessOfCase } from './dto/completeness.dto.js';

/** How complete a person is, and which fields nobody has asked. */
export interface Snapshot extends Completeness {
  formVersion: number;
  missing: string[];
}

/** What of a person is known, asked and not asked, by the form in use. */
@Injectable()
export class CompletenessService {
  constructor(private readonly timeline: TimelineService) {}

  async read(actor: Actor, refugeeId: string): Promise<CompletenessOfCase> {
    const row = await this.timeline.readOne<RequiredRow>(actor, 'completeness.read', REQUIRED_OF_CASE, [
      refugeeId,
    ]);
    if (!row) throw refugeeProblem.no_such_case();
    const items = row.fields.map(itemOf);
    return {
      refugeeId,
      formVersion: row.form_version,
      completeness: completenessOf(items),
      missing: notAsked(items).map(({ label }) => label),
      items,
    };
  }

  /** As of now, for whoever holds the case. */
  async snapshot(tx: EntityManager, refugeeId: string): Promise<Snapshot> {
    const [{ form_version: formVersion, fields }] = await tx.query<RequiredRow[]>(REQUIRED_OF, [refugeeId]);
    const items = fields.map(itemOf);
    return { formVersion, ...completenessOf(items), missing: notAsked(items).map(({ field }) => field) };
  }
}
