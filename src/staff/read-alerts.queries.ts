import type { List } from '../platform/http/paging.js';
import { leads } from './staff.contract.js';

/**
 * Raises an alert for every account and hour, this one and the last, that reached `$1` different persons in the read
 * log. Who cannot have, by the number of ids alone, is left out before the different ones are counted.
 */
export const RAISE_READ_ALERTS = `
  with recent as (
    select actor_id, date_trunc('hour', at, 'UTC') as hour, person_ids from read_log
    where at >= date_trunc('hour', clock_now(), 'UTC') - interval '1 hour'
  ), busy as (
    select actor_id, hour from recent group by actor_id, hour having sum(cardinality(person_ids)) >= $1
    except select account_id, hour from read_alerts
  )
  insert into read_alerts (account_id, hour, persons)
  select a.id, b.hour, count(distinct person)
  from busy b join staff_accounts a on a.id = b.actor_id
  join recent r on r.actor_id = b.actor_id and r.hour = b.hour cross join unnest(r.person_ids) as person
  group by a.id, b.hour having count(distinct person) >= $1
  on conflict on constraint read_alerts_once do nothing
  returning account_id as "accountId", hour, persons, hour + interval '1 hour' as until`;

export interface RaisedAlert {
  accountId: string;
  hour: Date;
  persons: number;
  /** The end of the hour. */
  until: Date;
}

export interface ReadAlertRow {
  id: string;
  account_id: string;
  name: string;
  unit_id: string;
  hour: Date;
  persons: number;
}

/** Alerts of the unit that `$1` leads today, but not of `$1`; of all accounts when `$2`. Staff are colleagues: no read log. */
export const READ_ALERTS = {
  name: 'read_alerts.list',
  select: 'r.id, r.account_id, a.name, a.unit_id, r.hour, r.persons',
  from: `
    from read_alerts r join staff_accounts a on a.id = r.account_id
    where ($2::boolean or a.id <> $1::uuid and ${leads('a.unit_id')})`,
  sorts: { hour: { sql: 'r.hour', type: 'timestamptz' } },
  first: '-hour',
  id: { sql: 'r.id', type: 'uuid' },
} satisfies List;
