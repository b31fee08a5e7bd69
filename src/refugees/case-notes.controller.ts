import { Body, Controller, Get, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { CaseNotesService } from './case-notes.service.js';
import {
  AmendNote,
  CaseNotePage,
  CaseNoteView,
  ChangeNote,
  NoteQuery,
  WriteNote,
} from './dto/case-note.dto.js';

@Controller()
export class CaseNotesController {
  constructor(private readonly notes: CaseNotesService) {}

  /** Write a note of the case; for a day you can change it, then it is frozen. */
  @Post('refugees/:id/notes')
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case', 'notes.no_such_note', 'notes.about_the_future')
  async write(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: WriteNote,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseNoteView> {
    return tagged(reply, await this.notes.write(actor, id, request));
  }

  /** The notes of the case with their amendments, newest first. */
  @Get('refugees/:id/notes')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(@CurrentActor() actor: Actor, @Id() id: string, @Query() query: NoteQuery): Promise<CaseNotePage> {
    return this.notes.list(actor, id, query);
  }

  /** One note with its amendments. */
  @Get('notes/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('notes.no_such_note')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseNoteView> {
    return tagged(reply, await this.notes.read(actor, id));
  }

  /** Change a note of your own within a day; send If-Match with the ETag you read. */
  @Patch('notes/:id')
  @Roles(...CASE_ROLES)
  @Conditional()
  @MayAnswer('notes.no_such_note', 'notes.not_the_author', 'notes.frozen', 'notes.about_the_future')
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeNote,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseNoteView> {
    return tagged(reply, await this.notes.change(actor, id, version, request));
  }

  /** Correct a frozen note: what it said stays, what you add stands below it. */
  @Post('notes/:id/amendments')
  @Roles(...CASE_ROLES)
  @MayAnswer('notes.no_such_note', 'notes.not_frozen')
  async amend(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: AmendNote,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseNoteView> {
    return tagged(reply, await this.notes.amend(actor, id, request));
  }
}
