import { MEDIA_TYPES } from '../../platform/files/media-types.js';
import { Count, OneOf, Optional, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { DOCUMENT_KINDS, type DocumentKind } from '../case-documents.contract.js';
import { DOCUMENTS } from '../case-documents.queries.js';
import { ActorView } from './case.dto.js';

export class AddDocument {
  /** What the document is. @example permit_letter */
  @OneOf(DOCUMENT_KINDS) kind: DocumentKind;
}

export class WithdrawDocument {
  /** @example "It is the letter of another person" */
  @Text(1000) reason: string;
}

export class DocumentQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(DOCUMENTS)) sort?: string;
  /** Only documents of this kind. */
  @Optional() @OneOf(DOCUMENT_KINDS) kind?: DocumentKind;
}

export class DocumentWithdrawal {
  by: ActorView;
  at: string;
  /** @example "It is the letter of another person" */
  reason: string;
}

export class DocumentView {
  id: string;
  refugeeId: string;
  @OneOf(DOCUMENT_KINDS) kind: DocumentKind;
  /** As the file was called. @example opholdstilladelse.pdf */
  name: string;
  /** What it is by its content. */
  @OneOf(Object.keys(MEDIA_TYPES)) mediaType: string;
  /** @example 48213 */
  @Count() bytes: number;
  /** In hexadecimal. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;
  addedBy: ActorView;
  addedAt: string;
  /** Whoever took it back, and why: its content is given out no more. */
  withdrawal: DocumentWithdrawal | null;
}

export class DocumentPage extends PageDto(DocumentView) {}
