import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles } from '../staff/staff.contract.js';
import { CompletenessService } from './completeness.service.js';
import { CompletenessOfCase } from './dto/completeness.dto.js';

@Controller('refugees/:id/completeness')
export class CompletenessController {
  constructor(private readonly completeness: CompletenessService) {}

  /** What a receiver of the case would be told: of each required field whether it is known, asked or not asked, and where it stands. */
  @Get()
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  read(@CurrentActor() actor: Actor, @Id() id: string): Promise<CompletenessOfCase> {
    return this.completeness.read(actor, id);
  }
}
