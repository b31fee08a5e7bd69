import type { List } from '../platform/http/paging.js';
import type { NoteKind } from './case-note.entity.js';
import { seenCase } from './refugees.contract.js';

interface Author {
  id: string;
  name: string;
}

export interface NoteRow {
  id: string;
  version: number;
  refugee_id: string;
  about_on: string;
  kind: NoteKind | null;
  text: string;
  author: Author;
  noted_at: Date;
  frozen_at: Date;
  amendments: { id: string; text: string; reason: string; author: Author; amendedAt: string }[];
}

const NOTE = `
  n.id, n.version, n.refugee_id, n.refugee_id as person_id, v.basis, n.about_on, n.kind, n.text,
  json_build_object('id', a.id, 'name', a.name) as author, n.noted_at, n.frozen_at,
  (select coalesce(json_agg(json_build_object('id', m.id, 'text', m.text, 'reason', m.reason,
            'author', json_build_object('id', b.id, 'name', b.name), 'amendedAt', m.amended_at)
            order by m.amended_at, m.id), '[]')
   from case_note_amendments m join staff_accounts b on b.id = m.author_id where m.note_id = n.id) as amendments`;
const from = (caseId: string): string =>
  `from case_notes n ${seenCase(caseId)} join staff_accounts a on a.id = n.author_id`;

/** `$3` note. */
export const NOTE_BY_ID = `select ${NOTE} ${from('n.refugee_id')} where n.id = $3`;

/** Notes of a case: `$3`, whose sight is asked for once. */
export const NOTES = {
  name: 'notes.list',
  select: NOTE,
  from: `${from('$3')} where n.refugee_id = $3`,
  sorts: {
    notedAt: { sql: 'n.noted_at', type: 'timestamptz' },
    aboutOn: { sql: 'n.about_on', type: 'date' },
  },
  first: '-notedAt',
  id: { sql: 'n.id', type: 'uuid' },
} satisfies List;

/** Whose note it is, when the actor sees the case: `$1` actor, `$2` note. */
export const PERSON_OF_NOTE = `select n.refugee_id from case_notes n ${seenCase('n.refugee_id')} where n.id = $2`;

/** Asked of the database, which freezes it: its clock is finer than ours. */
export const IS_FROZEN = 'select frozen_at <= clock_now() as frozen from case_notes where id = $1';

/** `$1` id, `$2` note, `$3` author, `$4` reason, `$5` text. */
export const INSERT_AMENDMENT = `
  insert into case_note_amendments (id, note_id, author_id, reason, text) values ($1, $2, $3, $4, $5)`;
