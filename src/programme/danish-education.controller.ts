import { Body, Controller, Get, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { DanishEducationService } from './danish-education.service.js';
import {
  ChangeDanishCourse,
  DanishCourseView,
  DanishEducation,
  DanishExamView,
  RecordDanishCourse,
  RecordDanishExam,
} from './dto/danish-education.dto.js';

@Controller()
export class DanishEducationController {
  constructor(private readonly danish: DanishEducationService) {}

  /** Danish courses and exams of a person, and how far they have led. */
  @Get('refugees/:id/danish-education')
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  ofCase(@CurrentActor() actor: Actor, @Id() id: string): Promise<DanishEducation> {
    return this.danish.ofCase(actor, id);
  }

  /** Record a module that a person attends, or has attended. */
  @Post('refugees/:id/danish-courses')
  @Roles('caseworker', 'team_leader')
  @MayAnswer(
    'refugees.no_such_case',
    // to a repeat of somebody who sees the case no more
    'danish.no_such_course',
    'danish.course_not_right',
    'danish.course_overlaps',
  )
  async recordCourse(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: RecordDanishCourse,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DanishCourseView> {
    return tagged(reply, await this.danish.recordCourse(actor, id, request));
  }

  /** Say how a course ended, or correct it; send If-Match with the version you read, in quotes. */
  @Patch('danish-courses/:id')
  @Roles('caseworker', 'team_leader')
  @Conditional()
  @MayAnswer('danish.no_such_course', 'danish.course_not_right', 'danish.course_overlaps')
  async changeCourse(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeDanishCourse,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DanishCourseView> {
    return tagged(reply, await this.danish.changeCourse(actor, id, version, request));
  }

  /** Record an exam that a person took. */
  @Post('refugees/:id/danish-exams')
  @Roles('caseworker', 'team_leader')
  @MayAnswer('refugees.no_such_case', 'danish.exam_recorded', 'danish.exam_not_taken_yet')
  recordExam(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: RecordDanishExam,
  ): Promise<DanishExamView> {
    return this.danish.recordExam(actor, id, request);
  }
}
