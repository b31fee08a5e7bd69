import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Pages } from '../platform/http/paging.js';
import type { AsylumCentrePage, AsylumCentreQuery } from './dto/visit.dto.js';
import { CENTRE_SORTS, centresPage, type CentreRow } from './visits.queries.js';

@Injectable()
export class AsylumCentresService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  async list(query: AsylumCentreQuery): Promise<AsylumCentrePage> {
    const page = this.pages.open('asylum-centres', query, CENTRE_SORTS, 'name', {
      sql: 'c.id',
      type: 'uuid',
    });
    const parameters: unknown[] = [query.q ?? null];
    const statement = centresPage(page.sortValue, page.after(parameters), page.orderBy, page.limit);
    const rows = await this.database.query<CentreRow[]>(statement, parameters);
    return page.close(rows, ({ id, code, name, operator, municipality }) => ({
      id,
      code,
      name,
      operator,
      municipality,
    }));
  }
}
