import { Injectable } from '@nestjs/common';
import { Pages } from '../platform/http/paging.js';
import { codes, type CodeRow } from './classifications.queries.js';
import type { CodePage, CodeQuery } from './dto/code.dto.js';

@Injectable()
export class ClassificationsService {
  constructor(private readonly pages: Pages) {}

  codes(query: CodeQuery): Promise<CodePage> {
    return this.pages.list(
      codes(query.scheme),
      query,
      [query.q ?? null],
      ({ id, titleEn, titleDa }: CodeRow) => ({
        code: id,
        titleEn,
        titleDa,
      }),
    );
  }
}
