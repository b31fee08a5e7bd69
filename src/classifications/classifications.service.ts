import { Injectable } from '@nestjs/common';
import type { KnownScheme } from './classifications.contract.js';
import { Database } from '../platform/database/database.js';
import { Pages } from '../platform/http/paging.js';
import type { Language } from '../platform/http/language.js';
import type { EntityManager } from 'typeorm';
import { classificationProblem } from './classifications.problems.js';
import { codes, SEARCH, unknownAmong, type CodeRow, type HitRow } from './classifications.queries.js';
import type { CodePage, CodeQuery } from './dto/code.dto.js';
import type { EscoOccupation, EscoSkill } from './dto/esco.dto.js';
import type { Hits, SearchQuery } from './dto/search.dto.js';
import { ESCO_OCCUPATION, ESCO_SKILL } from './esco.queries.js';

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

  async escoOccupation(code: string): Promise<EscoOccupation> {
    const [found] = await this.database.query<EscoOccupation[]>(ESCO_OCCUPATION, [code]);
    if (!found) throw classificationProblem.no_such_code();
    return found;
  }

  async escoSkill(code: string): Promise<EscoSkill> {
    const [found] = await this.database.query<EscoSkill[]>(ESCO_SKILL, [code]);
    if (!found) throw classificationProblem.no_such_code();
    return found;
  }

  /** Those of the codes that the scheme does not have, obsolete ones being had: for codes that stand where no foreign key reaches. */
  async unknown(tx: EntityManager, scheme: KnownScheme, among: string[]): Promise<string[]> {
    if (among.length === 0) return [];
    return (await tx.query<{ code: string }[]>(unknownAmong(scheme), [among])).map(({ code }) => code);
  }
}
