import type { List } from '../platform/http/paging.js';
import { seenCase } from './refugees.contract.js';

export interface GrantRow {
  id: string;
  refugee_id: string;
  staff_id: string;
  name: string;
  granted_by: { id: string; name: string };
  from_at: Date;
  until_at: Date;
  running: boolean;
}

const GRANT = `
  g.id, g.refugee_id, g.refugee_id as person_id, v.basis, g.staff_id, s.name,
  json_build_object('id', b.id, 'name', b.name) as granted_by,
  g.from_at, g.until_at, g.until_at > (select clock_now()) as running`;
const from = (caseId: string): string => `
  from access_grant g ${seenCase(caseId)}
  join staff_accounts s on s.id = g.staff_id
  join staff_accounts b on b.id = g.granted_by`;

/** `$3` grant. */
export const GRANT_BY_ID = `select ${GRANT} ${from('g.refugee_id')} where g.id = $3`;

/** Grants of a case, running and past: `$3`, whose sight is asked for once. */
export const GRANTS = {
  name: 'grants.list',
  select: GRANT,
  from: `${from('$3')} where g.refugee_id = $3`,
  sorts: {
    fromAt: { sql: 'g.from_at', type: 'timestamptz' },
    untilAt: { sql: 'g.until_at', type: 'timestamptz' },
  },
  first: '-untilAt',
  id: { sql: 'g.id', type: 'uuid' },
} satisfies List;

/** A running grant lasts until the later of two ends: `$1` case, `$2` account, `$3` days from now. */
export const PROLONG_GRANT = `
  update access_grant set until_at = greatest(until_at, clock_now() + make_interval(days => $3))
  where refugee_id = $1 and staff_id = $2 and until_at > clock_now()
  returning id, new.until_at > old.until_at as prolonged`;

/** `$1` id, `$2` case, `$3` account, `$4` who gives it, `$5` days from now. */
export const INSERT_GRANT = `
  insert into access_grant (id, refugee_id, staff_id, granted_by, until_at)
  values ($1, $2, $3, $4, clock_now() + make_interval(days => $5))`;

/** `$1` grant, `$2` case. */
export const END_GRANT = `
  update access_grant set until_at = least(until_at, clock_now()) where id = $1 and refugee_id = $2
  returning old.until_at > clock_now() as ended`;
