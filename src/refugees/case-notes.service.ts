import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { allow } from '../platform/http/problem.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf, type Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CaseNote } from './case-note.entity.js';
import { noteProblem } from './case-notes.problems.js';
import {
  INSERT_AMENDMENT,
  IS_FROZEN,
  NOTE_BY_ID,
  NOTES,
  PERSON_OF_NOTE,
  type NoteRow,
} from './case-notes.queries.js';
import type {
  AmendNote,
  CaseNotePage,
  CaseNoteView,
  ChangeNote,
  NoteQuery,
  WriteNote,
} from './dto/case-note.dto.js';
import { mayChangeNote, mayWriteNote } from './refugees.policy.js';
import { RefugeesService } from './refugees.service.js';

/** What is written down of a case (notatpligt, offentlighedsloven § 13): changed for a day by its author, then amended. */
@Injectable()
export class CaseNotesService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly timeline: TimelineService,
  ) {}

  async read(actor: Actor, id: string): Promise<CaseNoteView> {
    const row = await this.timeline.readOne<NoteRow>(actor, 'notes.read', NOTE_BY_ID, [id]);
    if (!row) throw noteProblem.no_such_note();
    return view(row);
  }

  async list(actor: Actor, refugeeId: string, query: NoteQuery): Promise<CaseNotePage> {
    const page = await this.timeline.list(actor, NOTES, query, [refugeeId], view);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  async write(actor: StaffActor, refugeeId: string, request: WriteNote): Promise<CaseNoteView> {
    const id = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayWriteNote);
      const { text, kind = null, aboutOn = await today(tx) } = request;
      const note = Object.assign(new CaseNote(), { refugeeId, authorId: actor.id, text, kind, aboutOn });
      await requireCome(tx, note);
      await tx.insert(CaseNote, note);
      await this.timeline.record(tx, actor, [fact(note, 'note.written')]);
      return note.id;
    });
    return this.read(actor, id);
  }

  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeNote,
  ): Promise<CaseNoteView> {
    await this.database.transaction(async (tx) => {
      const note = await this.open(tx, actor, id);
      allow(mayChangeNote(actor, note), noteProblem.not_the_author);
      requireVersion(note.version, version);
      if (await isFrozen(tx, note)) throw noteProblem.frozen({ amendAt: `/api/v1/notes/${id}/amendments` });
      const fields = note.change(request);
      if (fields.length === 0) return;
      await requireCome(tx, note);
      await tx.save(note);
      await this.timeline.record(tx, actor, [fact(note, 'note.changed', { fields })]);
    });
    return this.read(actor, id);
  }

  async amend(actor: StaffActor, id: string, { text, reason }: AmendNote): Promise<CaseNoteView> {
    await this.database.transaction(async (tx) => {
      const note = await this.open(tx, actor, id);
      // A note is changed or amended, never both at a time: an amendment speaks of words that stay.
      if (!(await isFrozen(tx, note)))
        throw noteProblem.not_frozen({ frozenAt: note.frozenAt.toISOString() });
      const amendmentId = uuidv7();
      await tx.query(INSERT_AMENDMENT, [amendmentId, id, actor.id, reason, text]);
      await this.timeline.record(tx, actor, [fact(note, 'note.amended', { amendmentId })]);
    });
    return this.read(actor, id);
  }

  /** The note, its case locked. @throws 404 when the actor does not see the case, 403 when they do not work on it */
  private async open(tx: EntityManager, actor: StaffActor, id: string): Promise<CaseNote> {
    const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_NOTE, [actor.id, id]);
    if (!person) throw noteProblem.no_such_note();
    await this.refugees.open(tx, actor, person.refugee_id, mayWriteNote);
    return tx.findOneByOrFail(CaseNote, { id });
  }
}

async function isFrozen(tx: EntityManager, { id }: CaseNote): Promise<boolean> {
  const [{ frozen }] = await tx.query<{ frozen: boolean }[]>(IS_FROZEN, [id]);
  return frozen;
}

async function requireCome(tx: EntityManager, { aboutOn }: CaseNote): Promise<void> {
  const now = await today(tx);
  if (aboutOn > now) throw noteProblem.about_the_future({ today: now });
}

function fact(note: CaseNote, what: string, details: Fact['details'] = {}): Fact {
  const { aboutOn, kind } = note;
  return factOf('note', note, what, { ...details, aboutOn, kind });
}

function view(row: NoteRow): CaseNoteView {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.refugee_id,
    aboutOn: row.about_on,
    kind: row.kind,
    text: row.text,
    author: row.author,
    notedAt: row.noted_at.toISOString(),
    frozenAt: row.frozen_at.toISOString(),
    amendments: row.amendments.map((one) => ({
      ...one,
      amendedAt: new Date(one.amendedAt).toISOString(),
    })),
  };
}
