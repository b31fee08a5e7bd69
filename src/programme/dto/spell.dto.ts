import { Count, Halves, IsDay, Line, Nullable, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { SPELL_KINDS, type SpellKind } from '../spells.contract.js';
import { SPELLS } from '../spells.queries.js';

export class RecordSpell {
  /** `work` is ordinary, without subsidy; a birth is one day. @example work */
  @OneOf(SPELL_KINDS) kind: SpellKind;
  /** @example 2026-11-02 */
  @IsDay() fromOn: string;
  /** The last day of it; open without one. @example 2027-04-30 */
  @Nullable() @IsDay() toOn?: string | null;
  /** Of work and wage subsidy, and needed there. @example "Hotel Fjorden" */
  @Optional() @Line(200) employer?: string;
  /** Of work, wage subsidy and education. @example 18.5 */
  @Nullable() @Halves(0.5, 60) hoursPerWeek?: number | null;
}

/** Only what is sent changes. */
export class ChangeSpell {
  /** @example 2026-11-03 */
  @Optional() @IsDay() fromOn?: string;
  /** The last day of it; null opens it again. @example 2027-03-31 */
  @Nullable() @IsDay() toOn?: string | null;
  /** @example "Hotel Fjorden" */
  @Optional() @Line(200) employer?: string;
  /** @example 25 */
  @Nullable() @Halves(0.5, 60) hoursPerWeek?: number | null;
}

export class SpellQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(SPELLS)) sort?: string;
}

/** The record a spell follows from. */
export class SpellSource {
  /** @example internship */
  type: string;
  id: string;
}

export class SpellView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** @example work */
  @OneOf(SPELL_KINDS) kind: SpellKind;
  /** @example 2026-11-02 */
  fromOn: string;
  /** The last day of it; null while it is open. @example 2027-04-30 */
  toOn: string | null;
  /** @example "Hotel Fjorden" */
  employer: string | null;
  /** @example 18.5 */
  hoursPerWeek: number | null;
  /** Null when a person entered it; else it changes with what it follows from. */
  source: SpellSource | null;
  /** When it was found to be recorded by mistake. */
  withdrawnAt: string | null;
}

export class SpellPage extends PageDto(SpellView) {}
