import { Injectable } from '@nestjs/common';
import { Pages } from '../platform/http/paging.js';
import type { AsylumCentrePage, AsylumCentreQuery, AsylumCentreView } from './dto/visit.dto.js';
import { CENTRES, type CentreRow } from './visits.queries.js';

@Injectable()
export class AsylumCentresService {
  constructor(private readonly pages: Pages) {}

  list(query: AsylumCentreQuery): Promise<AsylumCentrePage> {
    return this.pages.list<CentreRow, AsylumCentreView>(
      CENTRES,
      query,
      [query.q ?? null],
      ({ id, code, name, operator, municipality }) => ({ id, code, name, operator, municipality }),
    );
  }
}
