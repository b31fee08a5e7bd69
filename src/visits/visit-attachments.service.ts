import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Files } from '../platform/files/files.js';
import type { ServedFile } from '../platform/files/served.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { AttachmentView } from './dto/visit-attachment.dto.js';
import {
  ADD_ATTACHMENT,
  ATTACHMENT,
  ATTACHMENT_OF_CASE,
  ATTACHMENT_OF_VISIT,
  type AttachedFile,
  type AttachmentRow,
} from './visit-attachments.queries.js';
import { VisitOperationsService } from './visit-operations.service.js';
import { visitProblem } from './visits.problems.js';

/** Bytes of an attachment. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Photos and scans of a visit, known by what they are: they may come before or after the operation that names them. */
@Injectable()
export class VisitAttachmentsService {
  constructor(
    private readonly database: Database,
    private readonly files: Files,
    private readonly operations: VisitOperationsService,
    private readonly timeline: TimelineService,
  ) {}

  /** Sent again it changes nothing. @throws 404, 409 as operations do, and before anything is read; 413, 415, 422 */
  async receive(
    actor: StaffActor,
    visitId: string,
    packId: string,
    sha256: string,
    bytes: AsyncIterable<Buffer>,
  ): Promise<AttachmentView> {
    await this.database.transaction((tx) => this.operations.hold(tx, actor, visitId, packId));
    const kept = await this.files.keep(bytes, { atMost: MOST_BYTES, sha256 });
    return this.database.transaction(async (tx) => {
      await this.operations.hold(tx, actor, visitId, packId);
      const file = await this.files.enter(tx, kept);
      const [added] = await tx.query<unknown[]>(ADD_ATTACHMENT, [visitId, sha256, file, packId]);
      if (!added) await this.files.letGo(tx, file);
      const [row] = await tx.query<AttachmentRow[]>(ATTACHMENT, [visitId, sha256]);
      return { sha256, bytes: row.bytes, receivedAt: row.received_at.toISOString() };
    });
  }

  ofVisit(actor: StaffActor, visitId: string, sha256: string): Promise<ServedFile> {
    return this.open(actor, ATTACHMENT_OF_VISIT, visitId, sha256);
  }

  ofCase(actor: StaffActor, refugeeId: string, sha256: string): Promise<ServedFile> {
    return this.open(actor, ATTACHMENT_OF_CASE, refugeeId, sha256);
  }

  /** @throws 404 */
  private async open(actor: StaffActor, sql: string, of: string, sha256: string): Promise<ServedFile> {
    const [file] = await this.timeline.readAll<AttachedFile>(actor, 'visits.attachment', sql, [of, sha256]);
    if (!file) throw visitProblem.no_such_attachment();
    return {
      name: sha256.slice(0, 12),
      mediaType: file.media_type,
      bytes: file.bytes,
      content: await this.files.open(file.stored_as),
    };
  }
}
