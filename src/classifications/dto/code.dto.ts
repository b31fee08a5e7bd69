import { Line, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery } from '../../platform/http/paging.js';
import { SCHEMES, type Scheme } from '../classifications.queries.js';

export class CodeQuery extends PageQuery {
  /** The classification. */
  @OneOf(Object.keys(SCHEMES)) scheme: Scheme;
  /** Beginnings of words of the title, accents left out, or of the code. @example cook */
  @Optional() @Line(100) q?: string;
}

class CodeView {
  /** @example 5120 */
  code: string;
  /** @example Cooks */
  titleEn: string;
  /** Our own working translation, but for the names of countries and languages. @example Kokke */
  titleDa: string | null;
}

export class CodePage extends PageDto(CodeView) {}
