import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Pages } from '../platform/http/paging.js';
import type { Language } from '../platform/http/language.js';
import type { EntityManager } from 'typeorm';
import {
  codes,
  SEARCH,
  unknownAmong,
  type CodeRow,
  type HitRow,
  type Scheme,
} from './classifications.queries.js';
import type { CodePage, CodeQuery } from './dto/code.dto.js';
import type { Hits, SearchQuery } from './dto/search.dto.js';

@Injectable()
export class ClassificationsService {
  constructor(
    private readonly pages: Pages,
    private readonly database: Database,
  ) {}

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

  async search({ scheme, q, lang, limit }: SearchQuery, reader: Language): Promise<Hits> {
    return { items: await this.database.query<HitRow[]>(SEARCH, [scheme, lang ?? reader, q, limit]) };
  }

  /** Those of the codes that the scheme does not have: for codes that stand where no foreign key reaches. */
  async unknown(tx: EntityManager, scheme: Scheme, among: string[]): Promise<string[]> {
    if (among.length === 0) return [];
    return (await tx.query<{ code: string }[]>(unknownAmong(scheme), [among])).map(({ code }) => code);
  }
}
