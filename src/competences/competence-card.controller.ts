import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { AnswersPdf, asPdf } from '../platform/pages/pdf.js';
import { CASE_ROLES, Roles } from '../staff/staff.contract.js';
import { CompetenceCardService } from './competence-card.service.js';
import { CardQuery } from './dto/competence-card.dto.js';

@Controller('refugees/:id/competence-card')
export class CompetenceCardController {
  constructor(private readonly cards: CompetenceCardService) {}

  /** The profile on one printed page in two languages, for the person to have. */
  @Get()
  @Costs(10)
  @Roles(...CASE_ROLES)
  @AnswersPdf()
  @MayAnswer('refugees.no_such_case')
  async print(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() { lang }: CardQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return asPdf(reply, 'kompetencekort', await this.cards.print(actor, id, lang));
  }
}
