import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { AnswersPdf, asPdf } from '../platform/pages/pdf.js';
import { Roles } from '../staff/staff.contract.js';
import { InvitationQuery } from './dto/visit-paper.dto.js';
import { VisitPapersService } from './visit-papers.service.js';

@Controller('visits/:id')
export class VisitPapersController {
  constructor(private readonly papers: VisitPapersService) {}

  /** The letter that invites a participant, in Danish and the person's language; to print it does not say that it was sent. */
  @Get('participants/:participantId/invitation')
  @Costs(10)
  @Roles('job_consultant', 'team_leader')
  @AnswersPdf()
  @MayAnswer('visits.no_such_participant', 'visits.closed', 'visits.cancelled')
  async invitation(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Id('participantId') participantId: string,
    @Query() { lang }: InvitationQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return asPdf(reply, 'invitation', await this.papers.invitation(actor, id, participantId, lang));
  }

  /** The sheet for the day of the visit, with the participants whose case you see and room for notes. */
  @Get('day-sheet')
  @Costs(10)
  @Roles('job_consultant', 'team_leader')
  @AnswersPdf()
  @MayAnswer('visits.no_such_visit')
  async daySheet(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @ReaderLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return asPdf(reply, 'dagsliste', await this.papers.daySheet(actor, id, language));
  }
}
