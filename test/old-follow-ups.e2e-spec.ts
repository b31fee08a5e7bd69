import { KeepEveryTurnOfAFollowUp1795000000019 } from '../migrations/1795000000019-keep-every-turn-of-a-follow-up.js';
import { databaseBefore, type DatabaseBefore } from './support/migrated.js';

/** A person with an open follow-up of the contract and its mail, as they were. */
const OLD_FOLLOW_UP = `
  with unit as (insert into units (id, name) values (uuidv7(), 'Nord') returning id),
  account as (insert into staff_accounts (id, email, name, role, unit_id)
              select uuidv7(), 'karen@example.dk', 'Karen', 'caseworker', id from unit returning id),
  person as (insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
             select uuidv7(), unit.id, 'Selam', 'Tesfay', '1990-01-01', 'female', 'ER' from unit returning id),
  plan as (insert into plans (subject_type, subject_id) select 'case', id from person),
  follow_up as (
    insert into follow_ups (id, subject_type, subject_id, refugee_id, key, owner_id, earliest_on, target_on, latest_on, act_by,
                            rule_ids, act_method, act_href)
    select uuidv7(), 'case', person.id, person.id, 'contract', account.id, '2027-02-01', '2027-02-15', '2027-03-01', '2027-03-01',
           '{}', 'POST', '/here' from person, account returning id, owner_id)
  insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at)
  select id, 'last', owner_id, 'email', '2027-03-01', '2027-03-01T07:00Z' from follow_up`;

/** What came since: two talks beside it, one that was dismissed, and an inbox. */
const SINCE = `
  with talks as (
    insert into follow_ups (id, subject_type, subject_id, refugee_id, key, occurrence, series, role, owner_id, earliest_on,
                            target_on, latest_on, act_by, rule_ids, act_method, act_href, state, ended_at)
    select uuidv7(), 'case', f.subject_id, f.refugee_id, 'talk', n, 'talk', 'caseworker', f.owner_id, '2027-02-01', '2027-04-01',
           '2027-08-01', '2027-07-30', '{}', 'POST', '/here', case n when 3 then 'dismissed' else 'open' end,
           case n when 3 then clock_now() end
    from follow_ups f, generate_series(1, 3) as n returning id, owner_id)
  insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at)
  select id, 'given', owner_id, 'in_app', '2027-03-01', '2027-03-01T07:00Z' from talks`;

describe('follow-ups from before there were several of a key', () => {
  let old: DatabaseBefore;

  beforeAll(async () => {
    old = await databaseBefore(KeepEveryTurnOfAFollowUp1795000000019);
    await old.source.query(OLD_FOLLOW_UP);
  });
  afterAll(() => old.drop());

  const open = () =>
    old.source
      .query(`select f.key, count(r.id)::int as reminders from follow_ups f left join reminders r on r.follow_up_id = f.id
                      where f.state = 'open' group by f.id, f.key order by f.key`);

  it('are the caseworker’s and planned anew; taken back, only they are left open, whatever came since', async () => {
    const before = await open();
    expect(before).toEqual([{ key: 'contract', reminders: 1 }]);
    await old.run('up');
    expect(await old.source.query('select role, series, occurrence from follow_ups')).toEqual([
      { role: 'caseworker', series: 'contract', occurrence: 1 },
    ]);
    expect(await old.source.query('select stale from plans')).toEqual([{ stale: true }]);
    await old.source.query(SINCE);
    await old.run('down');
    expect(await open()).toEqual(before);
    await old.run('up');
    expect(await open()).toEqual(before);
  });
});
