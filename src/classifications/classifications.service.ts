import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Pages, type PageOf, type SortColumn } from '../platform/http/paging.js';
import { codesPage, type CodeRow } from './classifications.queries.js';
import type { CodeQuery } from './dto/code.dto.js';

const SORTS = { code: { sql: 'code', type: 'text' } } satisfies Record<string, SortColumn>;

@Injectable()
export class ClassificationsService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  async codes(query: CodeQuery): Promise<PageOf<CodeRow>> {
    const page = this.pages.open('classification-codes', query, SORTS, 'code', { sql: 'code', type: 'text' });
    const parameters = [query.q ?? null];
    const statement = codesPage(
      query.scheme,
      page.sortValue,
      page.after(parameters),
      page.orderBy,
      page.limit,
    );
    return page.close(await this.database.query<CodeRow[]>(statement, parameters), (row) => row);
  }
}
