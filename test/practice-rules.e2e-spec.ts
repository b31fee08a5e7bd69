import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DryRunsService } from '../src/reminders/dry-runs.service.js';
import { DutiesService } from '../src/reminders/duties.service.js';
import { ReminderQueue } from '../src/reminders/reminder-queue.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { WorkerModule } from '../src/worker.module.js';
import { register } from './factories/refugees.js';
import { aPracticeRule } from './factories/papers.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { until } from './support/worker-process.js';

/** Taken over on Monday 1 February 2027. */
const allocated = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };
const ifMatch = (version: number) => ({ 'if-match': `"${version}"` });

interface Version {
  id: string;
  version: number;
  ruleId: string;
  number: number;
  state: string;
}
interface FollowUp {
  key: string;
  occurrence: number;
  title: string;
  state: string;
  targetOn: string;
  latestOn: string;
  endedBecause: string | null;
  practice: { ruleId: string; versionId: string; number: number } | null;
  moves: { because: { fact: string; subject: { id: string } | null }; toLatestOn: string }[];
}

describe('practice rules', () => {
  let app: TestApp;
  let north: TestUnit;

  beforeAll(async () => {
    app = await startApp();
  });
  beforeEach(async () => {
    await app.moveClock('2027-02-15T09:00:00Z');
    north = await makeUnit(app.database);
  });
  afterAll(() => app.close());

  const leader = (unit = north) => app.as(unit.leader);
  async function aCase(unit = north): Promise<string> {
    const { id } = await register(app, unit.jobConsultant, allocated);
    await app.as(unit.leader).put(`/refugees/${id}/team/caseworker`, { staffId: unit.caseworker.id });
    return id;
  }
  async function drafted(over: object = {}): Promise<Version> {
    const reply = await leader().post('/practice-rules', aPracticeRule(north.id, over));
    expect(reply.status).toBe(201);
    return reply.body;
  }
  async function switchedOn({ id, version }: Version): Promise<Version> {
    const reply = await leader().put(`/practice-rule-versions/${id}/activation`, undefined, ifMatch(version));
    expect(reply).toMatchObject({ status: 200, body: { state: 'on' } });
    return reply.body;
  }
  async function next(ruleId: string, change: object): Promise<Version> {
    const draft = await leader().post(`/practice-rules/${ruleId}/versions`);
    expect(draft.status).toBe(201);
    const reply = await leader().patch(
      `/practice-rule-versions/${draft.body.id}`,
      change,
      ifMatch(draft.body.version),
    );
    expect(reply.status).toBe(200);
    return reply.body;
  }
  const sweep = () => app.app.get(StalePlansService).sweep();
  const practiceOf = async (refugeeId: string, account: TestAccount = north.caseworker) =>
    (
      (await app.as(account).get(`/refugees/${refugeeId}/follow-ups?limit=100&sort=plannedAt`)).body
        .items as FollowUp[]
    ).filter(({ practice }) => practice !== null);

  it('asks the unit’s cases for what it says once it is on, in its own words, and no others', async () => {
    const south = await makeUnit(app.database);
    const [mine, theirs] = [await aCase(), await aCase(south)];
    const draft = await drafted();
    await sweep();
    expect(await practiceOf(mine)).toEqual([]);
    const { id, ruleId } = await switchedOn(draft);
    await sweep();
    expect(await practiceOf(mine)).toMatchObject([
      {
        key: `practice.${ruleId}`,
        title: 'Ring til familien',
        state: 'open',
        targetOn: '2027-02-22',
        latestOn: '2027-03-01',
        practice: { ruleId, versionId: id, number: 1 },
        act: { method: 'POST', href: `/api/v1/refugees/${mine}/talks` },
      },
    ]);
    expect(await practiceOf(theirs, south.caseworker)).toEqual([]);
    const day = (await app.as(north.caseworker).get('/my-day?limit=100')).body.items as FollowUp[];
    expect(day.filter(({ practice }) => practice).map(({ title }) => title)).toEqual(['Ring til familien']);
    const later = await aCase();
    expect(await practiceOf(later)).toHaveLength(1);
  });

  it('is closed by the fact that ends it', async () => {
    await switchedOn(await drafted());
    const id = await aCase();
    await app.as(north.caseworker).post(`/refugees/${id}/talks`, { heldOn: '2027-02-10', form: 'phone' });
    expect(await practiceOf(id)).toMatchObject([{ state: 'done', endedBecause: 'talk.held' }]);
  });

  it('a second version moves what the first planned, and the history says which; off, it is cancelled', async () => {
    const first = await switchedOn(await drafted());
    const id = await aCase();
    const second = await next(first.ruleId, { due: { count: 6, unit: 'weeks' } });
    expect(second).toMatchObject({ number: 2, state: 'draft' });
    await switchedOn(second);
    await sweep();
    expect((await leader().get(`/practice-rule-versions/${first.id}`)).body).toMatchObject({
      state: 'replaced',
    });
    expect(await practiceOf(id)).toMatchObject([
      {
        state: 'open',
        latestOn: '2027-03-15',
        practice: { versionId: second.id, number: 2 },
        moves: [
          {
            because: { fact: 'practice_rule.switched_on', subject: { id: second.id } },
            toLatestOn: '2027-03-15',
          },
        ],
      },
    ]);
    expect((await leader().delete(`/practice-rule-versions/${second.id}/activation`)).status).toBe(200);
    await sweep();
    expect(await practiceOf(id)).toMatchObject([
      { state: 'cancelled', endedBecause: 'practice_rule.switched_off', practice: { number: 2 } },
    ]);
    const again = await leader().delete(`/practice-rule-versions/${second.id}/activation`);
    expect(again).toMatchObject({ status: 409, body: { code: 'practice_rules.not_on' } });
    expect((await leader().post(`/practice-rules/${first.ruleId}/versions`)).body).toMatchObject({
      number: 3,
      due: { count: 6, unit: 'weeks' },
    });
  });

  it('new words alone move nothing', async () => {
    const first = await switchedOn(await drafted());
    const id = await aCase();
    await switchedOn(await next(first.ruleId, { title: { da: 'Besøg familien', en: 'Visit' } }));
    await sweep();
    expect(await practiceOf(id)).toMatchObject([
      { title: 'Besøg familien', moves: [], practice: { number: 2 } },
    ]);
  });

  it('switched on by two at once, one is told that it moved on', async () => {
    const { id, version } = await drafted();
    const both = await Promise.all(
      [1, 2].map(() => leader().put(`/practice-rule-versions/${id}/activation`, undefined, ifMatch(version))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('drafted by two at once, there is one draft', async () => {
    const { ruleId } = await switchedOn(await drafted());
    const both = await Promise.all([1, 2].map(() => leader().post(`/practice-rules/${ruleId}/versions`)));
    expect(both.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      [201, undefined],
      [409, 'practice_rules.draft_exists'],
    ]);
  });

  it('what is on or was stays as it is, whoever writes', async () => {
    const { id, version, ruleId } = await switchedOn(await drafted());
    const change = () =>
      leader().patch(`/practice-rule-versions/${id}`, { targetBefore: 3 }, ifMatch(version));
    expect(await change()).toMatchObject({ status: 409, body: { code: 'practice_rules.was_on' } });
    const rewrite = (set: string) =>
      expect(
        app.database.asApp(`update practice_rule_versions set ${set} where id = $1`, [id]),
      ).rejects.toMatchObject({ constraint: 'practice_rule_versions_frozen' });
    await rewrite(`terms = terms || '{"targetBefore": 3}'`);
    await rewrite(`state = 'draft', switched_on_at = null`);
    await switchedOn(await next(ruleId, { targetBefore: 3 }));
    await rewrite(`state = 'on', ended_at = null`);
    const gone = app.database.asApp('delete from practice_rule_versions where id = $1', [id]);
    await expect(gone).rejects.toMatchObject({ code: '42501' });
  });

  it('is the unit’s to read and its leader’s to edit', async () => {
    const south = await makeUnit(app.database);
    const administrator = await makeAccount(app.database, south.id, 'administrator');
    const assistant = await makeAccount(app.database, north.id, 'team_leader');
    const { id, ruleId, version } = await drafted();
    const url = `/practice-rule-versions/${id}`;
    const seen = async (account: TestAccount) => [
      (await app.as(account).get(url)).status,
      ((await app.as(account).get(`/practice-rules?unitId=${north.id}`)).body.items as object[]).length,
    ];
    expect(await seen(north.caseworker)).toEqual([200, 1]);
    expect(await seen(administrator)).toEqual([200, 1]);
    expect(await seen(south.leader)).toEqual([404, 0]);
    const edits = (account: TestAccount) =>
      Promise.all([
        app.as(account).patch(url, { targetBefore: 1 }, ifMatch(version)),
        app.as(account).put(`${url}/activation`, undefined, ifMatch(version)),
        app.as(account).delete(`${url}/activation`),
        app.as(account).post(`/practice-rules/${ruleId}/versions`),
        app.as(account).post(`${url}/dry-runs`),
      ]);
    for (const { status } of await edits(south.leader)) expect(status).toBe(404);
    for (const { status } of await edits(assistant)) expect(status).toBe(403);
    for (const { status } of await edits(north.caseworker)) expect(status).toBe(403);
    expect(await app.as(south.leader).post('/practice-rules', aPracticeRule(north.id))).toMatchObject({
      status: 404,
      body: { code: 'staff.unit_not_led' },
    });
  });

  it('names the landmarks there are to whoever asks for another', async () => {
    const reply = await leader().post(
      '/practice-rules',
      aPracticeRule(north.id, { after: 'moon.rose', doneBy: 'takeover' }),
    );
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ field: 'after' }, { field: 'doneBy' }] } });
    expect(JSON.stringify(reply.body)).toContain('contract.signed');
    const { after, whileIn, doneBy } = (await leader().get('/practice-rules/landmarks')).body;
    expect([after.length, whileIn.length, doneBy.length]).toEqual([10, 5, 3]);
  });

  describe('a dry run', () => {
    const carryOut = (id: string) => app.app.get(DryRunsService).carryOut(id);
    async function asked(versionId: string): Promise<string> {
      const reply = await leader().post(`/practice-rule-versions/${versionId}/dry-runs`);
      expect(reply).toMatchObject({ status: 202, body: { state: 'running', seen: 0 } });
      return reply.body.id;
    }
    const found = async (id: string) => (await leader().get(`/dry-runs/${id}`)).body;
    const casesOf = async (id: string) =>
      (await leader().get(`/dry-runs/${id}/cases?limit=100`)).body.items as {
        id: string;
        changes: {
          change: string;
          occurrence: number;
          targetOn: string | null;
          latestOn: string | null;
        }[];
      }[];

    /** Cases of every kind: not taken over, in work, with a talk, off work again. */
    async function mixed(): Promise<string[]> {
      const ids = await Promise.all(Array.from({ length: 6 }, () => aCase()));
      ids.push((await register(app, north.jobConsultant)).id);
      const karen = app.as(north.caseworker);
      const spell = (id: string, body: object) => karen.post(`/refugees/${id}/spells`, body);
      await spell(ids[0], { kind: 'work', fromOn: '2027-02-05', employer: 'Hotel' });
      await spell(ids[1], { kind: 'work', fromOn: '2027-02-03', toOn: '2027-02-10', employer: 'Hotel' });
      await spell(ids[5], { kind: 'work', fromOn: '2027-02-08', employer: 'Hotel' });
      await spell(ids[2], { kind: 'suspended', fromOn: '2027-02-08', toOn: '2027-02-14' });
      for (const id of [ids[0], ids[3]])
        await karen.post(`/refugees/${id}/talks`, { heldOn: '2027-02-12', form: 'phone' });
      return ids;
    }
    /** What stands in the plan: of each case its practice follow-ups. */
    const standing = () =>
      app.database.asOwner<{ id: string; text: string }>(
        `select refugee_id as id, string_agg(state || ' ' || occurrence || ' ' || target_on || ' ' || latest_on, ', ' order by id) as text
         from follow_ups where practice_version_id is not null and refugee_id in (select id from refugees where unit_id = $1)
         group by refugee_id`,
        [north.id],
      );

    it.each([
      ['counted from the takeover', {}],
      ['while in work', { after: 'work.began', whileIn: 'in_work' }],
      ['again and again', { repeats: true, due: { count: 10, unit: 'days' } }],
      ['from each talk', { after: 'talk.held' }],
    ])('says what then happens when it is switched on: %s', async (_, over) => {
      await mixed();
      const draft = await drafted(over);
      const before = await app.database.contents();
      const id = await asked(draft.id);
      await carryOut(id);
      const after = await app.database.contents();
      for (const table of ['follow_ups', 'reminders', 'plans', 'follow_up_moves'])
        expect(after[table]).toEqual(before[table]);
      const run = await found(id);
      expect(run).toMatchObject({ state: 'done', seen: 7, total: 7, moved: 0, ended: 0 });
      const foretold = (await casesOf(id)).map((one) => [
        one.id,
        one.changes.map((c) => `open ${c.occurrence} ${c.targetOn} ${c.latestOn}`).join(', '),
      ]);
      await switchedOn(draft);
      await sweep();
      const happened = (await standing()).map((one) => [one.id, one.text]);
      expect(foretold.sort()).toEqual(happened.sort());
      expect(run).toMatchObject({ cases: happened.length, opened: happened.length });
      expect(happened.length).toBeGreaterThan(0);
    });

    it('tells of a second version what it would move and what it would end', async () => {
      const ids = await mixed();
      const first = await switchedOn(await drafted());
      await sweep();
      const second = await next(first.ruleId, { after: 'work.began', due: { count: 2, unit: 'weeks' } });
      const id = await asked(second.id);
      await carryOut(id);
      const changes = new Map((await casesOf(id)).map((one) => [one.id, one.changes.map((c) => c.change)]));
      expect(changes.get(ids[1])).toEqual(['moved']);
      expect(changes.get(ids[4])).toEqual(['cancelled']);
      expect(changes.get(ids[3])).toBeUndefined();
      const run = await found(id);
      await switchedOn(second);
      await sweep();
      const moved = await app.database.asOwner<object>(
        `select from follow_up_moves where because_subject_id = $1`,
        [second.id],
      );
      const ended = await app.database.asOwner<object>(`select from follow_ups where ended_subject_id = $1`, [
        second.id,
      ]);
      expect([run.moved, run.ended, run.opened]).toEqual([moved.length, ended.length, 0]);
    });

    it('goes on where it was when the worker is killed, and counts nothing twice', async () => {
      await app.database.asOwner(
        `insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality, takeover_on)
         select uuidv7(), $1, 'Selam', 'Tesfay', '1990-01-01', 'female', 'ER', '2027-02-01' from generate_series(1, 450)`,
        [north.id],
      );
      const id = await asked((await drafted()).id);
      expect(await app.app.get(DryRunsService).carryOn(id)).toBe(true);
      const ask = jest
        .spyOn(app.app.get(DutiesService), 'asked')
        .mockRejectedValue(new Error('the worker is gone'));
      await expect(carryOut(id)).rejects.toThrow('gone');
      ask.mockRestore();
      expect(await found(id)).toMatchObject({ state: 'running', seen: 200, cases: 200 });
      await Promise.all([carryOut(id), carryOut(id)]);
      await carryOut(id);
      expect(await found(id)).toMatchObject({
        state: 'done',
        total: 450,
        seen: 450,
        cases: 450,
        opened: 450,
      });
    });

    it('is asked of the terms as they are, whatever the draft becomes', async () => {
      await aCase();
      const draft = await drafted();
      const id = await asked(draft.id);
      await leader().patch(`/practice-rule-versions/${draft.id}`, { doneBy: 'visitation' }, ifMatch(1));
      await carryOut(id);
      expect(await found(id)).toMatchObject({ state: 'done', opened: 1 });
    });

    it('is read by the unit, case by case by who sees them, and logged; a week later it is forgotten', async () => {
      const south = await makeUnit(app.database);
      const mine = await aCase();
      await register(app, north.jobConsultant, allocated);
      const id = await asked((await drafted()).id);
      await carryOut(id);
      const seen = await app.as(north.caseworker).get(`/dry-runs/${id}/cases`);
      expect(seen.body.items).toMatchObject([{ id: mine, name: 'Selam Tesfay' }]);
      expect(await casesOf(id)).toHaveLength(2);
      expect(
        await app.database.asOwner(`select from read_log where what = 'dry_runs.cases' and actor_id = $1`, [
          north.caseworker.id,
        ]),
      ).toHaveLength(1);
      expect((await app.as(south.leader).get(`/dry-runs/${id}`)).status).toBe(404);
      expect((await app.as(south.leader).get(`/dry-runs/${id}/cases`)).status).toBe(404);
      await app.moveClock('2027-02-22T09:01:00Z');
      await app.app.get(DryRunsService).sweep();
      expect(await leader().get(`/dry-runs/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'practice_rules.no_such_dry_run' },
      });
    });

    // Last: a worker in this process brings a clock of its own, which the door asks from then on.
    it.each([
      ['woken by who asks', 3_600],
      ['found by the sweep', 1],
    ])('is carried out by the worker, %s', async (_, sweepSeconds) => {
      await aCase();
      const { id: versionId } = await drafted();
      const start = async () => {
        process.env.SWEEP_SECONDS = String(sweepSeconds);
        return NestFactory.createApplicationContext(WorkerModule, { logger: false, abortOnError: false });
      };
      let worker: INestApplicationContext | undefined;
      try {
        if (sweepSeconds > 1) worker = await start();
        else jest.spyOn(app.app.get(ReminderQueue), 'wakeDryRuns').mockRejectedValueOnce(new Error('away'));
        const id = await asked(versionId);
        worker ??= await start();
        await until(async () => (await found(id)).state === 'done');
        expect(await found(id)).toMatchObject({ cases: 1, opened: 1 });
      } finally {
        await worker?.close();
      }
    });
  });
});
