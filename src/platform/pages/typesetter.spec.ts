import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Typesetter } from './typesetter.js';

describe('setting pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  const typesetter = new Typesetter();
  afterAll(async () => {
    await typesetter.onModuleDestroy();
    rmSync(folder, { recursive: true });
  });

  function template(name: string, source: string): URL {
    const path = join(folder, name);
    writeFileSync(path, source);
    return pathToFileURL(path);
  }
  const list = template('list.typ', '#for word in content.words { block(own(word)) }');
  const set = (words: string[]) => typesetter.set(list, { words });

  it('gives a PDF and says how many pages it has', async () => {
    const { pdf, pages } = await set(['dansk', 'العربية', 'فارسی', 'ትግርኛ', 'українська']);
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/^%PDF-1\.7[^]*%%EOF\s*$/);
    expect(pages).toBe(1);
    expect((await set(Array.from({ length: 200 }, () => 'ord'))).pages).toBeGreaterThan(1);
  });

  it('sets the same page from the same content: no day, no name and no path of the machine stands in it', async () => {
    const [one, other] = [await set(['Selam']), await set(['Selam'])];
    expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
    expect(Buffer.from(one.pdf).toString('latin1')).not.toMatch(/CreationDate|\/Author|\/home|\/src/);
  });

  it.each([
    '#read("/etc/passwd")',
    '#panic("evaluated")',
    '#import "@preview/cetz:0.2.0": *',
    '#include "page.typ"',
    '$ #panic() $ ```typ #panic()``` \\u{41} <label> @nothing // /* [',
    '"), panic("',
    `#eval("panic()") ${'x'.repeat(2000)}`,
  ])('never reads what somebody wrote as markup: %.30s', async (words) => {
    expect((await set([words])).pages).toBe(1);
  });

  it.each([
    ['a file of the machine', '#read("/etc/passwd")'],
    ['a word that is missing', '#content.missing'],
    ['no Typst at all', '#let ='],
  ])('says which template cannot be set, and nothing of what was in it: %s', async (_, source) => {
    const broken = template('broken.typ', source);
    const fresh = new Typesetter();
    const refused = await fresh.set(broken, { secret: 'Selam' }).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'PageNotSet', message: 'broken.typ cannot be set' });
    expect((await fresh.set(list, { words: [] })).pages).toBe(1);
    await fresh.onModuleDestroy();
  });

  it('sets many at once, each for who asked', async () => {
    const lengths = Array.from({ length: 20 }, (_, i) => i * 30);
    const all = await Promise.all(lengths.map((length) => set(Array.from({ length }, () => 'ord'))));
    const alone = await Promise.all([set([]), set(Array.from({ length: 570 }, () => 'ord'))]);
    expect([all[0].pages, all[19].pages]).toEqual(alone.map(({ pages }) => pages));
    expect(all.map(({ pages }) => pages)).toEqual(all.map(({ pages }) => pages).toSorted((a, b) => a - b));
  });

  it('refuses what was asked when its thread ends, and starts another', async () => {
    const waiting = set(['Selam']).catch((error: Error) => error.name);
    await typesetter.onModuleDestroy();
    expect(['PageNotSet', 1]).toContainEqual(
      await waiting.then((one) => (typeof one === 'string' ? one : one.pages)),
    );
    expect((await set(['Selam'])).pages).toBe(1);
  });

  it('has templates that read no file, fetch no package and evaluate nothing', () => {
    const templates = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.typ'),
    );
    expect(templates.length).toBeGreaterThan(1);
    for (const file of templates)
      expect([file, readFileSync(join('src', file), 'utf8')]).toEqual([
        file,
        expect.not.stringMatching(/\b(read|eval|image|plugin|include|import|csv|yaml|toml|xml|cbor)\b/),
      ]);
  });
});
