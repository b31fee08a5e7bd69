import {
  Code,
  Count,
  Ids,
  IsDay,
  IsId,
  Line,
  Nullable,
  OneOf,
  Optional,
  Text,
} from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { INVITED_HOW, OUTCOMES, type InvitedHow, type Outcome } from '../visits.contract.js';
import { CENTRES, VISITS } from '../visits.queries.js';
import { InterpreterBookingView } from './interpreter-booking.dto.js';

export class AsylumCentreQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(CENTRES)) sort?: string;
  /** Beginnings of words of the name or the municipality. @example sand */
  @Optional() @Line(100) q?: string;
}

export class AsylumCentreView {
  id: string;
  /** @example sandholm */
  code: string;
  /** @example "Center Sandholm" */
  name: string;
  /** Who has run it. */
  @OneOf(['red_cross', 'municipal', 'prison_service']) operator: string;
  /** @example Allerød */
  municipality: string;
}

export class AsylumCentrePage extends PageDto(AsylumCentreView) {}

export class PlanVisit {
  @IsId() centreId: string;
  @IsDay() onDay: string;
  /** Job consultants who come along; you do in any case. */
  @Optional() @Ids(20) consultantIds?: string[];
  /** ISO 639-3. @example tir */
  @Nullable() @Code() interpreterLanguage?: string | null;
}

/** Only what is sent changes. */
export class ChangeVisit {
  /** Another day, of which nobody has been told: whoever was invited is to be invited again. */
  @Optional() @IsDay() onDay?: string;
  /** Everybody who goes along. */
  @Optional() @Ids(20, 1) consultantIds?: string[];
  /** ISO 639-3, as expected. @example tir */
  @Nullable() @Code() interpreterLanguage?: string | null;
}

export class CancelVisit {
  /** Why, without a word of whom. @example "The centre is closed that week" */
  @Text(500) reason: string;
}

export class InviteParticipants {
  /** All of them, or none. */
  @Ids(100, 1) participantIds: string[];
  @OneOf(INVITED_HOW) how: InvitedHow;
  /** Today unless it is said. @example 2026-11-20 */
  @Optional() @IsDay() invitedOn?: string;
}

export class VisitQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(VISITS)) sort?: string;
  /** Only visits to this asylum centre. */
  @Optional() @IsId() centreId?: string;
}

export class AddParticipant {
  @IsId() refugeeId: string;
}

export class EndParticipant {
  @OneOf(OUTCOMES) outcome: Outcome;
  /** The person's assessment from the visit, if the person was met. */
  @Nullable() @IsId() assessmentId?: string | null;
}

export class VisitedCentre {
  id: string;
  /** @example sandholm */
  code: string;
  /** @example "Center Sandholm" */
  name: string;
}

export class VisitConsultant {
  staffId: string;
  /** @example "Lone Bech" */
  name: string;
}

export class VisitListItem {
  id: string;
  /** @example 1 */
  @Count() version: number;
  centre: VisitedCentre;
  onDay: string;
  unitId: string;
  /** ISO 639-3, as expected when the visit was planned. @example tir */
  interpreterLanguage: string | null;
  consultants: VisitConsultant[];
  /** Those whose case you see. @example 6 */
  @Count() participantCount: number;
  /** Those of them the visit still waits for before it can be closed. @example 2 */
  @Count() withoutOutcome: number;
  plannedAt: string;
  closedAt: string | null;
  cancelledAt: string | null;
  /** @example "The centre is closed that week" */
  cancellationReason: string | null;
  /** In the order of their hours. */
  interpreterBookings: InterpreterBookingView[];
}

export class VisitPage extends PageDto(VisitListItem) {}

export class ParticipantView {
  id: string;
  refugeeId: string;
  /** @example Selam */
  givenNames: string;
  /** @example Tesfay */
  familyName: string;
  /** Null while nobody has said. @example met */
  @OneOf(OUTCOMES) outcome: string | null;
  assessmentId: string | null;
  recordedAt: string | null;
  /** Null while nobody has asked the person to come. @example 2026-11-20 */
  invitedOn: string | null;
  @OneOf(INVITED_HOW) invitedHow: InvitedHow | null;
}

export class InvitedParticipants {
  items: ParticipantView[];
}

export class VisitView extends VisitListItem {
  /** Those whose case you see. */
  participants: ParticipantView[];
}
