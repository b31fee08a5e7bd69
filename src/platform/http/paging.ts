import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Config } from '../config/config.js';
import { derivedKey, Sealer } from '../crypto/sealer.js';
import { Optional, Line, Whole } from './fields.js';
import { requestProblem } from './problem.js';

/** What every list understands; a list adds its filters and, if it sorts, a `sort` of its own. */
export class PageQuery {
  /** How many rows a page has. */
  @Optional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @Whole(1, 100)
  limit: number = 20;

  /** `nextCursor` of the page before. */
  @Optional() @Line(2000) cursor?: string;
}

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

/** What a page query adds to a statement, whose rows carry `id` and `sort_value`. */
export interface OpenedPage {
  limit: number;
  orderBy: string;
  /** The select-list item the next cursor is made of; text, because JavaScript would round an instant. */
  sortValue: string;
  /** Condition that skips the pages before; its values are pushed onto `parameters`, which follow `already` others. */
  after(parameters: unknown[], already?: number): string;
  close<Row extends { id: string; sort_value: unknown; more: boolean }, Item>(
    rows: Row[],
    present: (row: Row) => Item,
  ): PageOf<Item>;
}

/** `sort` values a list with these columns takes. */
export const sortsOf = (columns: Record<string, SortColumn>): string[] =>
  Object.keys(columns).flatMap((name) => [name, `-${name}`]);

@Injectable()
export class Pages {
  private readonly sealer: Sealer;

  constructor(config: Config) {
    this.sealer = new Sealer(`c:${derivedKey(config.TOKEN_SECRET, 'cursor').toString('base64')}`);
  }

  /** @throws 400 when the cursor was made for another list, sort or filter, or by somebody else */
  open<Query extends PageQuery & { sort?: string }>(
    list: string,
    query: Query,
    columns: Record<string, SortColumn>,
    fallback: string,
    id: { sql: string; type: 'uuid' | 'text' } = { sql: 'id', type: 'uuid' },
  ): OpenedPage {
    const { limit, cursor, sort = fallback, ...filters } = query;
    const boundTo = JSON.stringify([
      list,
      sort,
      Object.entries(filters)
        .filter(([, value]) => value !== undefined)
        .sort(),
    ]);
    const column = columns[sort.replace(/^-/, '')];
    const descending = sort.startsWith('-');
    const last = cursor === undefined ? undefined : this.read(cursor, boundTo);
    return {
      limit,
      orderBy: `${column.sql} ${descending ? 'desc' : 'asc'}, ${id.sql} ${descending ? 'desc' : 'asc'}`,
      sortValue: `(${column.sql})::text as sort_value`,
      after: (parameters, already = 0) => {
        if (!last) return 'true';
        parameters.push(...last);
        const lastId = already + parameters.length;
        const value = lastId - 1;
        return `(${column.sql}, ${id.sql}) ${descending ? '<' : '>'} ($${value}::${column.type}, $${lastId}::${id.type})`;
      },
      close: (rows, present) => ({
        items: rows.map(present),
        nextCursor: rows.at(-1)?.more ? this.write(rows.at(-1)!, boundTo) : null,
      }),
    };
  }

  // Sealed, because the value a list is sorted by can be a name, and a cursor stands in addresses and logs.
  private write({ id, sort_value }: { id: string; sort_value: unknown }, boundTo: string): string {
    return this.sealer.seal(JSON.stringify([sort_value, id]), boundTo).toString('base64url');
  }

  private read(cursor: string, boundTo: string): [unknown, string] {
    try {
      return JSON.parse(this.sealer.open(Buffer.from(cursor, 'base64url'), boundTo)) as [unknown, string];
    } catch {
      throw requestProblem.invalid({ errors: [{ field: 'cursor', rule: 'cursor' }] });
    }
  }
}

/** The OpenAPI shape of a page of `Item`. */
export function PageDto<Item>(item: new () => Item): new () => PageOf<Item> {
  class Page {
    @ApiProperty({ type: [item] }) items: Item[];
    @ApiProperty({ type: String, nullable: true, example: null }) nextCursor: string | null;
  }
  Object.defineProperty(Page, 'name', { value: `PageOf${item.name}` });
  return Page;
}
