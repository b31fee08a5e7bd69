import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Clock } from '../src/platform/clock/clock.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Tablet, type TabletOperation } from './support/tablet.js';
import { claimsOf, signed } from './support/tokens.js';

/** The visit's, on which it is closed. */
const DAY = '2027-01-11';
const RUNS = Number(process.env.RUNS ?? 100);
const SEED = process.env.SEED ? Number(process.env.SEED) : undefined;
const [DEVICES, PEOPLE] = [2, 2];
const FIELDS = ['school_years', 'has_cv', 'wishes'] as const;

jest.setTimeout(900_000);

type Step =
  | { do: 'work'; device: number; person: number; what: string; value: number }
  | { do: 'send'; device: number; part: number; turned: boolean; cut: 'none' | 'reply' | 'body' }
  | { do: 'both' }
  | { do: 'fetch'; device: number }
  | { do: 'revoke'; person: number }
  | { do: 'restore'; person: number }
  | { do: 'publish' };

const aDevice = fc.nat(DEVICES - 1);
// most of it is of one of them, so that devices meet
const aPerson = fc.constantFrom(0, 0, 0, PEOPLE - 1);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      device: aDevice,
      person: aPerson,
      what: fc.constantFrom('outcome', 'assessmentId', ...FIELDS, 'school_years', 'school_years'),
      value: fc.nat(3),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      device: aDevice,
      part: fc.nat(0xffff),
      turned: fc.boolean(),
      cut: fc.constantFrom('none' as const, 'none' as const, 'reply' as const, 'body' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('both' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fetch' as const), device: aDevice }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), person: aPerson }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), person: aPerson }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('publish' as const) }) },
);

interface Logged {
  operation_id: string;
  device_id: string;
  seq: number;
  base_revision: number;
  field: string;
  value: unknown;
  target: string | null;
  outcome: string;
  reason: string | null;
  revision: number | null;
  written: number | null;
}

describe('two devices on a visit, whatever the line does to them', () => {
  let app: TestApp;
  let unit: TestUnit;
  let colleague: TestAccount;
  let admin: TestAccount;
  let centreId: string;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    colleague = await makeAccount(app.database, unit.id, 'job_consultant');
    admin = await makeAccount(app.database, unit.id, 'administrator');
    centreId = (await app.as(unit.jobConsultant).get('/asylum-centres?limit=1')).body.items[0].id;
    await app.moveClock(`${DAY}T09:00:00Z`);
  });
  afterAll(() => app.close());

  test('each operation takes effect once, no value disappears, and everything is counted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 6, maxLength: 24, size: 'max' }), async (steps) => {
        const visit = await Run.begin(app, { unit, colleague, admin, centreId });
        for (const one of steps) await visit.take(one);
        await visit.comeHome();
        await visit.check();
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});

interface Around {
  unit: TestUnit;
  colleague: TestAccount;
  admin: TestAccount;
  centreId: string;
}

/** One visit, from the plan to the closing. */
class Run {
  /** What each device has been told of each field, and calls each person's assessment. */
  private readonly told = new Map<string, number>();
  private readonly called = new Map<string, string>();

  private constructor(
    private readonly app: TestApp,
    private readonly around: Around,
    private readonly visitId: string,
    private readonly people: { id: string; refugeeId: string }[],
    private readonly devices: Tablet[],
  ) {}

  static async begin(app: TestApp, around: Around): Promise<Run> {
    const consultant = app.as(around.unit.jobConsultant);
    const { centreId } = around;
    const visitId = (await consultant.post('/visits', { centreId, onDay: DAY })).body.id;
    const people = [];
    for (let i = 0; i < PEOPLE; i++) {
      const { id: refugeeId } = await register(app, around.unit.jobConsultant);
      const { id } = (await consultant.post(`/visits/${visitId}/participants`, { refugeeId })).body;
      people.push({ id, refugeeId });
    }
    const devices = Array.from({ length: DEVICES }, () => new Tablet(consultant, visitId));
    const run = new Run(app, around, visitId, people, devices);
    for (const one of devices) await run.fetch(one);
    for (const device of devices.keys())
      run.work({ do: 'work', device, person: 0, what: 'assessmentId', value: 0 });
    return run;
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'work') return this.work(step);
    if (step.do === 'both')
      return void (await Promise.all(this.devices.map((one) => this.send(one, one.log))));
    if (step.do === 'fetch') return this.fetch(this.devices[step.device]);
    if (step.do === 'revoke') return this.team(step.person, this.around.colleague);
    if (step.do === 'restore') return this.team(step.person, this.around.unit.jobConsultant);
    if (step.do === 'publish') return this.publish();
    const tablet = this.devices[step.device];
    // bits say which operations go along; replays are as likely as what is new
    const some = tablet.log.filter((_, i) => (step.part >> (i % 16)) & 1);
    const inOrder = step.turned ? some.toReversed() : some;
    if (step.cut === 'body') return this.cut(tablet, inOrder);
    await this.send(tablet, inOrder, step.cut === 'reply');
  }

  private work({ device, person, what, value }: Extract<Step, { do: 'work' }>): void {
    const tablet = this.devices[device];
    const { id } = this.people[person];
    const name = `${device} ${person}`;
    const base = this.told.get(`${device} ${person} ${what}`) ?? 0;
    if (what === 'outcome') return void tablet.says(id, what, ['met', 'met', 'absent', 'moved'][value], base);
    if (what === 'assessmentId') {
      this.called.set(name, this.called.get(name) ?? randomUUID());
      return void tablet.says(id, what, value === 3 ? null : this.called.get(name)!, base);
    }
    this.called.set(name, this.called.get(name) ?? randomUUID());
    const values: Record<string, unknown[]> = {
      school_years: [5, 6, null, { unknown: true }],
      has_cv: [true, false, null, { unknown: true }],
      wishes: [{ danish: 'Kok' }, { danish: 'Tømrer' }, null, 'no object'],
    };
    tablet.answers(this.called.get(name)!, what, values[what][value], base);
  }

  /** What it hears of the fields it goes on from. */
  private async send(tablet: Tablet, operations: TabletOperation[], lost = false): Promise<void> {
    const reply = await tablet.send(operations);
    if (reply.status !== 200)
      throw new Error(`sending answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    if (lost) return;
    const which = this.devices.indexOf(tablet);
    operations.forEach(({ subject, field }, i) => {
      const { revision } = reply.body.results[i];
      const whose = this.people.findIndex(
        ({ id }, n) => id === subject.id || this.called.get(`${which} ${n}`) === subject.id,
      );
      const key = `${which} ${whose} ${field}`;
      if (revision !== undefined) this.told.set(key, Math.max(this.told.get(key) ?? 0, revision));
    });
  }

  private async fetch(tablet: Tablet): Promise<void> {
    await tablet.fetch();
    const which = this.devices.indexOf(tablet);
    this.people.forEach(({ refugeeId }, n) => {
      const told = tablet.participant(refugeeId);
      if (!told) return;
      const { values, revisions } = told;
      if (values.assessmentId) this.called.set(`${which} ${n}`, values.assessmentId as string);
      for (const [field, revision] of Object.entries(revisions))
        this.told.set(`${which} ${n} ${field}`, revision);
    });
  }

  /** The line breaks in the middle of the body. */
  private async cut(tablet: Tablet, operations: TabletOperation[]): Promise<void> {
    const { hostname, port } = new URL(this.app.address);
    const body = JSON.stringify({
      packId: tablet.pack.packId,
      deviceId: tablet.deviceId,
      operations,
      last: 1,
    });
    const head = [
      `POST /api/v1/visits/${this.visitId}/operations HTTP/1.1`,
      `host: ${hostname}`,
      `authorization: Bearer ${signed(claimsOf(this.around.unit.jobConsultant, this.app.app.get(Clock).now()))}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, body.length / 2)}`, () => socket.destroy());
      });
      socket.on('close', () => resolve()).on('error', () => undefined);
    });
  }

  private async team(which: number, { id: staffId }: TestAccount): Promise<void> {
    const { refugeeId } = this.people[which];
    await this.app.as(this.around.unit.leader).put(`/refugees/${refugeeId}/team/job_consultant`, { staffId });
  }

  private async publish(): Promise<void> {
    const admin = this.app.as(this.around.admin);
    const [{ version, fields }] = (await admin.get('/form-versions?limit=1')).body.items;
    const again = fields.map(({ meaning: _, replaces: __, ...field }: Record<string, unknown>) => field);
    const { status } = await admin.post('/form-versions', { follows: version, fields: again });
    if (status !== 201) throw new Error(`publishing answered ${status}`);
  }

  async comeHome(): Promise<void> {
    for (const which of this.people.keys()) await this.team(which, this.around.unit.jobConsultant);
    for (const one of this.devices) await this.send(one, one.log);
    for (const one of this.devices) await this.send(one, one.log.toReversed());
  }

  async check(): Promise<void> {
    const { database } = this.app;
    const log = await database.asOwner<Logged>('select * from visit_operations where visit_id = $1', [
      this.visitId,
    ]);
    const made = this.devices.flatMap((tablet) => tablet.log);
    const said = (one: { id: string; value: unknown }) => `${one.id} ${JSON.stringify(one.value)}`;
    const kept = log.map(({ operation_id: id, value }) => said({ id, value }));
    same(kept.sort(), made.map(said).sort(), 'everything is in the log once, as it was said');
    const leader = this.app.as(this.around.unit.leader);
    const manifest = (await leader.get(`/visits/${this.visitId}/manifest`)).body;
    same([manifest.expected, manifest.received], [made.length, made.length], 'the manifest is n of n');

    const standing = await database.asOwner<Standing>(STANDING, [
      this.people.map(({ refugeeId }) => refugeeId),
      this.visitId,
    ]);
    const aliases = await database.asOwner<{ alias: string; assessment_id: string }>(
      'select alias, assessment_id from visit_assessment_aliases where visit_id = $1',
      [this.visitId],
    );
    const meant = ({ field, value }: { field: string; value: unknown }): unknown =>
      field === 'assessmentId'
        ? (aliases.find(({ alias }) => alias === value)?.assessment_id ?? value)
        : withoutWay(value);
    for (const one of standing)
      checkField(
        one,
        log.filter(({ target, field }) => target === one.target && field === one.field),
        meant,
      );
    await this.close();
  }

  /** What stands aside holds the visit until somebody chose. */
  private async close(): Promise<void> {
    const leader = this.app.as(this.around.unit.leader);
    for (const { id } of this.people)
      same(
        (await leader.put(`/visits/${this.visitId}/participants/${id}/outcome`, { outcome: 'met' })).status,
        200,
        'the outcome is said',
      );
    const at = `/visits/${this.visitId}/operations`;
    for (;;) {
      const { items } = (await leader.get(`${at}?decided=false&limit=100`)).body;
      if (items.length === 0) break;
      const early = await leader.post(`/visits/${this.visitId}/closings`);
      same(early.body.code, 'visits.operations_undecided', 'an undecided visit stays open');
      for (const { id, readable } of items) {
        same(readable, true, 'the leader reads what stands aside');
        const decision = { take: false, reason: 'Asked again' };
        const { status } = await leader.post(`${at}/${id}/decisions`, decision);
        // an earlier one of the same device goes with a later one
        same(status === 200 || status === 409, true, `deciding answered ${status}`);
      }
    }
    same((await leader.post(`/visits/${this.visitId}/closings`)).status, 201, 'the visit closes');
  }
}

interface Standing {
  target: string;
  field: string;
  revision: number;
  value: unknown;
}

/** Every field of the people, `$1`, and of the participants of a visit, `$2`. */
const STANDING = `
  select assessment_id as target, field, revision, value from assessment_answers an
  where assessment_id in (select id from assessments where refugee_id = any ($1))
  union all
  select id, 'outcome', outcome_revision, to_jsonb(outcome) from visit_participants where visit_id = $2
  union all
  select id, 'assessmentId', assessment_revision, to_jsonb(assessment_id) from visit_participants where visit_id = $2`;

/** Nobody but the devices writes: so each revision is the work of one operation, and every other one is accounted for. */
function checkField(
  { revision, ...standing }: Standing,
  log: Logged[],
  meant: (one: { field: string; value: unknown }) => unknown,
): void {
  const written = log.filter((one) => one.written !== null);
  const revisions = written.map((one) => one.written!).sort((a, b) => a - b);
  same(
    revisions,
    Array.from({ length: revision }, (_, i) => i + 1),
    `each effect of ${standing.field} happened once`,
  );
  const last = written.find((one) => one.written === revision);
  if (last) same(meant(standing), meant(last), `the last of ${standing.field} stands`);
  for (const one of written) {
    const unseen = written.filter(
      (other) => other.written! > one.base_revision && other.written! < one.written!,
    );
    const over = unseen.some((other) => other.device_id !== one.device_id);
    same(over, false, `${one.operation_id} wrote over what its device had not seen`);
    const late = unseen.some((other) => other.device_id === one.device_id && other.seq > one.seq);
    same(late, false, `${one.operation_id} wrote over a later one of its device`);
  }
  const values = written.map((one) => JSON.stringify(meant(one)));
  for (const one of log) {
    const later = log.some(
      ({ device_id, seq, outcome }) => device_id === one.device_id && seq > one.seq && outcome === 'applied',
    );
    const stood = values.includes(JSON.stringify(meant(one))) || (one.value === null && one.revision === 0);
    const accounted = one.written !== null || later || stood;
    if (one.outcome === 'applied') same(accounted, true, `${one.operation_id} stands, or was overtaken`);
    const others = written.some(({ device_id }) => device_id !== one.device_id);
    if (one.outcome === 'conflict') same(others, true, `${one.operation_id} crossed another device`);
    same(
      one.reason !== null,
      one.outcome === 'quarantined',
      `${one.operation_id} has a reason to stand aside`,
    );
  }
}

function same(is: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(is, wanted))
    throw new Error(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
}

/** Which way words are written is not said by the device. */
function withoutWay(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === 'direction' || inner === null ? undefined : inner,
    ) ?? 'null',
  );
}
