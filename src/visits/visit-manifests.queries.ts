import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import type { Reckoning } from './dto/visit-operations.dto.js';

/** A pack that was written off and has not come back since. */
const WRITTEN_OFF =
  "(k.written_off_at is not null and coalesce(k.returned_at, '-infinity') <= k.written_off_at)";

const PACK_STATE = `case when ${WRITTEN_OFF} then 'written_off'
  when k.returned_at is not null or k.replaced_by is not null then 'returned' else 'out' end`;

const DEVICES = `
  select d.account_id, d.device_id, d.pack_id, d.last, ${WRITTEN_OFF} as written_off,
    (select count(distinct o.seq)::int from visit_operations o
     where (o.visit_id, o.account_id, o.device_id) = (d.visit_id, d.account_id, d.device_id)) as received
  from visit_devices d join visit_packs k on k.id = d.pack_id where d.visit_id = $1`;
const ATTACHMENTS = `
  select named.sha256, bool_and(${WRITTEN_OFF}) as written_off,
    exists (select from visit_attachments a where a.visit_id = $1 and a.sha256 = named.sha256) as received
  from visit_operations o join visit_packs k on k.id = o.pack_id, unnest(o.attachments) as named(sha256)
  where o.visit_id = $1 group by named.sha256`;

/** What is expected of a visit, `$1`, and what there is; of a pack that is written off no more than what came. */
export const RECKONED = `
  with thing as (
    select case when written_off then received else last end as expected, received from (${DEVICES}) device
    union all
    select (received or not written_off)::int, received::int from (${ATTACHMENTS}) attachment
  )
  select coalesce(sum(expected), 0)::int as expected, coalesce(sum(received), 0)::int as received from thing`;

interface DeviceRow {
  account_id: string;
  device_id: string;
  pack_id: string;
  last: number;
  received: number;
  missing: number[];
}

/** How much of a pack, `$2`, of a visit, `$1`, is missing and still expected. */
export const RECKONED_OF_PACK = `
  select (
    (select coalesce(sum(last - received), 0) from (${DEVICES}) device where pack_id = $2 and not written_off)
    + (select count(*) from (${ATTACHMENTS}) attachment where not received and not written_off
       and exists (select from visit_operations o
                   where o.visit_id = $1 and o.pack_id = $2 and attachment.sha256 = any (o.attachments)))
  )::int as missing`;

/** Of each device the first numbers that did not come. */
const DEVICES_OF = `
  select d.*, (select coalesce(array_agg(seq order by seq), '{}') from (
      select n.seq from generate_series(1, least(d.last, d.received + 100)) as n(seq)
      where not exists (select from visit_operations o where o.visit_id = $1 and o.account_id = d.account_id
                          and o.device_id = d.device_id and o.seq = n.seq)
      order by n.seq limit 100) gap) as missing
  from (${DEVICES}) d order by d.account_id, d.device_id`;

/** Attachments that did not come, as far as operations name them that the reader, `$2`, sent or may read. */
const MISSING_ATTACHMENTS = `
  select named.sha256 from (${ATTACHMENTS}) named
  where not named.received and not named.written_off and exists (
    select from visit_operations o ${seenCaseIfAny('o.refugee_id', '$2')}
    where o.visit_id = $1 and named.sha256 = any (o.attachments) and (o.account_id = $2 or v.basis is not null))
  order by named.sha256 limit 100`;

interface PackRow {
  id: string;
  account: { id: string; name: string };
  form_version: number;
  issued_at: string;
  expires_at: string;
  state: 'out' | 'returned' | 'written_off';
}

const PACKS_OF = `
  select k.id, json_build_object('id', a.id, 'name', a.name) as account, k.form_version, k.issued_at, k.expires_at,
    ${PACK_STATE} as state
  from visit_packs k join staff_accounts a on a.id = k.account_id where k.visit_id = $1 order by k.issued_at, k.id`;

export interface ManifestRow extends Reckoning {
  devices: DeviceRow[];
  missing: string[];
  packs: PackRow[];
}

/** All of it, of a visit, `$1`, that the reader, `$2`, sees. */
export const MANIFEST = `
  select reckoned.expected, reckoned.received,
    (select coalesce(json_agg(device), '[]') from (${DEVICES_OF}) device) as devices,
    (select coalesce(json_agg(attachment.sha256), '[]') from (${MISSING_ATTACHMENTS}) attachment) as missing,
    (select coalesce(json_agg(pack), '[]') from (${PACKS_OF}) pack) as packs
  from (${RECKONED}) reckoned
  where exists (select from visible_visits($2) s where s.visit_id = $1)`;

/** What a visit, `$1`, waits for: packs that are out, and operations nobody has decided. */
export const UNFINISHED = `
  select (select count(*)::int from visit_packs k where k.visit_id = $1 and ${PACK_STATE} = 'out') as packs,
    count(*) filter (where outcome = 'conflict')::int as conflicts,
    count(*) filter (where outcome = 'quarantined')::int as quarantined
  from visit_operations
  where visit_id = $1 and outcome <> 'applied' and decided_at is null and reason is distinct from 'erased'`;

/** `$1` visit, `$2` pack: whether there is something to write off. */
export const PACK_OF = `
  select k.id, ${PACK_STATE} as state from visit_packs k where k.visit_id = $1 and k.id = $2 for update of k`;

/** `$1` pack, `$2` who, `$3` why. */
export const WRITE_OFF =
  'update visit_packs set written_off_at = clock_now(), written_off_by = $2, write_off_reason = $3 where id = $1';
