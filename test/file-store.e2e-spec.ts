import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Files, STORE } from '../src/platform/files/files.js';
import { SHELVES, type Store } from '../src/platform/files/store.js';
import { UnneededFiles } from '../src/platform/files/unneeded-files.js';
import { Database } from '../src/platform/database/database.js';
import { aHtml, aPdf } from './factories/file-bytes.js';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';
import { startProgram } from './support/program.js';
import { pour } from './support/raw-socket.js';
import { startS3, type S3Server } from './support/s3-server.js';
import { claimsOf, signed } from './support/tokens.js';

const MB = 1024 * 1024;
const TWO_DAYS_AGO = new Date(Date.now() - 48 * 3_600_000);
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

async function* inPieces(content: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** What a test does to a store from outside. */
interface Behind {
  settings: Record<string, string>;
  /** Names of what lies in it, whole or not. */
  names(): Promise<string[]>;
  /** Lets everything in it have come two days ago. */
  age(): Promise<void>;
  lose(name: string): Promise<void>;
  /** Lets it work no more, and returns how it is mended. */
  break(): Promise<() => Promise<void>>;
  end(): Promise<void>;
}

async function aFolder(): Promise<Behind> {
  const folder = join(process.env.TEST_HOME!, `store-${randomUUID()}`);
  const all = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return {
    settings: { FILES_AT: `file:${folder}` },
    names: async () => (await all()).map(({ name }) => name),
    age: async () => {
      for (const { parentPath, name } of await all())
        await utimes(join(parentPath, name), TWO_DAYS_AGO, TWO_DAYS_AGO);
    },
    lose: (name) => rm(join(folder, name.slice(0, 2), name)),
    break: async () => {
      const aside = `${folder}-aside`;
      await rename(folder, aside);
      await writeFile(folder, 'a file where the folder was');
      return async () => {
        await rm(folder);
        await rename(aside, folder);
      };
    },
    end: () => rm(folder, { recursive: true }),
  };
}

async function aBucket(): Promise<Behind & { server: S3Server }> {
  const server = await startS3({ pageSize: 2 });
  return {
    server,
    settings: server.settings,
    names: async () => [...server.objects.keys()].map((key) => key.split('/')[1]),
    age: async () => server.objects.forEach((object) => (object.at = TWO_DAYS_AGO)),
    lose: async (name) => void server.objects.delete(`${name.slice(0, 2)}/${name}`),
    break: async () => {
      server.fail(true);
      return async () => server.fail(false);
    },
    end: () => server.end(),
  };
}

describe.each([
  ['a folder', aFolder],
  ['a bucket', aBucket],
])('files in %s', (_, open) => {
  const before = { ...process.env };
  let behind: Behind;
  let app: TestApp;
  let files: Files;
  let office: Office;

  beforeAll(async () => {
    behind = await open();
    Object.assign(process.env, behind.settings);
    app = await startApp();
    files = app.app.get(Files);
    office = await Office.open(app);
  });
  afterAll(async () => {
    await app.close();
    await behind.end();
    for (const name of Object.keys(behind.settings)) delete process.env[name];
    Object.assign(process.env, { FILES_AT: before.FILES_AT });
  });

  const inTransaction = <T>(work: Parameters<Database['transaction']>[0]) =>
    app.app.get(Database).transaction(work) as Promise<T>;
  /** A round of the sweep: every shelf has its turn. */
  const sweep = async () => {
    const unneeded = app.app.get(UnneededFiles);
    let removed = 0;
    for (let turn = 0; turn < SHELVES.length; turn++) removed += await unneeded.sweep();
    return removed;
  };
  const readAll = async (name: string) => {
    const parts: Buffer[] = [];
    for await (const part of await files.open(name)) parts.push(part as Buffer);
    return Buffer.concat(parts);
  };
  const kept = async (content: Buffer) => {
    const file = await files.keep(inPieces(content), { atMost: 10 * MB });
    return { ...file, id: await inTransaction<string>((tx) => files.enter(tx, file)) };
  };
  const tried = (content: AsyncIterable<Buffer>, atMost = 10 * MB, expected?: string) =>
    files.keep(content, { atMost, sha256: expected }).then(
      () => 'kept',
      ({ code, statusCode, message }: { code?: string; statusCode?: number; message: string }) =>
        code ?? statusCode ?? message,
    );

  it('come back as they went in, of one byte a piece or of ten megabytes', async () => {
    for (const [content, size] of [
      [aPdf(), 1],
      [Buffer.concat([aPdf(), Buffer.alloc(10 * MB - 500)]), 65_536],
    ] as const) {
      const file = await files.keep(inPieces(content, size), { atMost: 10 * MB, sha256: sha256(content) });
      expect(file).toMatchObject({
        bytes: content.length,
        sha256: sha256(content),
        mediaType: 'application/pdf',
      });
      const id = await inTransaction<string>((tx) => files.enter(tx, file));
      expect((await readAll(file.name)).equals(content)).toBe(true);
      const [row] = await app.database.asOwner(
        `select encode(sha256, 'hex') as sha256, bytes, media_type, stored_as from files where id = $1`,
        [id],
      );
      expect(row).toEqual({
        sha256: sha256(content),
        bytes: content.length,
        media_type: 'application/pdf',
        stored_as: file.name,
      });
    }
  });

  it.each<[string, () => AsyncIterable<Buffer>, string | undefined, unknown]>([
    ['of another SHA-256', () => inPieces(aPdf()), 'ab'.repeat(32), 'files.other_bytes'],
    [
      'a byte too many',
      () => inPieces(Buffer.concat([aPdf(), Buffer.alloc(5_000)])),
      undefined,
      'files.too_large',
    ],
    ['of no type we keep', () => inPieces(aHtml()), undefined, 'files.type_not_allowed'],
    ['of none, at length', () => inPieces(Buffer.alloc(5_000)), undefined, 'files.type_not_allowed'],
    ['that are none', () => inPieces(Buffer.alloc(0)), undefined, 'files.empty'],
    [
      'that break off',
      async function* () {
        yield aPdf();
        throw new Error('the line broke');
      },
      undefined,
      'the line broke',
    ],
  ])('bytes %s leave nothing', async (_what, content, expected, outcome) => {
    const names = await behind.names();
    expect(await tried(content(), 5_000, expected)).toBe(outcome);
    expect(await behind.names()).toEqual(names);
  });

  it('are kept by thirty at once', async () => {
    const contents = Array.from({ length: 30 }, (_unused, i) => aPdf(`brev ${i % 10}`));
    const all = await Promise.all(contents.map(kept));
    expect(new Set(all.map(({ name }) => name)).size).toBe(30);
    const back = await Promise.all(all.map(({ name }) => readAll(name)));
    expect(back.map(String)).toEqual(contents.map(String));
  });

  it('are removed after a day when nothing knows of them, and only then', async () => {
    const known = await kept(aPdf('known'));
    const unknown: string[] = [];
    // on every shelf one, and on one of them more than a page of a listing
    for (let i = 0; i < 8; i++)
      unknown.push((await files.keep(inPieces(aPdf(`unknown ${i}`)), { atMost: MB })).name);
    const store = app.app.get<Store>(STORE);
    for (const end of ['1', '2', '3', '4', '5']) {
      const incoming = await store.begin();
      await incoming.write(aPdf());
      const name = `ab${end.repeat(30)}`;
      await incoming.finish(name, { sha256: sha256(aPdf()), bytes: aPdf().length });
      unknown.push(name);
    }
    expect(await sweep()).toBe(0);
    await behind.age();
    expect(await sweep()).toBe(unknown.length);
    const names = await behind.names();
    expect(names.filter((name) => unknown.includes(name))).toEqual([]);
    expect(names).toContain(known.name);
    expect((await readAll(known.name)).equals(aPdf('known'))).toBe(true);
    expect(await sweep()).toBe(0);
  });

  it('keep to the time of the machine: a moved clock makes nothing old', async () => {
    const { name } = await files.keep(inPieces(aPdf()), { atMost: MB });
    await app.moveClock(new Date(Date.now() + 400 * 24 * 3_600_000).toISOString());
    await sweep();
    expect(await behind.names()).toContain(name);
    await app.moveClock(new Date().toISOString());
  });

  it('that were let go are whole for whoever just found them, and then removed, also when a kill came in between', async () => {
    const { id, name } = await kept(aPdf());
    await inTransaction((tx) => files.letGo(tx, id));
    expect(await sweep()).toBe(0);
    expect(await readAll(name)).toEqual(aPdf());
    await app.moveClock(new Date(Date.now() + 11 * 60_000).toISOString());
    // As if a sweep had been killed after it removed the bytes: what it takes away a second time is gone already.
    await behind.lose(name);
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    await expect(files.open(name)).rejects.toThrow('lost a file');
    await app.moveClock(new Date().toISOString());
  });

  it('that the store has lost are a failure, and a store that does not work is for later', async () => {
    const { id } = await office.person();
    const document = await office.document(id);
    const [{ name }] = await app.database.asOwner<{ name: string }>(
      'select stored_as as name from files f join case_documents d on d.file_id = f.id where d.id = $1',
      [document],
    );
    const fetch = () => office.as('caseworker').get(`/documents/${document}/content`);
    const add = () =>
      office.as('caseworker').put(`/refugees/${id}/documents/${randomUUID()}?kind=other`, aPdf(), {
        'content-type': 'application/pdf',
        'file-name': 'x.pdf',
      });
    const mend = await behind.break();
    for (const ask of [fetch, add]) {
      const reply = await ask();
      expect(reply).toMatchObject({ status: 503, body: { code: 'server.unavailable' } });
      expect(JSON.stringify(reply.body)).not.toMatch(/store|ENO|S3|bucket/);
    }
    await expect(sweep()).rejects.toThrow('the file store does not work');
    await mend();
    expect((await fetch()).body).toEqual(aPdf());
    expect((await add()).status).toBe(200);
    await behind.lose(name);
    expect(await fetch()).toMatchObject({ status: 500, body: { code: 'server.failed' } });
  });

  if (open === aBucket)
    it('are signed for what they are, and spooled under no name', async () => {
      const { server } = behind as Awaited<ReturnType<typeof aBucket>>;
      const spooled = async () =>
        (await readdir(tmpdir())).filter((name) => /^ankomst-[0-9a-f-]{36}$/.test(name));
      const during: string[][] = [];
      await tried(
        (async function* () {
          yield aPdf();
          during.push(await spooled());
          yield Buffer.from('%');
        })(),
      );
      expect(during).toEqual([[]]);
      expect(server.refused).toEqual([]);
      const wrong = await fetch(`${server.settings.S3_ENDPOINT}/ankomst-files/x`, {
        method: 'PUT',
        body: 'x',
      });
      expect([wrong.status, server.refused.length]).toEqual([403, 1]);
    });
});

describe('a file on its way', () => {
  let app: TestApp;
  let office: Office;
  let id: string;
  const folder = () => process.env.FILES_AT!.slice('file:'.length);

  beforeAll(async () => {
    app = await startApp();
    office = await Office.open(app);
    ({ id } = await office.person());
  });
  afterAll(() => app.close());

  const head = (length: string, documentId: string = randomUUID(), who = office.account('caseworker')) =>
    [
      `PUT /api/v1/refugees/${id}/documents/${documentId}?kind=other HTTP/1.1`,
      'host: x',
      'content-type: application/octet-stream',
      'file-name: x.pdf',
      `authorization: Bearer ${signed(claimsOf(who))}`,
      length,
      '',
      '',
    ].join('\r\n');
  function* times(text: string, count: number): Generator<string> {
    for (let i = 0; i < count; i++) yield text;
  }
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  const lying = async () =>
    (await readdir(folder(), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  it('may come in chunks, of which nobody knows how many', async () => {
    const documentId = randomUUID();
    const pieces = [...aPdf().toString('latin1')].map(chunk);
    const { status } = await pour(app.address, head('transfer-encoding: chunked', documentId), [
      ...pieces,
      '0\r\n\r\n',
    ]);
    expect(status).toBe(200);
    const { body } = await office.as('caseworker').get(`/documents/${documentId}/content`);
    expect(body).toEqual(aPdf());
  });

  it('is cut short after ten megabytes, and when its beginning is wrong at once', async () => {
    const lay = await lying();
    const [pdf, zeros] = [`%PDF-1.4\n${'x'.repeat(65_527)}`, '\0'.repeat(65_536)];
    const long = await pour(app.address, head('transfer-encoding: chunked'), times(chunk(pdf), 1_600));
    expect(long.status).toBe(413);
    expect(long.text).toContain('files.too_large');
    expect(long.sent).toBeLessThan(30 * MB);
    const wrong = await pour(app.address, head('transfer-encoding: chunked'), times(chunk(zeros), 1_600));
    expect(wrong.status).toBe(415);
    expect(wrong.sent).toBeLessThan(20 * MB);
    const said = await pour(app.address, head(`content-length: ${11 * MB}`), times(pdf, 1));
    expect(said.status).toBe(413);
    expect(await lying()).toEqual(lay);
  });

  it('is not read from who may not add it', async () => {
    const lay = await lying();
    const stranger = (await Office.open(app)).account('caseworker');
    const refused = await pour(
      app.address,
      head('transfer-encoding: chunked', randomUUID(), stranger),
      times(chunk('x'.repeat(65_536)), 1_600),
    );
    expect(refused.status).toBe(404);
    expect(refused.sent).toBeLessThan(20 * MB);
    expect(await lying()).toEqual(lay);
  });

  it('that breaks off leaves nothing', async () => {
    const lay = await lying();
    for (const part of [0, 5, aPdf().length - 1]) {
      const documentId = randomUUID();
      const { hostname, port } = new URL(app.address);
      const socket = connect(Number(port), hostname);
      socket.write(head(`content-length: ${aPdf().length}`, documentId));
      socket.write(aPdf().subarray(0, part));
      for (let tries = 0; tries < 100 && (await lying()).length === lay.length; tries++) await sleep(20);
      expect(await lying()).toHaveLength(lay.length + 1);
      socket.destroy();
      for (let tries = 0; tries < 100 && (await lying()).length > lay.length; tries++) await sleep(20);
      expect(await lying()).toEqual(lay);
      expect((await office.as('caseworker').get(`/documents/${documentId}`)).status).toBe(404);
    }
  });

  it('has somewhere to lie, or the program does not start', async () => {
    const taken = join(process.env.TEST_HOME!, `no-folder-${randomUUID()}`);
    await writeFile(taken, 'a file');
    await expect(startProgram({ FILES_AT: `file:${taken}` }, app.database)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
