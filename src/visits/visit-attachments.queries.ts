import type { MediaType } from '../platform/files/media-types.js';
import { seenCase } from '../refugees/refugees.contract.js';

export interface AttachmentRow {
  sha256: string;
  bytes: number;
  received_at: Date;
}

/** Nothing, when it is there already: `$1` visit, `$2` SHA-256, `$3` file, `$4` pack. */
export const ADD_ATTACHMENT = `
  insert into visit_attachments (visit_id, sha256, file_id, pack_id) values ($1, $2, $3, $4)
  on conflict do nothing returning sha256`;

/** `$1` visit, `$2` SHA-256. */
export const ATTACHMENT = `
  select a.sha256, f.bytes, a.received_at from visit_attachments a join files f on f.id = a.file_id
  where a.visit_id = $1 and a.sha256 = $2`;

export interface AttachedFile {
  stored_as: string;
  media_type: MediaType;
  bytes: number;
}

const namedOfSeenCase = (where: string): string => `
  select distinct o.refugee_id as person_id, v.basis, f.stored_as, f.media_type, f.bytes
  from visit_attachments a join files f on f.id = a.file_id
  join visit_operations o on o.visit_id = a.visit_id and a.sha256 = any (o.attachments) ${seenCase('o.refugee_id')}
  where a.sha256 = $4 and ${where}`;

/** An attachment that is named of somebody whose case the reader sees, a row for each: `$3` visit, `$4` SHA-256. */
export const ATTACHMENT_OF_VISIT = namedOfSeenCase('a.visit_id = $3');

/** One that is named of just the person `$3`, on whichever visit: `$4` SHA-256. */
export const ATTACHMENT_OF_CASE = namedOfSeenCase('o.refugee_id = $3');

/** Lets go of what no operation of the visit, `$1`, names: nobody can ever see it. For when nothing more can come. */
export const DROP_UNNAMED = `
  with unnamed as (
    delete from visit_attachments a
    where a.visit_id = $1
      and not exists (select from visit_operations o where o.visit_id = $1 and a.sha256 = any (o.attachments))
    returning a.file_id
  )
  update files set let_go_at = clock_now() where id in (select file_id from unnamed) and let_go_at is null`;
