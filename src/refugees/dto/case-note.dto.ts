import { PartialType } from '@nestjs/swagger';
import { Count, IsDay, Nullable, OneOf, Optional, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { NOTE_KINDS, type NoteKind } from '../case-note.entity.js';
import { NOTES } from '../case-notes.queries.js';
import { ActorView } from './case.dto.js';

export class WriteNote {
  /** @example "Selam told that the canteen in Valby can take her from 1 February." */
  @Text(8000) text: string;
  /** The day it is about; today when left out. @example 2026-11-16 */
  @Optional() @IsDay() aboutOn?: string;
  /** What it is, if it is one of these. @example contact */
  @Nullable() @OneOf(NOTE_KINDS) kind?: NoteKind | null;
}

/** Only what is sent changes. */
export class ChangeNote extends PartialType(WriteNote, { skipNullProperties: false }) {}

export class AmendNote {
  /** @example "It is the canteen in Vanløse, and from 1 March." */
  @Text(8000) text: string;
  /** Why the note is not right as it stands. @example "I mixed up two talks" */
  @Text(1000) reason: string;
}

export class NoteQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(NOTES)) sort?: string;
}

export class NoteAmendmentView {
  id: string;
  /** @example "It is the canteen in Vanløse, and from 1 March." */
  text: string;
  /** @example "I mixed up two talks" */
  reason: string;
  author: ActorView;
  amendedAt: string;
}

export class CaseNoteView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** @example 2026-11-16 */
  aboutOn: string;
  @OneOf(NOTE_KINDS) kind: string | null;
  /** @example "Selam told that the canteen in Valby can take her from 1 February." */
  text: string;
  author: ActorView;
  notedAt: string;
  /** Until then its author can change it, from then on it can only be amended. */
  frozenAt: string;
  /** Oldest first. */
  amendments: NoteAmendmentView[];
}

export class CaseNotePage extends PageDto(CaseNoteView) {}
