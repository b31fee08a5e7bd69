import type { List } from '../platform/http/paging.js';
import type { MediaType } from '../platform/files/media-types.js';
import type { DocumentKind } from './case-documents.contract.js';
import { seenCase } from './refugees.contract.js';

interface Person {
  id: string;
  name: string;
}

export interface DocumentRow {
  id: string;
  refugee_id: string;
  kind: DocumentKind;
  name: string;
  media_type: MediaType;
  bytes: number;
  sha256: string;
  added_by: Person;
  added_at: Date;
  withdrawal: { by: Person; at: string; reason: string } | null;
}

const DOCUMENT = `
  d.id, d.refugee_id, d.refugee_id as person_id, v.basis, d.kind, d.name,
  f.media_type, f.bytes, encode(f.sha256, 'hex') as sha256,
  json_build_object('id', a.id, 'name', a.name) as added_by, d.added_at,
  (select json_build_object('by', json_build_object('id', w.id, 'name', w.name), 'at', d.withdrawn_at,
                            'reason', d.withdrawn_because)
   from staff_accounts w where w.id = d.withdrawn_by) as withdrawal`;
const from = (caseId: string): string => `
  from case_documents d ${seenCase(caseId)}
  join files f on f.id = d.file_id join staff_accounts a on a.id = d.added_by`;

/** `$3` document. */
export const DOCUMENT_BY_ID = `select ${DOCUMENT} ${from('d.refugee_id')} where d.id = $3`;

/** Documents of a case, the withdrawn ones too: `$3`, whose sight is asked for once; `$4` their kind, or null. */
export const DOCUMENTS = {
  name: 'documents.list',
  select: DOCUMENT,
  from: `${from('$3')} where d.refugee_id = $3 and ($4::text is null or d.kind = $4)`,
  sorts: { addedAt: { sql: 'd.added_at', type: 'timestamptz' } },
  first: '-addedAt',
  id: { sql: 'd.id', type: 'uuid' },
} satisfies List;

export interface ContentRow {
  name: string;
  stored_as: string;
  media_type: MediaType;
  bytes: number;
}

/** What to give out of a document that stands: `$3` document. */
export const CONTENT = `
  select d.refugee_id as person_id, v.basis, d.name, f.stored_as, f.media_type, f.bytes
  ${from('d.refugee_id')} where d.id = $3 and d.withdrawn_at is null`;

/** Whose document it is, when the actor sees the case: `$1` actor, `$2` document. */
export const PERSON_OF_DOCUMENT = `
  select d.refugee_id from case_documents d ${seenCase('d.refugee_id')} where d.id = $2`;

/** What a repeat is held against; its case must be locked, so that nobody adds it meanwhile: `$1` document. */
export const ADDED = `
  select d.refugee_id, d.kind, d.name, d.file_id, encode(f.sha256, 'hex') as sha256, f.bytes,
         d.withdrawn_at is not null as withdrawn
  from case_documents d join files f on f.id = d.file_id where d.id = $1`;

export interface AddedRow {
  refugee_id: string;
  kind: DocumentKind;
  name: string;
  file_id: string;
  sha256: string;
  bytes: number;
  withdrawn: boolean;
}

/** `$1` id, `$2` case, `$3` kind, `$4` name, `$5` file, `$6` who adds it. */
export const INSERT_DOCUMENT = `
  insert into case_documents (id, refugee_id, kind, name, file_id, added_by) values ($1, $2, $3, $4, $5, $6)`;

/** `$1` document, `$2` who withdraws it, `$3` why. */
export const WITHDRAW_DOCUMENT = `
  update case_documents set withdrawn_by = $2, withdrawn_at = clock_now(), withdrawn_because = $3 where id = $1`;
