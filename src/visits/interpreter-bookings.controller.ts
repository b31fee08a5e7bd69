import { Body, Controller, Delete, HttpCode, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import {
  BookInterpreter,
  ChangeBooking,
  ConfirmBooking,
  InterpreterBookingView,
} from './dto/interpreter-booking.dto.js';
import { InterpreterBookingsService } from './interpreter-bookings.service.js';

@Controller('visits/:id/interpreter-bookings')
export class InterpreterBookingsController {
  constructor(private readonly bookings: InterpreterBookingsService) {}

  /** Ask for an interpreter, for hours of the visit's day; one for each language and stretch. */
  @Post()
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.closed',
    'visits.cancelled',
    'visits.booking_hours',
    'visits.too_many_bookings',
  )
  async book(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: BookInterpreter,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InterpreterBookingView> {
    return tagged(reply, await this.bookings.book(actor, id, request));
  }

  /** Change a booking; with other hours or in another form it is to be confirmed anew. */
  @Patch(':bookingId')
  @Roles('job_consultant', 'team_leader')
  @Conditional()
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_booking',
    'visits.closed',
    'visits.cancelled',
    'visits.booking_done',
    'visits.booking_hours',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('bookingId') bookingId: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeBooking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InterpreterBookingView> {
    return tagged(reply, await this.bookings.change(actor, id, bookingId, version, request));
  }

  /** Say that the agency has confirmed. */
  @Post(':bookingId/confirmations')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_booking',
    'visits.closed',
    'visits.cancelled',
    'visits.booking_done',
  )
  async confirm(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('bookingId') bookingId: string,
    @Body() request: ConfirmBooking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InterpreterBookingView> {
    return tagged(reply, await this.bookings.confirm(actor, id, bookingId, request));
  }

  /** Cancel a booking; that there was one stays to be seen. */
  @Delete(':bookingId')
  @Roles('job_consultant', 'team_leader')
  @HttpCode(204)
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_booking',
    'visits.closed',
    'visits.cancelled',
    'visits.booking_done',
  )
  cancel(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('bookingId') bookingId: string,
  ): Promise<void> {
    return this.bookings.cancel(actor, id, bookingId);
  }
}
