import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { served, ServesFile } from '../platform/files/served.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { Sha256, SHA_256_OF_IT } from './attachment-sha.js';
import { VisitAttachmentsService } from './visit-attachments.service.js';

@ApiParam(SHA_256_OF_IT)
@Controller('refugees/:id/attachments/:sha256')
export class CaseAttachmentsController {
  constructor(private readonly attachments: VisitAttachmentsService) {}

  /** The photo or scan that an answer of the person names, to be saved. */
  @Get()
  @Roles(...CASE_ROLES)
  @ServesFile()
  @MayAnswer('visits.no_such_attachment')
  async read(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Sha256() sha256: string,
  ): Promise<StreamableFile> {
    return served(await this.attachments.ofCase(actor, id, sha256));
  }
}
