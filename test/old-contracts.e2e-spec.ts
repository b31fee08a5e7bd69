import { randomUUID } from 'node:crypto';
import { ReviseContracts1795000000020 } from '../migrations/1795000000020-revise-contracts.js';
import { databaseBefore, type DatabaseBefore } from './support/migrated.js';

const [DRAFTED, SIGNED] = [randomUUID(), randomUUID()];

/** Two people with a contract of the old shape, one of them signed. */
const OLD_CONTRACTS = `
  with unit as (insert into units (id, name) values (uuidv7(), 'Nord') returning id),
  account as (insert into staff_accounts (id, email, name, role, unit_id)
              select uuidv7(), 'karen@example.dk', 'Karen', 'caseworker', id from unit returning id),
  person as (insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
             select p, unit.id, 'Selam', 'Tesfay', '1990-01-01', 'female', 'ER' from unit, unnest(array['${DRAFTED}', '${SIGNED}']::uuid[]) p
             returning id)
  insert into integration_contracts (id, refugee_id, goal, activities, signed_on, signed_by)
  select person.id, person.id, 'Work as a cook', 'Danish,
internship', case when person.id = '${SIGNED}' then date '2026-11-16' end, case when person.id = '${SIGNED}' then account.id end
  from person, account`;

describe('contracts of two free texts', () => {
  let old: DatabaseBefore;

  beforeAll(async () => {
    old = await databaseBefore(ReviseContracts1795000000020);
    await old.source.query(OLD_CONTRACTS);
  });
  afterAll(() => old.drop());

  const rows = async () => {
    const all = await old.source.query<{ row: { id: string } }[]>(
      'select to_jsonb(c) as row from integration_contracts c',
    );
    return new Map(all.map(({ row }) => [row.id, row]));
  };
  it('become a goal and an activity, signed by both; and back again', async () => {
    const before = await rows();
    expect(before.get(SIGNED)).toMatchObject({ goal: 'Work as a cook', signed_on: '2026-11-16' });
    await old.run('up');
    const goals = [{ kind: 'employment', description: 'Work as a cook', occupation: null }];
    const activities = [
      { kind: 'other', description: 'Danish,\ninternship', fromOn: null, untilOn: null, hoursPerWeek: null },
    ];
    const after = await rows();
    expect(after.get(DRAFTED)).toMatchObject({ goals, activities, signed_on: null, person_signed_on: null });
    expect(after.get(SIGNED)).toMatchObject({
      goals,
      activities,
      person_signed_on: '2026-11-16',
      municipality_signed_on: '2026-11-16',
      signed_on: '2026-11-16',
    });
    // A draft that one has signed, and a revision, have no room in the old shape.
    await old.source.query(
      `update integration_contracts set municipality_signed_on = '2026-11-20',
         municipality_signed_by = (select id from staff_accounts) where id = $1`,
      [DRAFTED],
    );
    await old.source.query(
      `insert into integration_contracts (id, refugee_id, goals, activities, revises_id)
       select uuidv7(), refugee_id, goals, activities, id from integration_contracts where id = $1`,
      [SIGNED],
    );
    await old.run('down');
    expect(await rows()).toEqual(before);
  });
});
