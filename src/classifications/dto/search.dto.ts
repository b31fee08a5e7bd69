import { ApiProperty } from '@nestjs/swagger';
import { Line, OneOf, Optional, WholeInQuery } from '../../platform/http/fields.js';
import type { Language } from '../../platform/http/language.js';
import { SEARCHED_SCHEMES, type SearchedScheme } from '../classifications.queries.js';

export class SearchQuery {
  /** The classification. */
  @OneOf(SEARCHED_SCHEMES) scheme: SearchedScheme;

  /** Words of a title, also from inside a compound and with typing errors, or the beginning of a code. @example cook */
  @Line(100) q: string;

  /** Language of the titles; without it the one the reader prefers. */
  @Optional() @OneOf(['da', 'en']) lang?: Language;

  /** How many hits at most. */
  @Optional()
  @WholeInQuery(1, 50)
  limit: number = 20;
}

class Hit {
  @ApiProperty({ enum: SEARCHED_SCHEMES }) scheme: SearchedScheme;
  /** @example 5120 */
  code: string;
  /** @example Kokke */
  title: string;
  @OneOf(['da', 'en']) lang: string;
  /** `official`: as the publisher of the classification has it. `own`: our working translation. */
  @ApiProperty({ enum: ['official', 'own'] }) translation: 'official' | 'own';
  /** 0 to 1, where 1 is the title or the code itself. @example 0.75 */
  @ApiProperty({ minimum: 0, maximum: 1 }) score: number;
}

export class Hits {
  /** The likeliest first, equal ones by code. */
  items: Hit[];
}
