import { Office } from './factories/office.js';
import { aCpr, anAdult } from './factories/papers.js';
import type { TestAccount } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { attempt, nameOf, routesOf } from './support/attempts.js';
import { Client, type Reply } from './support/client.js';
import { CANARY, CPR, plantCanaries, serialThat, tablesWith, wrongsOfFailure } from './support/canaries.js';
import { startProgram, type Program } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';
import { VALID_REQUESTS } from './support/valid-requests.js';
import type { Role } from '../src/staff/staff.contract.js';

/** Where a person's words and names are kept; nowhere else may they be. */
const TABLES_OF_WORDS = [
  'assessment_answers',
  'assessments',
  'case_documents',
  'case_handover_questions',
  'case_handovers',
  'case_note_amendments',
  'case_notes',
  'integration_contracts',
  'operator_form_answers',
  'refugees',
  'spells',
  'talks',
];

const isFile = ({ status, headers }: Reply) => status < 300 && headers.has('content-disposition');

interface ReadRow {
  what: string;
  purpose: string;
  person_ids: string[];
}

describe('what is personal', () => {
  let app: TestApp;
  let office: Office;

  beforeAll(async () => {
    app = await startApp();
    office = await Office.open(app);
    await office.knownCase();
  });
  afterAll(() => app.close());

  const readsBy = (role: Role) =>
    app.database.asOwner<ReadRow>(
      'select what, purpose, person_ids from read_log where actor_id = $1 order by id',
      [office.account(role).id],
    );
  const shown = async (body: unknown) => {
    const text = JSON.stringify(body);
    const people = await app.database.asOwner<{ id: string }>('select id from refugees order by id');
    return people.map(({ id }) => id).filter((id) => text.includes(id));
  };
  const identifiersOf = (id: string) =>
    app.database.asOwner<{ id: string; sealed: Buffer; blind_index: Buffer }>(
      `select id, sealed, blind_index from refugee_identifiers where refugee_id = $1 and system = 'cpr' order by id`,
      [id],
    );
  const register = (over: Record<string, unknown>) =>
    office.as('job_consultant').post('/refugees', { ...anAdult(), ...over });

  describe('the read log', () => {
    it('has one row for every reply that shows people, with all of them and no others', async () => {
      for (let i = 0; i < 3; i++) await office.person();
      const wrong: string[] = [];
      let rows = 0;
      for (const route of routesOf(app).filter(({ access }) => !access.open)) {
        for (const role of route.access.roles.slice(0, 4) as Role[]) {
          const request = await VALID_REQUESTS[nameOf(route)](office);
          const before = (await readsBy(role)).length;
          const reply = await attempt(office.as(role), route, request);
          const logged = (await readsBy(role)).slice(before);
          const people = reply.status < 300 ? await shown(reply.body) : [];
          if (reply.body?.cpr || isFile(reply)) people.push((request.shows ?? request.case)!);
          rows += people.length > 0 ? 1 : 0;
          const said = logged.map(({ person_ids }) => person_ids.toSorted().join());
          if (said.join(';') !== people.join())
            wrong.push(`${nameOf(route)} ${role}: ${said.join(';')} for ${people.join()}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(rows).toBeGreaterThan(40);
    });

    it('counts every reading, each with its purpose', async () => {
      const { id, cpr } = await office.knownCase();
      const before = (await readsBy('team_leader')).length;
      const leader = office.as('team_leader');
      for (let i = 0; i < 3; i++) await leader.get(`/refugees/${id}`);
      await leader.post('/refugees/lookups', { cpr });
      await leader.post(`/refugees/${id}/cpr-reveals`);
      expect(
        (await readsBy('team_leader')).slice(before).map(({ what, purpose }) => [what, purpose]),
      ).toEqual([
        ...Array.from({ length: 3 }, () => ['refugees.read', 'supervision']),
        ['refugees.lookup', 'supervision'],
        ['refugees.cpr_reveal', 'supervision'],
      ]);
    });

    it('can be changed by nobody who serves, nor can the timeline', async () => {
      for (const table of ['read_log', 'timeline']) {
        for (const change of [`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table}`])
          await expect(app.database.asApp(change)).rejects.toThrow('permission denied');
      }
    });

    it('is no formality: what cannot be logged is not shown', async () => {
      const known = await office.knownCase();
      const wrong: string[] = [];
      await app.database.asOwner('revoke insert on read_log from ankomst_app');
      try {
        for (const route of routesOf(app).filter(({ access }) => access.roles.includes('team_leader'))) {
          if (route.method !== 'GET' && !/lookups|reveals/.test(route.url)) continue;
          const reply = await attempt(
            office.as('team_leader'),
            route,
            await VALID_REQUESTS[nameOf(route)](office),
          );
          const text = JSON.stringify(reply.body);
          const leaks = [known.familyName, known.cpr, known.asylumPersonId].filter((secret) =>
            text.includes(secret),
          );
          if (leaks.length > 0) wrong.push(`${nameOf(route)} shows ${leaks}`);
          if (reply.status >= 500)
            wrong.push(...wrongsOfFailure(reply).map((what) => `${nameOf(route)} ${what}`));
        }
        for (const address of [
          `/refugees/${known.id}`,
          '/refugees',
          '/my-day',
          `/contracts/${known.contract}`,
        ])
          expect((await office.as('team_leader').get(address)).status).toBe(500);
      } finally {
        await app.database.asOwner('grant insert on read_log to ankomst_app');
      }
      expect(wrong).toEqual([]);
      expect((await office.as('team_leader').get(`/refugees/${known.id}`)).status).toBe(200);
    });
  });

  describe('a CPR number', () => {
    it('rests as ciphertext only, in no table of the database in any form', async () => {
      const { cpr } = await office.knownCase();
      const digits = cpr.replace('-', '');
      const forms = [
        cpr,
        digits,
        Buffer.from(digits).toString('hex'),
        Buffer.from(cpr).toString('hex'),
        Buffer.from(digits).toString('base64'),
      ];
      expect(await tablesWith(app.database, forms)).toEqual([]);
    });

    it('is sealed anew each time, to its own row', async () => {
      const cpr = aCpr();
      const { id } = (await register({ cpr })).body;
      for (const number of [aCpr(), cpr])
        expect(
          (await office.as('job_consultant').post(`/refugees/${id}/identifiers`, { cpr: number })).status,
        ).toBe(201);
      const [first, , second] = await identifiersOf(id);
      // The last ten bytes are the digits, the rest differs by the row.
      expect(first.sealed.subarray(-10).equals(second.sealed.subarray(-10))).toBe(false);
      expect(first.blind_index.equals(second.blind_index)).toBe(true);
    });

    it('does not open in another row, nor when a bit of it is changed', async () => {
      const [one, other] = [
        (await register({ cpr: aCpr() })).body.id,
        (await register({ cpr: aCpr() })).body.id,
      ];
      const [[mine], [theirs]] = [await identifiersOf(one), await identifiersOf(other)];
      const bent = Buffer.from(mine.sealed);
      bent[bent.length - 1] ^= 1;
      for (const sealed of [theirs.sealed, bent, Buffer.alloc(0), mine.sealed.subarray(0, 20)]) {
        await app.database.asOwner('update refugee_identifiers set sealed = $2 where id = $1', [
          mine.id,
          sealed,
        ]);
        for (const reply of [
          await office.as('job_consultant').get(`/refugees/${one}`),
          await office.as('job_consultant').post(`/refugees/${one}/cpr-reveals`),
        ]) {
          expect(reply.status).toBe(500);
          expect(wrongsOfFailure(reply)).toEqual([]);
          expect(JSON.stringify(reply.body)).not.toMatch(CPR);
        }
      }
      await app.database.asOwner('update refugee_identifiers set sealed = $2 where id = $1', [
        mine.id,
        mine.sealed,
      ]);
    });

    it('is masked in every reply but the one that reveals it', async () => {
      const { cpr, id } = await office.knownCase();
      const reply = await office.as('job_consultant').post(`/refugees/${id}/cpr-reveals`);
      expect(reply.body).toEqual({ cpr });
      for (const route of routesOf(app).filter(({ access }) => access.roles.includes('job_consultant'))) {
        if (route.url.endsWith('/cpr-reveals')) continue;
        const { body } = await attempt(
          office.as('job_consultant'),
          route,
          await VALID_REQUESTS[nameOf(route)](office),
        );
        expect(JSON.stringify(body)).not.toMatch(CPR);
      }
    });

    it('stands in no address', async () => {
      expect(routesOf(app).filter(({ url }) => /:(cpr|number|value)/i.test(url))).toEqual([]);
      for (const address of [
        '/refugees?cpr=0101904000',
        '/refugees/lookups?cpr=0101904000',
        '/refugees/010190-4000',
      ])
        expect((await office.as('coordinator').get(address)).status).toBe(400);
    });

    it('is taken with a doubt about its check digit, and refused when its day cannot be', async () => {
      const warningsOf = async (cpr: string) => {
        const { body } = await register({ cpr });
        return body.identifiers[0].warnings;
      };
      const [fits, fails] = [serialThat(true), serialThat(false)];
      expect(await warningsOf(`110589${fits}`)).toEqual([]);
      expect(await warningsOf(`110589-${fails}`)).toEqual(['modulus_11']);
      const no = [
        '310290-1234',
        '000190-1234',
        '011390-1234',
        '320190-1234',
        '０１０１９０-１２３４',
        '010190 1234',
        '10190-1234',
        '010190-12345',
        '010190-123',
        ' 010190-1234',
        '010190--234',
        '٠١٠١٩٠-١٢٣٤',
      ];
      for (const cpr of no) {
        for (const reply of [
          await register({ cpr }),
          await office.as('coordinator').post('/refugees/lookups', { cpr }),
        ])
          expect({ cpr, status: reply.status, field: reply.body.errors?.[0].field }).toEqual({
            cpr,
            status: 400,
            field: 'cpr',
          });
      }
    });

    it('has one stored form, with hyphen or without', async () => {
      const cpr = aCpr();
      const { id } = (await register({ cpr })).body;
      const found = await office.as('coordinator').post('/refugees/lookups', { cpr: cpr.replace('-', '') });
      // The coordinator is not on the team of this case.
      expect(found.body.items).toEqual([]);
      expect(
        (await office.as('team_leader').post('/refugees/lookups', { cpr: cpr.replace('-', '') })).body.items,
      ).toMatchObject([{ id }]);
      expect(await register({ cpr: cpr.replace('-', '') })).toMatchObject({
        status: 409,
        body: { code: 'refugees.cpr_taken' },
      });
    });
  });

  it('stands in the rows of its own table, in no timeline, log, plan or queue', async () => {
    await plantCanaries(office);
    expect(await tablesWith(app.database, [CANARY])).toEqual(TABLES_OF_WORDS);
  });

  describe('the log', () => {
    let program: Program;
    let there: Office;

    beforeAll(async () => {
      program = await startProgram({ LOG_LEVEL: 'trace' });
      const as = (account: TestAccount) => new Client(program.address, () => signed(claimsOf(account)));
      there = await Office.open({ database: program.database, as });
    });
    afterAll(() => program?.stop());

    it('holds no word of a person, whatever goes wrong', async () => {
      const { id } = await plantCanaries(there);
      const own = there.as('job_consultant');
      const canary = { ...anAdult(), givenNames: CANARY, cpr: aCpr() };
      const { cpr } = canary;
      const statuses = [
        await own.post('/refugees', canary),
        await own.post('/refugees', canary),
        await own.get(`/refugees?q=${CANARY}`, { 'user-agent': CANARY }),
        await own.get(`/refugees?${CANARY}=${cpr}`),
        await own.get(`/refugees/${CANARY}`),
        await own.get(`/${CANARY}/${cpr}`),
        await own.get(`/refugees/%ZZ${CANARY}`),
        await own.post('/refugees', `{"givenNames":"${CANARY}`),
        await own.post('/refugees', { ...anAdult(), [CANARY]: cpr }),
        await own.post('/refugees', { ...anAdult(), nationality: CANARY }),
        await own.post('/refugees', { ...anAdult(), givenNames: CANARY, interpreter: { needed: true } }),
        await own.post('/refugees/lookups', { cpr }),
        await own.post(`/refugees/${id}/cpr-reveals`),
        await own.post('/auth/sign-in', { email: `${CANARY}@example.dk`, password: CANARY }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([201, 409, 200, 400, 400, 404, 400, 400, 400, 422, 422, 200, 404, 401]);
      await program.database.asOwner('revoke insert on read_log from ankomst_app');
      await program.database.asOwner(`
        create function blab() returns trigger language plpgsql as $$
        begin raise exception 'no room for %', new using detail = new::text; end $$`);
      await program.database.asOwner(
        'create trigger blab before insert on refugees for each row execute function blab()',
      );
      for (const reply of [
        await own.get(`/refugees?q=${CANARY}`),
        await own.post('/refugees', { ...canary, cpr: aCpr() }),
        await own.get(`/refugees/${id}`),
      ])
        expect(reply.status).toBe(500);
      const lines = program.output().trim().split('\n');
      expect(lines.length).toBeGreaterThan(30);
      for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
      expect(lines.filter((line) => line.includes(CANARY) || CPR.test(line))).toEqual([]);
    });
  });
});
