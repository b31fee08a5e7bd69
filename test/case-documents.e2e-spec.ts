import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UnneededFiles } from '../src/platform/files/unneeded-files.js';
import { aHeic, aHtml, aJpeg, anEicar, anSvg, aPdf, aPng, aWebp, aZip } from './factories/file-bytes.js';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';
import type { Client } from './support/client.js';
import { changed } from './support/database.js';

const MB = 1024 * 1024;
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

describe('documents of a case', () => {
  let app: TestApp;
  let office: Office;
  let other: Office;
  let refugeeId: string;

  beforeAll(async () => {
    app = await startApp();
    [office, other] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    refugeeId = (await office.person()).id;
  });

  interface Sent {
    id?: string;
    by?: Client;
    kind?: string;
    name?: string;
    type?: string;
    headers?: Record<string, string>;
    to?: string;
  }
  const send = (content: Buffer, over: Sent = {}) => {
    const { id = randomUUID(), by = office.as('caseworker'), kind = 'permit_letter', to = refugeeId } = over;
    const { name = encodeURIComponent('brev.pdf'), type = 'application/octet-stream' } = over;
    const headers = { 'content-type': type, 'file-name': name, ...over.headers };
    return by.put(`/refugees/${to}/documents/${id}?kind=${kind}`, content, headers);
  };
  const added = async (content = aPdf(), over: Sent = {}) => (await send(content, over)).body;
  /** The answer with its bytes as they are. */
  const fetched = async (id: string, by = office.as('caseworker'), headers = {}) =>
    by.get(`/documents/${id}/content`, headers);
  const withdraw = (id: string, by = office.as('caseworker')) =>
    by.post(`/documents/${id}/withdrawals`, { reason: 'Another person' });
  const factsOf = (id: string) =>
    app.database.asOwner('select fact, details from timeline where subject_id = $1 order by id', [id]);
  const folder = () => process.env.FILES_AT!.slice('file:'.length);
  /** Names of everything that lies in the store. */
  const lying = async () => {
    const all = await readdir(folder(), { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  };
  const stored = async (id: string) => {
    const [row] = await app.database.asOwner<{ name: string; file_id: string; removed: boolean }>(
      `select stored_as as name, file_id, removed_at is not null as removed
       from case_documents d join files f on f.id = d.file_id where d.id = $1`,
      [id],
    );
    return { ...row, path: join(folder(), row.name.slice(0, 2), row.name) };
  };

  it.each([
    ['PDF', aPdf(), 'application/pdf', 'brev.pdf'],
    ['JPEG', aJpeg(), 'image/jpeg', 'brev.pdf.jpg'],
    ['PNG', aPng(), 'image/png', 'brev.pdf.png'],
    ['WebP', aWebp(), 'image/webp', 'brev.pdf.webp'],
    ['HEIC', aHeic(), 'image/heic', 'brev.pdf.heic'],
    ['HEIC', aHeic('mif1'), 'image/heif', 'brev.pdf.heic'],
  ])(
    'keep %s byte for byte, as what it is, whatever it is said to be',
    async (_, content, mediaType, called) => {
      const id = randomUUID();
      for (const type of ['application/octet-stream', 'application/pdf', 'image/png; x=y']) {
        const reply = await send(content, { id, type });
        expect(reply).toMatchObject({
          status: 200,
          body: {
            id,
            refugeeId,
            kind: 'permit_letter',
            name: 'brev.pdf',
            mediaType,
            bytes: content.length,
            sha256: sha256(content),
            addedBy: { id: office.account('caseworker').id },
            withdrawal: null,
          },
        });
      }
      const reply = await fetched(id);
      expect(reply.body).toEqual(content);
      expect(Object.fromEntries(reply.headers)).toMatchObject({
        'content-type': mediaType,
        'content-length': String(content.length),
        'content-disposition': `attachment; filename="${called}"; filename*=UTF-8''${called}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      const { name, path } = await stored(id);
      expect(name).toMatch(/^[0-9a-f]{32}$/);
      expect(await readFile(path)).toEqual(content);
      expect((await lying()).filter((one) => one.includes('incoming'))).toEqual([]);
      expect(await factsOf(id)).toEqual([
        {
          fact: 'document.added',
          details: { kind: 'permit_letter', fileId: (await stored(id)).file_id, bytes: content.length },
        },
      ]);
    },
  );

  describe('are refused, and leave nothing', () => {
    it.each<[string, Buffer, number, string]>([
      ['SVG with a script', anSvg(), 415, 'files.type_not_allowed'],
      ['HTML with a script', aHtml(), 415, 'files.type_not_allowed'],
      ['a zip bomb', aZip(), 415, 'files.type_not_allowed'],
      ['a document of Word', aZip('word/document.xml', 1), 415, 'files.type_not_allowed'],
      ['EICAR', anEicar(), 415, 'files.type_not_allowed'],
      ['a PDF behind HTML', Buffer.concat([aHtml(), aPdf()]), 415, 'files.type_not_allowed'],
      [
        'a program',
        Buffer.concat([Buffer.from('MZ'), Buffer.alloc(8_000), aPdf()]),
        415,
        'files.type_not_allowed',
      ],
      ['nine megabytes of nothing', Buffer.alloc(9 * MB), 415, 'files.type_not_allowed'],
      ['no byte at all', Buffer.alloc(0), 400, 'files.empty'],
      ['a byte more than 10 MiB', Buffer.concat([aPdf(), Buffer.alloc(10 * MB)]), 413, 'files.too_large'],
    ])('%s', async (_, content, status, code) => {
      const [before, lay, id] = [await app.database.contents(), await lying(), randomUUID()];
      const reply = await send(content, { id });
      expect(reply).toMatchObject({ status, body: { code } });
      if (code === 'files.type_not_allowed')
        expect(reply.body.allowed).toEqual(['PDF', 'JPEG', 'PNG', 'WebP', 'HEIC']);
      expect(changed(before, await app.database.contents())).toEqual([]);
      expect(await lying()).toEqual(lay);
      // The line is good for another try.
      expect((await send(aPdf(), { id })).status).toBe(200);
    });

    it.each([
      'text/html',
      'application/json',
      'multipart/form-data; boundary=x',
      'application/pdfx',
      'image/svg+xml',
    ])('what is sent as %s', async (type) => {
      const lay = await lying();
      const id = randomUUID();
      expect(await send(aPdf(), { id, type })).toMatchObject({
        status: 415,
        body: { code: 'files.not_a_file' },
      });
      expect((await fetched(id)).status).toBe(404);
      expect(await lying()).toEqual(lay);
    });

    it.each([
      ['gzip', gzipSync(aPdf())],
      ['gzip', aPdf()],
      ['identity, gzip', gzipSync(aPdf())],
      ['aes128gcm', aPdf()],
    ])('what is encoded: %s', async (encoding, content) => {
      const [lay, id] = [await lying(), randomUUID()];
      const reply = await send(content, { id, headers: { 'content-encoding': encoding } });
      expect(reply).toMatchObject({ status: 415, body: { code: 'files.encoded' } });
      expect(await lying()).toEqual(lay);
      const plain = await send(aPdf(), { id, headers: { 'content-encoding': 'Identity' } });
      expect(plain.status).toBe(200);
    });

    it.each([
      ['a path', '../../x'],
      ['an encoded path', '..%2F..%2Fx'],
      ['a path of Windows', 'c%3A%5Cx.pdf'],
      ['a line break', 'a%0D%0ASet-Cookie%3A%20b.pdf'],
      ['a NUL', 'a%00.pdf'],
      ['a quotation mark', 'a%22%3B%20filename%3Db.pdf'],
      ['a right-to-left override', '%E2%80%AEfdp.exe'],
      ['an isolate', '%E2%81%A7fdp.exe'],
      ['a line separator', 'a%E2%80%A8b.pdf'],
      ['half of a character', '%ED%A0%80.pdf'],
      ['broken encoding', '%zz.pdf'],
      ['a dot before it', '.htaccess'],
      ['nothing but dots', '..'],
      ['a blank before it', '%20a.pdf'],
      ['300 characters', `${'x'.repeat(296)}.pdf`],
      ['nothing', ''],
    ])('a name with %s', async (_, name) => {
      const [before, lay] = [await app.database.contents(), await lying()];
      expect(await send(aPdf(), { name })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'File-Name', rule: 'file_name' }] },
      });
      expect(changed(before, await app.database.contents())).toEqual([]);
      expect(await lying()).toEqual(lay);
    });

    it.each([
      ['another kind', { kind: 'gossip' }],
      ['a parameter nobody asked for', { kind: 'other&name=x.pdf' }],
      ['no UUID', { id: 'x' }],
    ])('%s', async (_, over) => {
      expect((await send(aPdf(), over)).status).toBe(400);
    });
  });

  it.each([
    ['brev æøå.pdf', `attachment; filename="brev ___.pdf"; filename*=UTF-8''brev%20%C3%A6%C3%B8%C3%A5.pdf`],
    [
      'نامه‌ها.pdf',
      `attachment; filename="_______.pdf"; filename*=UTF-8''%D9%86%D8%A7%D9%85%D9%87%E2%80%8C%D9%87%D8%A7.pdf`,
    ],
    [
      `it's (a) 100%.pdf`,
      `attachment; filename="it_s _a_ 100_.pdf"; filename*=UTF-8''it%27s%20%28a%29%20100%25.pdf`,
    ],
    ['side.html', `attachment; filename="side.html.pdf"; filename*=UTF-8''side.html.pdf`],
    ['BREV.PDF', `attachment; filename="BREV.PDF"; filename*=UTF-8''BREV.PDF`],
    [
      `${'x'.repeat(196)}.pdf`,
      `attachment; filename="${'x'.repeat(196)}.pdf"; filename*=UTF-8''${'x'.repeat(196)}.pdf`,
    ],
  ])('keep the name %s, and give it out as a header may have it', async (name, disposition) => {
    const document = await added(aPdf(), { name: encodeURIComponent(name) });
    expect(document.name).toBe(name);
    expect((await fetched(document.id)).headers.get('content-disposition')).toBe(disposition);
  });

  it('take 10 MiB', async () => {
    const content = Buffer.concat([aPdf(), Buffer.alloc(10 * MB - aPdf().length)]);
    expect(await send(content)).toMatchObject({ status: 200, body: { bytes: 10 * MB } });
    const { id } = await added(content);
    expect(sha256((await fetched(id)).body as Buffer)).toBe(sha256(content));
  });

  it('are added once under an id, however often and by however many they are sent', async () => {
    const id = randomUUID();
    const lay = (await lying()).length;
    const by = (['caseworker', 'job_consultant', 'coordinator', 'team_leader'] as const).map((role) =>
      office.as(role),
    );
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, i) => send(aPdf(), { id, by: by[i % 4] })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await factsOf(id)).toHaveLength(1);
    expect(await lying()).toHaveLength(lay + 1);
    for (const [content, over] of [
      [aPdf('other'), {}],
      [aPdf(), { kind: 'other' }],
      [aPdf(), { name: 'x.pdf' }],
    ] as const)
      expect(await send(content, { id, ...over })).toMatchObject({
        status: 409,
        body: { code: 'documents.id_taken' },
      });
    const elsewhere = (await office.person()).id;
    expect(await send(aPdf(), { id, to: elsewhere })).toMatchObject({
      status: 404,
      body: { code: 'documents.no_such_document' },
    });
    expect((await fetched(id)).body).toEqual(aPdf());
  });

  it('that are the same are two, when two add them', async () => {
    const [one, two] = await Promise.all([added(), added()]);
    expect(one.sha256).toBe(two.sha256);
    const [first, second] = [await stored(one.id), await stored(two.id)];
    expect(first.name).not.toBe(second.name);
    await withdraw(one.id);
    expect((await fetched(two.id)).body).toEqual(aPdf());
  });

  it('come newest first, page after page, or of one kind, and the log says who read them', async () => {
    const ids = [];
    for (const kind of ['permit_letter', 'statement', 'permit_letter'])
      ids.unshift((await added(aPdf(), { kind })).id);
    const reader = office.as('coordinator');
    const list = async (query: string) => (await reader.get(`/refugees/${refugeeId}/documents${query}`)).body;
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
    expect([...idsOf(first), ...idsOf(second), second.nextCursor]).toEqual([...ids, null]);
    expect(idsOf(await list('?kind=permit_letter'))).toEqual([ids[0], ids[2]]);
    expect(idsOf(await list('?sort=addedAt'))).toEqual(ids.toReversed());
    expect((await list('?kind=certificate')).items).toEqual([]);
    expect((await reader.get(`/documents/${ids[0]}`)).body).toEqual(first.items[0]);
    await fetched(ids[0], reader);
    const reads = await app.database.asOwner<{ what: string; person_ids: string[] }>(
      'select what, person_ids from read_log where actor_id = $1 and $2 = any(person_ids) order by id',
      [office.account('coordinator').id, refugeeId],
    );
    expect(reads.slice(-2)).toEqual(
      ['documents.read', 'documents.content'].map((what) => ({ what, person_ids: [refugeeId] })),
    );
  });

  it('are withdrawn with a reason: what stood there stays, its bytes do not', async () => {
    const { id, ...document } = await added();
    expect((await office.as('caseworker').post(`/documents/${id}/withdrawals`, {})).status).toBe(400);
    const reply = await withdraw(id, office.as('team_leader'));
    expect(reply).toMatchObject({
      status: 201,
      body: {
        ...document,
        withdrawal: {
          by: { id: office.account('team_leader').id },
          at: expect.any(String),
          reason: 'Another person',
        },
      },
    });
    expect(await fetched(id)).toMatchObject({ status: 404, body: { code: 'documents.no_content' } });
    expect(await office.as('caseworker').get(`/documents/${id}`)).toMatchObject({
      status: 200,
      body: reply.body,
    });
    const withdrawn = { status: 409, body: { code: 'documents.withdrawn' } };
    expect(await withdraw(id)).toMatchObject(withdrawn);
    expect(await send(aPdf(), { id })).toMatchObject(withdrawn);
    const { file_id: fileId, path } = await stored(id);
    expect((await factsOf(id)).slice(1)).toEqual([
      { fact: 'document.withdrawn', details: { kind: 'permit_letter', fileId } },
    ]);

    const sweep = app.app.get(UnneededFiles);
    await sweep.sweep();
    expect(await lying()).toContain(path);
    await app.moveClock(new Date(Date.now() + 11 * 60_000).toISOString());
    expect(await sweep.sweep()).toBeGreaterThan(0);
    expect(await lying()).not.toContain(path);
    expect((await stored(id)).removed).toBe(true);
    expect((await office.as('caseworker').get(`/documents/${id}`)).status).toBe(200);
    expect(await sweep.sweep()).toBe(0);
  });

  it('stay as they are, whoever writes; who serves cannot say when they were added', async () => {
    const { id } = await added();
    for (const change of [`kind = 'other'`, `name = 'x'`, 'added_at = now()', 'file_id = id'])
      await expect(
        app.database.asApp(`update case_documents set ${change} where id = $1`, [id]),
      ).rejects.toMatchObject({ code: '42501' });
    await expect(app.database.asApp('delete from case_documents where id = $1', [id])).rejects.toMatchObject({
      code: '42501',
    });
    await withdraw(id);
    await expect(
      app.database.asApp('update case_documents set withdrawn_because = $2 where id = $1', [id, 'x']),
    ).rejects.toMatchObject({ constraint: 'case_documents_withdrawn' });
  });

  describe('are closed', () => {
    it('to who does not see the case', async () => {
      const { id } = await added();
      for (const role of ['caseworker', 'team_leader'] as const) {
        const by = other.as(role);
        const replies = [
          [await send(aPdf(), { by }), 'refugees.no_such_case'],
          [await by.get(`/refugees/${refugeeId}/documents`), 'refugees.no_such_case'],
          [await by.get(`/documents/${id}`), 'documents.no_such_document'],
          [await fetched(id, by), 'documents.no_content'],
          [await withdraw(id, by), 'documents.no_such_document'],
        ] as const;
        for (const [reply, code] of replies) expect(reply).toMatchObject({ status: 404, body: { code } });
      }
      for (const role of ['analyst', 'administrator', 'welcome_house_coordinator'] as const)
        expect((await fetched(id, office.as(role))).status).toBe(403);
    });

    it('to adding and withdrawing by who sees the case by a grant, who reads them for a purpose', async () => {
      const { id } = await added();
      const guest = app.as(other.account('coordinator'));
      await office.grant(refugeeId, other.account('coordinator').id);
      expect((await fetched(id, guest)).status).toBe(400);
      expect((await fetched(id, guest, { purpose: 'cover' })).body).toEqual(aPdf());
      const lay = await lying();
      expect((await send(aPdf(), { by: guest })).status).toBe(403);
      expect((await withdraw(id, guest)).status).toBe(403);
      expect(await lying()).toEqual(lay);
    });

    it('to who added them, from the day their part in the case ends', async () => {
      const { id } = await added();
      await office.as('team_leader').delete(`/refugees/${refugeeId}/team/caseworker`);
      expect((await fetched(id)).status).toBe(404);
      expect((await send(aPdf(), { id })).status).toBe(404);
    });
  });
});
