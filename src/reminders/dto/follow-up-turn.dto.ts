import { Ids, IsDay, IsId, Text } from '../../platform/http/fields.js';
import { FollowUpView } from './follow-up.dto.js';

/** How many follow-ups one request turns. */
const MOST = 100;

class SomeFollowUps {
  /** Every one of them, or none. */
  @Ids(MOST, 1) followUpIds: string[];
}

export class NoteFollowUps extends SomeFollowUps {
  /** @example "Called her; she comes on Tuesday." */
  @Text(2000) text: string;
}

export class SnoozeFollowUps extends SomeFollowUps {
  /** The day they come back: after today, and not after the last day to act of any. @example 2027-02-24 */
  @IsDay() until: string;
  /** @example "The interpreter is away this week." */
  @Text(2000) reason: string;
}

export class ReassignFollowUps extends SomeFollowUps {
  /** A colleague who works on all of the cases. */
  @IsId() toId: string;
  /** @example "Knows the employer." */
  @Text(2000) reason: string;
}

export class DismissFollowUps extends SomeFollowUps {
  /** @example "Moved to Aarhus; their municipality follows up." */
  @Text(2000) reason: string;
}

export class FollowUpList {
  items: FollowUpView[];
}
