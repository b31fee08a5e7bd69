import type { InterpreterBookingView } from './dto/interpreter-booking.dto.js';
import type { ParticipantView, VisitListItem } from './dto/visit.dto.js';
import type { BookingRow, ParticipantRow, VisitRow } from './visits.queries.js';

export function visitItem(row: VisitRow): VisitListItem {
  return {
    id: row.id,
    version: row.version,
    centre: row.centre,
    onDay: row.on_day,
    unitId: row.unit_id,
    interpreterLanguage: row.interpreter_language,
    consultants: row.consultants,
    participantCount: row.seen.participants,
    withoutOutcome: row.seen.withoutOutcome,
    plannedAt: row.planned_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    cancellationReason: row.cancellation_reason,
    interpreterBookings: row.bookings.map(bookingView),
  };
}

export function participantView(row: ParticipantRow): ParticipantView {
  return {
    id: row.participant_id!,
    refugeeId: row.refugee_id,
    givenNames: row.given_names,
    familyName: row.family_name,
    outcome: row.outcome,
    assessmentId: row.assessment_id,
    recordedAt: row.recorded_at?.toISOString() ?? null,
    invitedOn: row.invited_on,
    invitedHow: row.invited_how,
  };
}

export function bookingView({ requestedAt, ...booking }: BookingRow): InterpreterBookingView {
  return { ...booking, requestedAt: new Date(requestedAt).toISOString() };
}
