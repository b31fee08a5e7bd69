import type { ApiBodyOptions } from '@nestjs/swagger';
import { Count, IsDay, IsInstant, Nullable, OneOf, Optional, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import {
  CANCELLATION_REASONS,
  TALK_FORMS,
  TALK_OUTCOMES,
  TALK_STATES,
  type CancellationReason,
  type TalkForm,
  type TalkOutcome,
  type TalkState,
} from '../talks.contract.js';
import { TALKS } from '../talks.queries.js';

/** A talk that is planned, or was held already: at least one of the two is said. */
export class RecordTalk {
  /** When it is, or was, planned for. @example "2026-11-19T09:30:00+01:00" */
  @Optional() @IsInstant() plannedAt?: string;
  /** The day it was held. @example 2026-11-19 */
  @Optional() @IsDay() heldOn?: string;
  @OneOf(TALK_FORMS) form: TalkForm;
  /** What was said and agreed, of a talk that was held. @example "Wants to try a hotel kitchen." */
  @Optional() @Text(10000) summary?: string;
}

/** How a talk ended, with what belongs to that. */
export class EndTalk {
  @OneOf(TALK_OUTCOMES) outcome: TalkOutcome;
  /** The day it was held. @example 2026-11-19 */
  @Optional() @IsDay() heldOn?: string;
  /** If another than planned. */
  @Optional() @OneOf(TALK_FORMS) form?: TalkForm;
  /** What was said and agreed. @example "Wants to try a hotel kitchen." */
  @Optional() @Text(10000) summary?: string;
  /** Why it is cancelled; of what was held or missed only that it was recorded by mistake. */
  @Optional() @OneOf(CANCELLATION_REASONS) reason?: CancellationReason;
}

/** Not put together from its fields, because each outcome has its own. */
export const END_TALK: ApiBodyOptions = {
  type: EndTalk,
  examples: {
    held: {
      value: {
        outcome: 'held',
        heldOn: '2026-11-19',
        form: 'phone',
        summary: 'Wants to try a hotel kitchen.',
      },
    },
    not_shown: { value: { outcome: 'not_shown' } },
    cancelled: { value: { outcome: 'cancelled', reason: 'person_unable' } },
  },
};

/** Of a planned talk its time and form, of one that was held its day, form and summary. */
export class CorrectTalk {
  @Optional() @IsInstant() plannedAt?: string;
  /** @example 2026-11-18 */
  @Optional() @IsDay() heldOn?: string;
  @Optional() @OneOf(TALK_FORMS) form?: TalkForm;
  /** @example "Wants to try a hotel kitchen, from January." */
  @Nullable() @Text(10000) summary?: string | null;
}

/** Not put together from its fields, because each state has its own. */
export const CORRECT_TALK: ApiBodyOptions = {
  type: CorrectTalk,
  examples: {
    held: { value: { heldOn: '2026-11-18', summary: 'Wants to try a hotel kitchen, from January.' } },
  },
};

export class TalkQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(TALKS)) sort?: string;
}

export class TalkView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  @OneOf(TALK_STATES) state: TalkState;
  /** Null when it was recorded as held without having been planned. */
  plannedAt: string | null;
  /** Null unless it was held. @example 2026-11-19 */
  heldOn: string | null;
  @OneOf(TALK_FORMS) form: TalkForm;
  /** @example "Wants to try a hotel kitchen." */
  summary: string | null;
  /** Null unless it was cancelled. */
  @OneOf(CANCELLATION_REASONS) cancelledBecause: CancellationReason | null;
}

export class TalkPage extends PageDto(TalkView) {}
