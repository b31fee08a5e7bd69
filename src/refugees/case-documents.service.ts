import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Files, type KeptFile } from '../platform/files/files.js';
import type { ServedFile } from '../platform/files/served.js';
import type { Actor } from '../platform/http/access.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf, type Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { LARGEST_DOCUMENT_BYTES } from './case-documents.contract.js';
import { documentProblem } from './case-documents.problems.js';
import {
  ADDED,
  CONTENT,
  DOCUMENT_BY_ID,
  DOCUMENTS,
  INSERT_DOCUMENT,
  PERSON_OF_DOCUMENT,
  WITHDRAW_DOCUMENT,
  type AddedRow,
  type ContentRow,
  type DocumentRow,
} from './case-documents.queries.js';
import type {
  AddDocument,
  DocumentPage,
  DocumentQuery,
  DocumentView,
  WithdrawDocument,
} from './dto/case-document.dto.js';
import { mayKeepDocuments } from './refugees.policy.js';
import { RefugeesService } from './refugees.service.js';

/** Papers of a case: whoever works on it adds them, whoever sees it reads them, and none is ever changed. */
@Injectable()
export class CaseDocumentsService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly timeline: TimelineService,
    private readonly files: Files,
  ) {}

  async read(actor: Actor, id: string): Promise<DocumentView> {
    const row = await this.timeline.readOne<DocumentRow>(actor, 'documents.read', DOCUMENT_BY_ID, [id]);
    if (!row) throw documentProblem.no_such_document();
    return view(row);
  }

  async list(actor: Actor, refugeeId: string, query: DocumentQuery): Promise<DocumentPage> {
    const page = await this.timeline.list(actor, DOCUMENTS, query, [refugeeId, query.kind ?? null], view);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  async content(actor: Actor, id: string): Promise<ServedFile> {
    const row = await this.timeline.readOne<ContentRow>(actor, 'documents.content', CONTENT, [id]);
    if (!row) throw documentProblem.no_content();
    const { name, stored_as: storedAs, media_type: mediaType, bytes } = row;
    return { name, mediaType, bytes, content: await this.files.open(storedAs) };
  }

  /** Under an id of the sender's: sent again, it is the same document. Nothing is read of who may not add it. */
  async add(
    actor: StaffActor,
    refugeeId: string,
    id: string,
    of: AddDocument & { name: string },
    sent: AsyncIterable<Buffer>,
  ): Promise<DocumentView> {
    await this.refugees.requireMay(actor, refugeeId, mayKeepDocuments);
    const file = await this.files.keep(sent, { atMost: LARGEST_DOCUMENT_BYTES });
    const added = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayKeepDocuments);
      if (await this.isThere(tx, refugeeId, id, of, file)) return false;
      const fileId = await this.files.enter(tx, file);
      await tx.query(INSERT_DOCUMENT, [id, refugeeId, of.kind, of.name, fileId, actor.id]);
      const { bytes } = file;
      await this.timeline.record(tx, actor, [
        fact({ id, refugeeId }, 'document.added', { kind: of.kind, fileId, bytes }),
      ]);
      return true;
    });
    // Of any other end we do not know for sure that nothing was committed: that is for the sweep.
    if (!added) await this.files.discard(file);
    return this.read(actor, id);
  }

  /** Its content is given out no more, and removed; that it was there stays. */
  async withdraw(actor: StaffActor, id: string, { reason }: WithdrawDocument): Promise<DocumentView> {
    await this.database.transaction(async (tx) => {
      const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_DOCUMENT, [actor.id, id]);
      if (!person) throw documentProblem.no_such_document();
      const { id: refugeeId } = await this.refugees.open(tx, actor, person.refugee_id, mayKeepDocuments);
      const [{ kind, file_id: fileId, withdrawn }] = await tx.query<AddedRow[]>(ADDED, [id]);
      if (withdrawn) throw documentProblem.withdrawn();
      await tx.query(WITHDRAW_DOCUMENT, [id, actor.id, reason]);
      await this.files.letGo(tx, fileId);
      await this.timeline.record(tx, actor, [
        fact({ id, refugeeId }, 'document.withdrawn', { kind, fileId }),
      ]);
    });
    return this.read(actor, id);
  }

  /** Whether just this was added before. @throws when the id is that of another document */
  private async isThere(
    tx: EntityManager,
    refugeeId: string,
    id: string,
    of: { kind: string; name: string },
    file: KeptFile,
  ): Promise<boolean> {
    const [there] = await tx.query<AddedRow[]>(ADDED, [id]);
    if (!there) return false;
    // Of another case: it is as if that were not there.
    if (there.refugee_id !== refugeeId) throw documentProblem.no_such_document();
    const same = there.kind === of.kind && there.name === of.name && there.sha256 === file.sha256;
    if (!same) throw documentProblem.id_taken();
    if (there.withdrawn) throw documentProblem.withdrawn();
    return true;
  }
}

/** Never its name, which its sender chose. */
function fact(of: { id: string; refugeeId: string }, what: string, details: Fact['details']): Fact {
  return factOf('document', of, what, details);
}

function view(row: DocumentRow): DocumentView {
  return {
    id: row.id,
    refugeeId: row.refugee_id,
    kind: row.kind,
    name: row.name,
    mediaType: row.media_type,
    bytes: row.bytes,
    sha256: row.sha256,
    addedBy: row.added_by,
    addedAt: row.added_at.toISOString(),
    withdrawal: row.withdrawal && { ...row.withdrawal, at: new Date(row.withdrawal.at).toISOString() },
  };
}
