import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { derivedKey, Sealer } from '../crypto/sealer.js';
import { Optional, Line, WholeInQuery } from './fields.js';
import { requestProblem } from './problem.js';

/** What every list understands; a list adds its filters and, if it sorts, a `sort` of its own. */
export class PageQuery {
  @ApiProperty({ description: 'How many rows a page has.', default: 20, example: 20 })
  @Optional()
  @WholeInQuery(1, 100)
  limit: number = 20;

  @ApiProperty({ description: '`nextCursor` of the page before.', example: 'b2xkZXIgcm93cw' })
  @Optional()
  @Line(2000)
  cursor?: string;
}

export type SortedQuery = PageQuery & { sort?: string };

/** One page of a list; `nextCursor` is null on the last. */
export interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A column a list can be sorted by: how SQL reads it, never null, and the type the cursor's value is cast to. */
export interface SortColumn {
  sql: string;
  type: 'text' | 'date' | 'timestamptz' | 'int';
}

/** A list, said once: what SQL selects, from where, and how it can be sorted. Rows carry an `id`. */
export interface List {
  /** Bound into its cursors, and the name of the read in the read log. */
  name: string;
  select: string;
  /** The rest of the statement up to its last condition; its parameters are the caller's. */
  from: string;
  sorts: Record<string, SortColumn>;
  /** The sort when none is asked for. */
  first: string;
  id: { sql: string; type: 'uuid' | 'text' };
}

/** The statement of one page, which fetches one row more than it shows, and what to make of its rows. */
export interface Page {
  statement: string;
  parameters: unknown[];
  limit: number;
  close<Row extends ListRow, Item>(rows: Row[], more: boolean, present: (row: Row) => Item): PageOf<Item>;
}

/** What the cursor is made of; text, because JavaScript would round an instant. */
export interface ListRow {
  id: string;
  sort_value: string;
}

/** `sort` values a list takes. */
export const sortsOf = ({ sorts }: Pick<List, 'sorts'>): string[] =>
  Object.keys(sorts).flatMap((name) => [name, `-${name}`]);

@Injectable()
export class Pages {
  private readonly sealer: Sealer;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    this.sealer = new Sealer(`c:${derivedKey(config.INDEX_KEY, 'cursor').toString('base64')}`);
  }

  /** A page of a list that shows no person; one that does goes through `timeline.list`. */
  async list<Row extends object, Item>(
    list: List,
    query: SortedQuery,
    parameters: unknown[],
    present: (row: Row & ListRow) => Item,
  ): Promise<PageOf<Item>> {
    const page = this.page(list, query, parameters);
    const rows = await this.database.query<(Row & ListRow)[]>(page.statement, page.parameters);
    return page.close(rows.slice(0, page.limit), rows.length > page.limit, present);
  }

  /**
   * @param parameters of the list's statement: its filters
   * @param already how many parameters come before them
   * @throws 400 when the cursor was made for another list, sort or filter, or is none of ours
   */
  page(
    { name, select, from, sorts, first, id }: List,
    { limit, cursor, sort = first }: SortedQuery,
    parameters: unknown[],
    already = 0,
  ): Page {
    const boundTo = JSON.stringify([name, sort, parameters]);
    const { sql, type } = sorts[sort.replace(/^-/, '')];
    const [way, beyond] = sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
    const last = cursor === undefined ? [] : this.read(cursor, boundTo);
    const at = already + parameters.length;
    const after =
      cursor === undefined
        ? 'true'
        : `(${sql}, ${id.sql}) ${beyond} ($${at + 1}::${type}, $${at + 2}::${id.type})`;
    return {
      statement: `select ${select}, (${sql})::text as sort_value ${from} and ${after} order by ${sql} ${way}, ${id.sql} ${way} limit ${limit + 1}`,
      parameters: [...parameters, ...last],
      limit,
      close: (rows, more, present) => ({
        items: rows.map(present),
        nextCursor: more ? this.write(rows.at(-1)!, boundTo) : null,
      }),
    };
  }

  // Sealed, because the value a list is sorted by can be a name, and a cursor stands in addresses and logs.
  private write({ id, sort_value }: ListRow, boundTo: string): string {
    return this.sealer.seal(JSON.stringify([sort_value, id]), boundTo).toString('base64url');
  }

  private read(cursor: string, boundTo: string): [string, string] {
    try {
      return JSON.parse(this.sealer.open(Buffer.from(cursor, 'base64url'), boundTo)) as [string, string];
    } catch {
      throw requestProblem.invalid({ errors: [{ field: 'cursor', rule: 'cursor' }] });
    }
  }
}

/** The OpenAPI shape of a page of `Item`. */
export function PageDto<Item>(item: new () => Item): new () => PageOf<Item> {
  class Page {
    @ApiProperty({ type: [item] }) items: Item[];
    @ApiProperty({ type: String, nullable: true, example: null, description: 'Null on the last page.' })
    nextCursor: string | null;
  }
  Object.defineProperty(Page, 'name', { value: `PageOf${item.name}` });
  return Page;
}
