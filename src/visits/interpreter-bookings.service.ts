import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { requireVersion } from '../platform/http/etag.js';
import type { StaffActor } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CentreVisit } from './centre-visit.entity.js';
import type {
  BookInterpreter,
  ChangeBooking,
  ConfirmBooking,
  InterpreterBookingView,
} from './dto/interpreter-booking.dto.js';
import { InterpreterBooking } from './interpreter-booking.entity.js';
import { MAX_BOOKINGS, type BookingState } from './visits.contract.js';
import { bookingView } from './visits.presenter.js';
import { visitProblem } from './visits.problems.js';
import { BOOKING_BY_ID, type BookingRow } from './visits.queries.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** The interpreters of a visit. A booking is of no person; every change takes the lock of the visit. */
@Injectable()
export class InterpreterBookingsService {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly timeline: TimelineService,
  ) {}

  async book(actor: StaffActor, visitId: string, request: BookInterpreter): Promise<InterpreterBookingView> {
    const booked = await this.database.transaction(async (tx) => {
      requireOpen(await this.visits.open(tx, actor, visitId));
      if ((await tx.countBy(InterpreterBooking, { visitId })) >= MAX_BOOKINGS)
        throw visitProblem.too_many_bookings({ max: MAX_BOOKINGS });
      const booking = Object.assign(new InterpreterBooking(), request, { visitId, requestedBy: actor.id });
      await tx.insert(InterpreterBooking, booking);
      await this.record(tx, actor, booking, 'interpreter.requested', { language: booking.language });
      return booking.id;
    });
    return this.read(visitId, booked);
  }

  async change(
    actor: StaffActor,
    visitId: string,
    id: string,
    version: number | undefined,
    request: ChangeBooking,
  ): Promise<InterpreterBookingView> {
    await this.database.transaction(async (tx) => {
      const booking = await this.open(tx, actor, visitId, id);
      requireVersion(booking.version, version);
      if (booking.state === 'cancelled') throw visitProblem.booking_done({ state: booking.state });
      const fields = booking.take(request);
      if (fields.length === 0) return;
      // other hours, or another form, are another appointment
      if (fields.some((field) => ['fromTime', 'toTime', 'form'].includes(field))) booking.state = 'requested';
      await this.save(tx, actor, booking, 'interpreter.changed', { fields, state: booking.state });
    });
    return this.read(visitId, id);
  }

  /** The agency said yes, perhaps with who comes and a number of its own. */
  async confirm(
    actor: StaffActor,
    visitId: string,
    id: string,
    request: ConfirmBooking,
  ): Promise<InterpreterBookingView> {
    await this.database.transaction(async (tx) => {
      const booking = await this.open(tx, actor, visitId, id);
      become(booking, 'confirmed');
      booking.take(request);
      await this.save(tx, actor, booking, 'interpreter.confirmed');
    });
    return this.read(visitId, id);
  }

  cancel(actor: StaffActor, visitId: string, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const booking = await this.open(tx, actor, visitId, id);
      become(booking, 'cancelled');
      await this.save(tx, actor, booking, 'interpreter.cancelled');
    });
  }

  private async read(visitId: string, id: string): Promise<InterpreterBookingView> {
    const [{ booking }] = await this.database.query<{ booking: BookingRow }[]>(BOOKING_BY_ID, [visitId, id]);
    return bookingView(booking);
  }

  private async open(
    tx: EntityManager,
    actor: StaffActor,
    visitId: string,
    id: string,
  ): Promise<InterpreterBooking> {
    const visit = await this.visits.open(tx, actor, visitId);
    const booking = await tx.findOneBy(InterpreterBooking, { id, visitId });
    if (!booking) throw visitProblem.no_such_booking();
    requireOpen(visit);
    return booking;
  }

  private async save(
    tx: EntityManager,
    actor: StaffActor,
    booking: InterpreterBooking,
    fact: string,
    details: Fact['details'] = {},
  ): Promise<void> {
    const { id, fromTime, toTime, form, state, agency, reference } = booking;
    const said = { fromTime, toTime, form, state, agency, reference };
    await tx.update(InterpreterBooking, { id }, { ...said, version: () => 'version + 1' });
    await this.record(tx, actor, booking, fact, details);
  }

  /** A change of its interpreters is a change of the visit, too. */
  private async record(
    tx: EntityManager,
    actor: StaffActor,
    { id, visitId }: InterpreterBooking,
    fact: string,
    details: Fact['details'],
  ): Promise<void> {
    await tx.increment(CentreVisit, { id: visitId }, 'version', 1);
    await this.timeline.record(tx, actor, [
      { subject: { type: 'visit', id: visitId }, cases: [], fact, details: { bookingId: id, ...details } },
    ]);
  }
}

/** @throws 409 when the booking has gone further already */
function become(booking: InterpreterBooking, state: BookingState): void {
  if (!booking.mayBecome(state)) throw visitProblem.booking_done({ state: booking.state });
  booking.state = state;
}
