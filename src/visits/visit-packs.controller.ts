import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Tangled } from '../platform/http/body.js';
import { compressed } from '../platform/http/compressed.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { Roles, SignedIn, type StaffActor } from '../staff/staff.contract.js';
import { ManifestView, WriteOff } from './dto/visit-manifest.dto.js';
import { OperationResults, SendOperations } from './dto/visit-operations.dto.js';
import { PackQuery, VisitPack } from './dto/visit-pack.dto.js';
import { HeldPackTag, tagOf } from './pack-tag.js';
import { VisitOperationsService } from './visit-operations.service.js';
import { VisitPacksService } from './visit-packs.service.js';
import { VisitManifestsService } from './visit-manifests.service.js';
import { VisitWriteOffsService } from './visit-write-offs.service.js';

/** As many operations as a request may bring, and answers of a usual size in them. */
const A_LOG = { values: 25_000, objects: 4_000 };

@Controller('visits/:id')
export class VisitPacksController {
  constructor(
    private readonly packs: VisitPacksService,
    private readonly operations: VisitOperationsService,
    private readonly manifests: VisitManifestsService,
    private readonly writeOffs: VisitWriteOffsService,
  ) {}

  /**
   * What to take along where there is no network: the people to meet, the form and its codes. Send the ETag of the pack
   * you hold as If-None-Match: 304 says that it is still good, another pack takes its place. Say which device asks, and
   * a pack whose reply was lost is not waited for.
   */
  @Get('pack')
  @Costs(5)
  @Roles('job_consultant', 'team_leader')
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'The ETag of the pack you hold.',
    example: 'W/"0190f9a0-0000-7000-8000-000000000000"',
  })
  @ApiOkResponse({ type: VisitPack })
  @MayAnswer('visits.no_such_visit', 'visits.closed', 'visits.cancelled')
  async pack(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @HeldPackTag() held: string | undefined,
    @Query() { deviceId }: PackQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const { pack, known } = await this.packs.issue(actor, id, held, deviceId);
    void reply.header('etag', tagOf(pack.packId)).status(known ? 304 : 200);
    return known ? undefined : compressed(request, reply, pack);
  }

  /** Bring back what was done without a network. Whatever has the right shape is taken in; a repeat does nothing again. */
  @Post('operations')
  @Costs(2)
  @HttpCode(200)
  @Tangled(A_LOG)
  @SignedIn()
  @MayAnswer('visits.no_such_pack', 'visits.closed', 'visits.cancelled', 'request.key_used_otherwise')
  receive(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: SendOperations,
  ): Promise<OperationResults> {
    return this.operations.receive(actor, id, request);
  }

  /** What is to come back of the visit, and what came. */
  @Get('manifest')
  @Costs(2)
  @Roles('job_consultant', 'team_leader')
  @MayAnswer('visits.no_such_visit')
  manifest(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<ManifestView> {
    return this.manifests.read(actor, id);
  }

  /** Wait no longer for a pack that is lost, or for what is missing of it; should it come after all, it is taken in. */
  @Post('packs/:packId/write-offs')
  @HttpCode(200)
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_pack',
    'visits.closed',
    'visits.cancelled',
    'visits.pack_complete',
    'request.key_used_otherwise',
  )
  writeOff(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('packId') packId: string,
    @Body() request: WriteOff,
  ): Promise<ManifestView> {
    return this.writeOffs.writeOff(actor, id, packId, request);
  }
}
