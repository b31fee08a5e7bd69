import { PartialType, PickType } from '@nestjs/swagger';
import { Code, Count, Line, Nullable, OneOf, Pattern } from '../../platform/http/fields.js';
import { BOOKING_FORMS, BOOKING_STATES, type BookingForm, type BookingState } from '../visits.contract.js';

const TimeOfDay = () => Pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

export class BookInterpreter {
  /** ISO 639-3. @example tir */
  @Code() language: string;
  /** Hours of the visit's day. @example "09:30" */
  @TimeOfDay() fromTime: string;
  /** @example "12:00" */
  @TimeOfDay() toTime: string;
  @OneOf(BOOKING_FORMS) form: BookingForm;
  /** @example Tolkegruppen */
  @Nullable() @Line(200) agency?: string | null;
  /** What the agency calls it. @example "2026-88413" */
  @Nullable() @Line(100) reference?: string | null;
}

/** Only what is sent changes. Who needs another language books another interpreter. */
export class ChangeBooking extends PartialType(
  PickType(BookInterpreter, ['fromTime', 'toTime', 'form', 'agency', 'reference']),
  { skipNullProperties: false },
) {}

export class ConfirmBooking extends PartialType(PickType(BookInterpreter, ['agency', 'reference']), {
  skipNullProperties: false,
}) {}

export class InterpreterBookingView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  /** ISO 639-3. @example tir */
  language: string;
  /** @example "09:30" */
  fromTime: string;
  /** @example "12:00" */
  toTime: string;
  @OneOf(BOOKING_FORMS) form: BookingForm;
  @OneOf(BOOKING_STATES) state: BookingState;
  /** @example Tolkegruppen */
  agency: string | null;
  /** @example "2026-88413" */
  reference: string | null;
  requestedAt: string;
}
