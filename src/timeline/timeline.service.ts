import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Pages, type List, type ListRow, type PageOf, type SortedQuery } from '../platform/http/paging.js';
import type { Actor } from '../platform/http/access.js';
import { readLogProblem, withReadLog } from './read-log.js';
import { PURPOSES, type Fact, type Follower, type Touched } from './timeline.contract.js';

/** `$1` and `$2` of a logged read are the reader's id and purpose: a statement's own parameters come after them. */
const READER_PARAMETERS = 2;
const MOST_ROWS = 1000;

/** A row of a logged read: whose person it is, on what basis the reader sees it, and whether a page goes on. */
export interface ReadRow {
  person_id: string | null;
  basis: 'case_work' | 'supervision' | 'grant' | null;
  more: boolean;
}

@Injectable()
export class TimelineService {
  private readonly followers: Follower[] = [];

  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  follow(follower: Follower): void {
    this.followers.push(follower);
  }

  /** The one way a change is written: the facts are kept, and who follows catches up, in `tx`. */
  async record(tx: EntityManager, actor: Actor | null, facts: Fact[]): Promise<void> {
    await tx.query(
      `insert into timeline (actor_id, subject_type, subject_id, case_ids, fact, details)
       select $1::uuid, f.subject_type, f.subject_id, f.case_ids, f.fact, f.details
       from jsonb_to_recordset($2::jsonb)
            as f(subject_type text, subject_id uuid, case_ids uuid[], fact text, details jsonb)`,
      [actor?.id ?? null, JSON.stringify(facts.map(asRow))],
    );
    const subjects = touchedBy(facts);
    for (const follower of this.followers) await follower.touched(tx, subjects);
  }

  /** One logged read of one row, or none; see `rows`. */
  async readOne<Row extends object>(
    actor: Actor,
    what: string,
    statement: string,
    parameters: unknown[],
  ): Promise<(Row & ReadRow) | undefined> {
    return (await this.rows<Row>(actor, what, statement, parameters, 1))[0];
  }

  /** One logged read of a few rows that belong together, such as the parts of one case. */
  readAll<Row extends object>(
    actor: Actor,
    what: string,
    statement: string,
    parameters: unknown[],
  ): Promise<(Row & ReadRow)[]> {
    return this.rows<Row>(actor, what, statement, parameters, MOST_ROWS);
  }

  /** A page of a list of persons, logged; the list's own parameters begin at `$3`. */
  async list<Row extends object, Item>(
    actor: Actor,
    list: List,
    query: SortedQuery,
    parameters: unknown[],
    present: (row: Row & ReadRow & ListRow) => Item,
  ): Promise<PageOf<Item>> {
    const page = this.pages.page(list, query, parameters, READER_PARAMETERS);
    const rows = await this.rows<Row & ListRow>(
      actor,
      list.name,
      page.statement,
      page.parameters,
      page.limit,
    );
    return page.close(rows, rows.at(0)?.more ?? false, present);
  }

  /**
   * See `withReadLog` for what the statement must give; `parameters` begin at `$3`.
   * @throws 400 with the listed purposes when a row is seen only by a grant and no purpose was named
   */
  private async rows<Row extends object>(
    actor: Actor,
    what: string,
    statement: string,
    parameters: unknown[],
    limit: number,
  ): Promise<(Row & ReadRow)[]> {
    const rows = await this.database.query<(Row & ReadRow)[]>(withReadLog(what, statement, limit), [
      actor.id,
      actor.purpose ?? null,
      ...parameters,
    ]);
    if (!actor.purpose && rows.some((row) => row.basis === 'grant')) {
      throw readLogProblem.purpose_required({ purposes: PURPOSES });
    }
    return rows;
  }
}

/** Every subject and case of the facts once, with the first fact that touched it. */
function touchedBy(facts: Fact[]): Touched[] {
  const touched = new Map<string, Touched>();
  for (const { subject, cases, fact } of facts)
    for (const { type, id } of [subject, ...cases.map((one) => ({ type: 'case', id: one }))])
      if (!touched.has(`${type} ${id}`)) touched.set(`${type} ${id}`, { type, id, fact, by: subject });
  return [...touched.values()];
}

function asRow({ subject, cases, fact, details = {} }: Fact): object {
  return { subject_type: subject.type, subject_id: subject.id, case_ids: cases, fact, details };
}
