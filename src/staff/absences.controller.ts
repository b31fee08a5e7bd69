import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { AbsencesService } from './absences.service.js';
import { AbsencePage, AbsenceQuery, AbsenceView, ChangeAbsence, RecordAbsence } from './dto/absence.dto.js';
import { SignedIn, type StaffActor } from './staff.contract.js';

@Controller('staff/absences')
export class AbsencesController {
  constructor(private readonly absences: AbsencesService) {}

  /** Record days on which you, or somebody of the unit you lead, are away, and who does the work then. */
  @Post()
  @SignedIn()
  @MayAnswer(
    'staff.no_such_account',
    'staff.no_such_deputy',
    'absences.overlaps',
    'absences.of_the_past',
    'absences.ends_before_it_starts',
    'absences.deputy_away',
  )
  async record(
    @CurrentActor() actor: StaffActor,
    @Body() request: RecordAbsence,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AbsenceView> {
    return tagged(reply, await this.absences.record(actor, request));
  }

  /** Your absences and those in which you are the deputy; for leaders also those of the unit, for administrators all. */
  @Get()
  @Costs(2)
  @SignedIn()
  list(@CurrentActor() actor: StaffActor, @Query() query: AbsenceQuery): Promise<AbsencePage> {
    return this.absences.list(actor, query);
  }

  /** Change the days or the deputy; send If-Match with the version you read. */
  @Patch(':id')
  @SignedIn()
  @Conditional()
  @MayAnswer(
    'staff.no_such_deputy',
    'absences.no_such_absence',
    'absences.overlaps',
    'absences.over',
    'absences.begun',
    'absences.of_the_past',
    'absences.ends_before_it_starts',
    'absences.deputy_away',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeAbsence,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AbsenceView> {
    return tagged(reply, await this.absences.change(actor, id, version, request));
  }

  /** End an absence: one to come is taken back, of a running one yesterday was the last day. */
  @Delete(':id')
  @SignedIn()
  @HttpCode(204)
  @MayAnswer('absences.no_such_absence', 'absences.over')
  end(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<void> {
    return this.absences.end(actor, id);
  }
}
