import { Body, Controller, Get, Post, Put, Query, type StreamableFile } from '@nestjs/common';
import { FileName, NamesItsFile } from '../platform/files/file-name.js';
import { served, ServesFile } from '../platform/files/served.js';
import { Upload, UPLOAD_PROBLEMS, Uploads } from '../platform/files/uploads.js';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { LARGEST_DOCUMENT_BYTES } from './case-documents.contract.js';
import { CaseDocumentsService } from './case-documents.service.js';
import {
  AddDocument,
  DocumentPage,
  DocumentQuery,
  DocumentView,
  WithdrawDocument,
} from './dto/case-document.dto.js';

@Controller()
export class CaseDocumentsController {
  constructor(private readonly documents: CaseDocumentsService) {}

  /** Add a document to the case, under a UUID of your own; sent again, it is added once. */
  @Put('refugees/:id/documents/:documentId')
  @Costs(5)
  @Roles(...CASE_ROLES)
  @Uploads(LARGEST_DOCUMENT_BYTES)
  @NamesItsFile()
  @MayAnswer(
    ...UPLOAD_PROBLEMS,
    'refugees.no_such_case',
    'documents.no_such_document',
    'documents.id_taken',
    'documents.withdrawn',
  )
  add(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('documentId') documentId: string,
    @Query() { kind }: AddDocument,
    @FileName() name: string,
    @Upload() file: AsyncIterable<Buffer>,
  ): Promise<DocumentView> {
    return this.documents.add(actor, id, documentId, { kind, name }, file);
  }

  /** The documents of the case, newest first, also those that were withdrawn. */
  @Get('refugees/:id/documents')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(@CurrentActor() actor: Actor, @Id() id: string, @Query() query: DocumentQuery): Promise<DocumentPage> {
    return this.documents.list(actor, id, query);
  }

  /** What is known of one document. */
  @Get('documents/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('documents.no_such_document')
  read(@CurrentActor() actor: Actor, @Id() id: string): Promise<DocumentView> {
    return this.documents.read(actor, id);
  }

  /** The file itself, to be saved; the read log keeps that you fetched it. */
  @Get('documents/:id/content')
  @Roles(...CASE_ROLES)
  @ServesFile()
  @MayAnswer('documents.no_content')
  async content(@CurrentActor() actor: Actor, @Id() id: string): Promise<StreamableFile> {
    return served(await this.documents.content(actor, id));
  }

  /** Withdraw a document that was added by mistake: that it was there stays, its content is removed. */
  @Post('documents/:id/withdrawals')
  @Roles(...CASE_ROLES)
  @MayAnswer('documents.no_such_document', 'documents.withdrawn')
  withdraw(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: WithdrawDocument,
  ): Promise<DocumentView> {
    return this.documents.withdraw(actor, id, request);
  }
}
