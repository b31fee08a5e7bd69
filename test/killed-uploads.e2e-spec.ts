import { randomUUID } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { UnneededFiles } from '../src/platform/files/unneeded-files.js';
import { SHELVES } from '../src/platform/files/store.js';
import { aPdf } from './factories/file-bytes.js';
import { Office } from './factories/office.js';
import type { TestAccount } from './factories/staff.js';
import { startApp } from './support/app.js';
import { Client } from './support/client.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { startProgram, type Program } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';
import { until } from './support/worker-process.js';

const TWO_DAYS_AGO = new Date(Date.now() - 48 * 3_600_000);

jest.setTimeout(60_000);

describe('kill -9 of the program while a document comes in', () => {
  let database: TestDatabase;
  let program: Program;
  let office: Office;
  let refugeeId: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    program = await startProgram({}, database);
    const as = (account: TestAccount) => new Client(program.address, () => signed(claimsOf(account)));
    office = await Office.open({ database, as });
  });
  afterAll(async () => {
    await program?.stop();
    await database.drop();
  });
  beforeEach(async () => {
    refugeeId = (await office.person()).id;
  });

  const lying = async () => {
    const all = await readdir(process.env.FILES_AT!.slice('file:'.length), {
      recursive: true,
      withFileTypes: true,
    });
    return all
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  };
  const isComingIn = (path: string) => path.includes('/incoming/');
  const put = (id: string) =>
    office.as('caseworker').put(`/refugees/${refugeeId}/documents/${id}?kind=other`, aPdf(), {
      'content-type': 'application/pdf',
      'file-name': 'x.pdf',
    });
  /** All but the last byte of a document. */
  const almost = (id: string): Socket => {
    const { hostname, port } = new URL(program.address);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const head = [
      `PUT /api/v1/refugees/${refugeeId}/documents/${id}?kind=other HTTP/1.1`,
      'host: x',
      'content-type: application/pdf',
      'file-name: x.pdf',
      `content-length: ${aPdf().length}`,
      `authorization: Bearer ${signed(claimsOf(office.account('caseworker')))}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(aPdf().subarray(0, -1));
    return socket;
  };
  const killAndStartAnother = async () => {
    await program.kill();
    program = await startProgram({}, database);
  };
  const waiting = async (table: string) =>
    (await database.asOwner('select from pg_locks where relation = $1::regclass and not granted', [table]))
      .length > 0;
  const rows = async (id: string) => {
    const [{ documents, files, facts }] = await database.asOwner<Record<string, number>>(
      `select (select count(*)::int from case_documents where id = $1) as documents,
              (select count(*)::int from files) as files,
              (select count(*)::int from timeline where subject_id = $1) as facts`,
      [id],
    );
    return { documents, files, facts };
  };
  /** What the sweep leaves, a day later. */
  const swept = async () => {
    for (const path of await lying()) await utimes(path, TWO_DAYS_AGO, TWO_DAYS_AGO);
    const other = await startApp(database);
    try {
      for (let turn = 0; turn < SHELVES.length; turn++) await other.app.get(UnneededFiles).sweep();
      return await lying();
    } finally {
      await other.stop();
    }
  };

  it('leaves half a file, no row of it, and, a day later, nothing', async () => {
    const [id, lay, before] = [
      randomUUID(),
      await lying(),
      await rows('00000000-0000-0000-0000-000000000000'),
    ];
    const socket = almost(id);
    await until(async () => (await lying()).length > lay.length);
    await killAndStartAnother();
    socket.destroy();
    const left = (await lying()).filter((path) => !lay.includes(path));
    expect(left.map(isComingIn)).toEqual([true]);
    expect(await rows(id)).toEqual(before);
    expect((await office.as('caseworker').get(`/documents/${id}`)).status).toBe(404);
    expect(await swept()).toEqual(lay);
    expect(await put(id)).toMatchObject({ status: 200, body: { id } });
  });

  it.each([
    { moment: 'between the bytes and their row', lock: 'files', stored: false },
    { moment: 'between the rows and their commit', lock: 'timeline', stored: false },
    { moment: 'between commit and reply', lock: 'read_log', stored: true },
  ])('$moment leaves all of it or nothing, and it may be sent again', async ({ lock, stored }) => {
    const id = randomUUID();
    const [lay, before] = [await lying(), await rows(id)];
    const held = await database.hold(`lock table ${lock} in exclusive mode`);
    const answer = put(id).catch(() => 'no answer');
    await until(() => waiting(lock));
    await killAndStartAnother();
    expect(await answer).toBe('no answer');
    await held.release();
    const whole = { documents: 1, files: before.files + 1, facts: 1 };
    expect(await rows(id)).toEqual(stored ? whole : before);
    const left = (await lying()).filter((path) => !lay.includes(path));
    expect(left.map(isComingIn)).toEqual([false]);

    expect(await put(id)).toMatchObject({ status: 200, body: { id } });
    expect(await rows(id)).toEqual(whole);
    const kept = await swept();
    expect(kept).toHaveLength(lay.length + 1);
    expect(kept.filter((path) => left.includes(path))).toHaveLength(stored ? 1 : 0);
    expect((await office.as('caseworker').get(`/documents/${id}/content`)).body).toEqual(aPdf());
  });
});
