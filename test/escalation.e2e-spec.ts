import { EscalationService } from '../src/reminders/escalation.service.js';
import { register } from './factories/refugees.js';
import { makeReminder } from './factories/reminders.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

interface Case {
  refugeeId: string;
  followUpId: string;
  reminderId: string;
  unit: TestUnit;
  deputy: TestAccount;
}

/** Sent on Monday 15 February, to the deputy on Thursday the 18th, to the leader on Monday the 22nd. */
const SENT = '2027-02-15T07:00:00Z';
const [BEFORE, DEPUTY, SATURDAY, LEADER] = [
  '2027-02-18T06:59:00Z',
  '2027-02-18T07:00:01Z',
  '2027-02-20T09:00:00Z',
  '2027-02-22T07:00:01Z',
];

describe('a reminder that nobody reads', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  // what an earlier test left unread is none of the next one's
  beforeEach(() => sql(`update reminders set escalated = 'leader'`, []));
  afterAll(() => app.close());

  const sql = (statement: string, parameters: unknown[]) => app.database.asOwner(statement, parameters);
  const setDeputy = (account: TestAccount, deputyId: string | null) =>
    sql('update staff_accounts set deputy_id = $2 where id = $1', [account.id, deputyId]);
  const isAway = (account: TestAccount, deputyId: string | null) =>
    sql(
      `insert into staff_absences (id, account_id, from_on, to_on, deputy_id, recorded_by)
       values (uuidv7(), $1, '2027-02-01', '2027-03-31', $2, $1)`,
      [account.id, deputyId],
    );

  /** A unit of its own, so that each is by itself; the caseworker has a deputy and has been reminded. */
  const unread = async (step = 'target'): Promise<Case> => {
    await app.moveClock('2027-02-15T09:00:00Z');
    const unit = await makeUnit(app.database);
    const deputy = await makeAccount(app.database, unit.id, 'caseworker');
    await setDeputy(unit.caseworker, deputy.id);
    const { id: refugeeId } = await register(app, unit.jobConsultant, {
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-12-01' },
    });
    await app.as(unit.leader).put(`/refugees/${refugeeId}/team/caseworker`, { staffId: unit.caseworker.id });
    // the planner's own stands: only what it reminds of is as the test wants it
    const [{ id: followUpId }] = await app.database.asOwner<{ id: string }>(
      `select id from follow_ups where refugee_id = $1 and state = 'open'`,
      [refugeeId],
    );
    await sql('delete from reminders where follow_up_id = $1', [followUpId]);
    const reminderId = await remind(followUpId, unit.caseworker.id, step);
    return { refugeeId, followUpId, reminderId, unit, deputy };
  };
  const remind = async (followUpId: string, recipientId: string, step: string) => {
    const [{ id }] = await app.database.asOwner<{ id: string }>(
      `insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at, state, sent_at, deputy_on, leader_on)
       values ($1, $2, $3, 'in_app', '2027-02-15', $4, 'sent', $4, '2027-02-18', '2027-02-22') returning id`,
      [followUpId, step, recipientId, SENT],
    );
    return id;
  };
  const sweepAt = async (instant: string): Promise<number> => {
    await app.moveClock(instant);
    return app.app.get(EscalationService).sweep();
  };
  /** Who was told of it, as what, by how many channels. */
  const told = async ({ followUpId, unit, deputy, reminderId }: Case) => {
    const names = new Map([
      [unit.leader.id, 'the leader'],
      [deputy.id, 'the deputy'],
    ]);
    const rows = await app.database.asOwner<{ step: string; recipient_id: string; channels: number }>(
      `select step, recipient_id, count(*)::int as channels from reminders
       where follow_up_id = $1 and id <> $2 and step in ('deputy', 'leader') and state <> 'cancelled'
       group by step, recipient_id, due_on order by step`,
      [followUpId, reminderId],
    );
    return rows.map(
      ({ step, recipient_id, channels }) =>
        `${names.get(recipient_id) ?? 'another'} as ${step} by ${channels}`,
    );
  };
  const seesCase = async (account: TestAccount, refugeeId: string) =>
    (await app.as(account).get(`/refugees/${refugeeId}`)).status === 200;
  const AS_DEPUTY = 'the deputy as deputy by 2';
  const AS_LEADER = 'the leader as leader by 2';

  test.each<[string, (one: Case) => Promise<unknown>, string, string[]]>([
    ['stays with its owner until its day', async () => 0, BEFORE, []],
    ['goes to the deputy on its day', async () => 0, DEPUTY, [AS_DEPUTY]],
    ['goes to nobody when nobody is at work', async () => 0, SATURDAY, []],
    ['goes to the leader when nobody looked in between', async () => 0, LEADER, [AS_LEADER]],
    [
      'goes to the leader at once when there is no deputy',
      ({ unit }) => setDeputy(unit.caseworker, null),
      DEPUTY,
      [AS_LEADER],
    ],
    [
      'goes to the leader at once when the deputy left',
      ({ deputy }) => sql('update staff_accounts set disabled_at = now() where id = $1', [deputy.id]),
      DEPUTY,
      [AS_LEADER],
    ],
    [
      'goes to the leader at once when the deputy is away, too',
      ({ deputy }) => isAway(deputy, null),
      DEPUTY,
      [AS_LEADER],
    ],
    [
      'goes to who does the work of an owner who is away',
      async ({ unit, deputy }) => {
        await setDeputy(unit.caseworker, null);
        await isAway(unit.caseworker, deputy.id);
      },
      DEPUTY,
      [AS_DEPUTY],
    ],
    [
      'goes to who leads the unit in the leader’s place',
      async ({ unit }) => {
        await setDeputy(unit.caseworker, null);
        await isAway(unit.leader, (await makeAccount(app.database, unit.id, 'team_leader')).id);
      },
      DEPUTY,
      ['another as leader by 2'],
    ],
    [
      'goes to the deputy, however late, when nobody leads the unit',
      ({ unit }) => sql('update staff_accounts set disabled_at = now() where id = $1', [unit.leader.id]),
      LEADER,
      [AS_DEPUTY],
    ],
    [
      'goes to nobody on its old days once the leader has put the thing off',
      async ({ followUpId, unit }) => {
        const later = { followUpIds: [followUpId], until: '2027-02-17', reason: 'Ill' };
        expect((await app.as(unit.leader).post('/follow-ups/snoozes', later)).status).toBe(201);
      },
      DEPUTY,
      [],
    ],
    [
      'goes to nobody on its old days once the days of the thing have moved',
      async ({ refugeeId, unit }) => {
        const pause = { kind: 'suspended', fromOn: '2027-02-15', toOn: '2027-02-16' };
        expect((await app.as(unit.caseworker).post(`/refugees/${refugeeId}/spells`, pause)).status).toBe(201);
      },
      DEPUTY,
      [],
    ],
    [
      'goes to nobody once it was read',
      ({ reminderId }) => sql('update reminders set read_at = clock_now() where id = $1', [reminderId]),
      LEADER,
      [],
    ],
    [
      'goes to nobody when another of the same was read since',
      async ({ followUpId, unit }) =>
        sql('update reminders set read_at = clock_now() where id = $1', [
          await remind(followUpId, unit.caseworker.id, 'last'),
        ]),
      LEADER,
      [],
    ],
    [
      'goes to nobody while it is put off',
      ({ followUpId }) =>
        sql(`update follow_ups set snoozed_until = '2027-02-23' where id = $1`, [followUpId]),
      LEADER,
      [],
    ],
    [
      'goes to nobody while the law suspends it',
      ({ followUpId }) => sql('update follow_ups set suspended = true where id = $1', [followUpId]),
      LEADER,
      [],
    ],
    [
      'goes to nobody when it is somebody else’s by now',
      ({ followUpId, unit }) =>
        sql('update follow_ups set owner_id = $2 where id = $1', [followUpId, unit.coordinator.id]),
      LEADER,
      [],
    ],
  ])('%s', async (_, given, at, expected) => {
    const one = await unread();
    await given(one);
    expect(await sweepAt(at)).toBe(expected.length);
    expect(await told(one)).toEqual(expected);
    expect(await sweepAt(at)).toBe(0);
    expect(await told(one)).toEqual(expected);
  });

  it('lets the deputy see the case, says so in its history, and goes on to the leader', async () => {
    const one = await unread();
    expect(await seesCase(one.deputy, one.refugeeId)).toBe(false);
    await sweepAt(DEPUTY);
    expect(await seesCase(one.deputy, one.refugeeId)).toBe(true);
    await sweepAt(LEADER);
    expect(await told(one)).toEqual([AS_DEPUTY, AS_LEADER]);
    expect(
      await app.database.asOwner(
        `select subject_id, details from timeline where fact = 'follow_up.escalated' and case_ids @> array[$1::uuid] order by id`,
        [one.refugeeId],
      ),
    ).toEqual(
      ['deputy', 'leader'].map((to) => ({ subject_id: one.followUpId, details: { to, step: 'target' } })),
    );
  });

  it('stops when the deputy reads', async () => {
    const one = await unread();
    await sweepAt(DEPUTY);
    await sql(`update reminders set read_at = clock_now() where follow_up_id = $1 and step = 'deputy'`, [
      one.followUpId,
    ]);
    expect(await sweepAt(LEADER)).toBe(0);
  });

  it('of many is passed on once each, by two workers at a time', async () => {
    const first = await unread();
    const { unit, refugeeId } = first;
    await app.moveClock(DEPUTY);
    const others = await Promise.all(
      Array.from({ length: 120 }, () =>
        makeReminder(app.database, {
          refugeeId,
          recipientId: unit.caseworker.id,
          followUp: { subject_type: 'other', subject_id: refugeeId },
          reminder: { state: 'sent', sent_at: SENT, deputy_on: '2027-02-18', leader_on: '2027-02-22' },
        }),
      ),
    );
    const sweeps = [app, app].map((one) => one.app.get(EscalationService).sweep());
    const found = (await Promise.all(sweeps)).reduce((sum, one) => sum + one, 0);
    expect(found).toBe(121);
    const rows = await app.database.asOwner<{ n: number }>(
      `select count(*)::int as n from reminders where step = 'deputy' and follow_up_id = any($1) group by follow_up_id`,
      [[first.followUpId, ...others.map(({ followUpId }) => followUpId)]],
    );
    expect(rows).toEqual(Array.from({ length: 121 }, () => ({ n: 2 })));
  });
});
