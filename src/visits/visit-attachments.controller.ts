import {
  Controller,
  createParamDecorator,
  Get,
  Put,
  type ExecutionContext,
  type StreamableFile,
} from '@nestjs/common';
import { ApiHeader, ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { served, ServesFile } from '../platform/files/served.js';
import { Upload, UPLOAD_PROBLEMS, Uploads } from '../platform/files/uploads.js';
import { CurrentActor } from '../platform/http/access.js';
import { isUuid } from '../platform/http/ids.js';
import { Costs } from '../platform/http/rate-limit.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { requestProblem } from '../platform/http/problem.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, SignedIn, type StaffActor } from '../staff/staff.contract.js';
import { Sha256, SHA_256_OF_IT } from './attachment-sha.js';
import { AttachmentView } from './dto/visit-attachment.dto.js';
import { MOST_BYTES, VisitAttachmentsService } from './visit-attachments.service.js';

/** The pack it comes with. @throws 400 when it is missing or no id */
const PackId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['pack-id'];
  if (isUuid(header)) return header.toLowerCase();
  throw requestProblem.invalid({ errors: [{ field: 'Pack-Id', rule: 'id' }] });
});

@ApiParam(SHA_256_OF_IT)
@Controller('visits/:id/attachments/:sha256')
export class VisitAttachmentsController {
  constructor(private readonly attachments: VisitAttachmentsService) {}

  /** Bring back a photo or a scan, before or after the operation that names it; sent again it changes nothing. */
  @Put()
  @SignedIn()
  @Costs(2)
  @Uploads(MOST_BYTES)
  @ApiHeader({
    name: 'Pack-Id',
    required: true,
    description: 'The pack it comes with.',
    schema: { type: 'string', format: 'uuid' },
  })
  @MayAnswer(
    'visits.no_such_pack',
    'visits.closed',
    'visits.cancelled',
    'files.other_bytes',
    ...UPLOAD_PROBLEMS,
  )
  receive(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @PackId() packId: string,
    @Sha256() sha256: string,
    @Upload() bytes: AsyncIterable<Buffer>,
  ): Promise<AttachmentView> {
    return this.attachments.receive(actor, id, packId, sha256, bytes);
  }

  /** The photo or scan, to be saved: for whoever sees the case of somebody it is named of. */
  @Get()
  @Roles(...CASE_ROLES)
  @ServesFile()
  @MayAnswer('visits.no_such_attachment')
  async read(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Sha256() sha256: string,
  ): Promise<StreamableFile> {
    return served(await this.attachments.ofVisit(actor, id, sha256));
  }
}
