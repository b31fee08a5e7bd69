import { SEARCH } from '../src/classifications/classifications.queries.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { INJECTIONS } from './support/injections.js';
import type { Reply } from './support/client.js';

interface Hit {
  scheme: string;
  code: string;
  title: string;
  lang: string;
  translation: string;
  score: number;
}

describe('classifications', () => {
  let app: TestApp;
  let unit: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
  });
  afterAll(() => app.close());

  const ask = (query: Record<string, string>, headers?: Record<string, string>): Promise<Reply> =>
    app.as(unit.caseworker).get(`/classifications/search?${new URLSearchParams(query).toString()}`, headers);
  const hits = async (q: string, query: Record<string, string> = {}): Promise<Hit[]> => {
    const reply = await ask({ scheme: 'isco08', lang: 'da', limit: '50', q, ...query });
    expect(reply.status).toBe(200);
    return reply.body.items as Hit[];
  };
  const codes = async (q: string, query?: Record<string, string>) =>
    (await hits(q, query)).map(({ code }) => code);

  describe('a search', () => {
    it('gives what is named exactly a 1, with all there is to say of it', async () => {
      expect((await hits('kokke'))[0]).toEqual({
        scheme: 'isco08',
        code: '5120',
        title: 'Kokke',
        lang: 'da',
        translation: 'own',
        score: 1,
      });
      expect((await hits('COOKS', { lang: 'en' }))[1]).toMatchObject({
        code: '512',
        title: 'Cooks',
        translation: 'official',
        score: 1,
      });
    });

    it.each([
      // beginnings of words
      ['kok', 'da', '5120'],
      ['rengøring', 'da', '9129'],
      ['weld', 'en', '7212'],
      ['child care work', 'en', '5311'],
      // words inside a compound
      ['assistent', 'da', '5223'],
      ['rengøringsassistent hjem', 'da', '9111'],
      ['sælger', 'da', '5243'],
      ['chauffør', 'da', '8332'],
      // typing errors
      ['elektirker', 'da', '7411'],
      ['sygeplejrske', 'da', '2221'],
      ['rengørring', 'da', '9129'],
      ['rengøringasistent', 'da', '9111'],
      ['svesjer', 'da', '7212'],
      ['murre', 'da', '7112'],
      ['buschafør', 'da', '8331'],
      ['pedagog', 'da', '2342'],
      ['buss driver', 'en', '8331'],
      ['electrican', 'en', '7411'],
      ['carpentr', 'en', '7115'],
      ['nurse', 'en', '2221'],
      // Danish letters, and ways to do without them
      ['rengoring', 'da', '9129'],
      ['rengoering', 'da', '9129'],
      ['saelger', 'da', '5243'],
      ['salger', 'da', '5243'],
      ['maaleraflaeser', 'da', '9623'],
      ['måleraflæser', 'da', '9623'],
      ['maleraflaser', 'da', '9623'],
      // more words than the title has
      ['elektriker fra Syrien', 'da', '7411'],
      ["SHIPS' engineers", 'en', '3151'],
    ])('finds %s (%s): %s', async (q, lang, code) => {
      expect((await codes(q, { lang })).slice(0, 10)).toContain(code);
    });

    it('puts better before worse, of equal ones the longest code, then by code, all between 0.3 and 1', async () => {
      for (const q of ['kok', 'elektriker', 'leder', 'a', 'medarbejdr', 'maskinoperatør fremstilling', '8']) {
        const found = await hits(q);
        const sorted = [...found].sort(
          (a, b) => b.score - a.score || b.code.length - a.code.length || (a.code < b.code ? -1 : 1),
        );
        expect(found).toEqual(sorted);
        expect(found.length).toBeGreaterThan(1);
        expect(new Set(found.map(({ code }) => code)).size).toBe(found.length);
        for (const { score } of found) {
          expect(score).toBeGreaterThanOrEqual(0.3);
          expect(score).toBeLessThanOrEqual(1);
          expect(Math.round(score * 1000) / 1000).toBe(score);
        }
      }
    });

    it('puts a unit group before the group it is in, also where that is all there is room for', async () => {
      expect((await codes('kok')).slice(0, 2)).toEqual(['5120', '512']);
      expect(await codes('kok', { limit: '1' })).toEqual(['5120']);
    });

    it('scores a title above a word of it, that above a beginning, an inside, one slip and two', async () => {
      const scoreOf = async (q: string, code: string) =>
        (await hits(q)).find((hit) => hit.code === code)!.score;
      const scores = [
        await scoreOf('Svejsere og flammeskærere', '7212'),
        await scoreOf('svejsere', '7212'),
        await scoreOf('svejser', '7212'),
        await scoreOf('vejser', '7212'),
        await scoreOf('svejzere', '7212'),
        await scoreOf('flamesjærere', '7212'),
      ];
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(new Set(scores).size).toBe(scores.length);
    });

    it('takes a code or the beginning of one', async () => {
      expect((await hits('512')).map(({ code, score }) => [code, score])).toEqual([
        ['512', 1],
        ['5120', 0.968],
      ]);
      expect((await codes('s6.11', { scheme: 'esco_skill_group' })).slice(0, 2)).toEqual([
        'S6.11',
        'S6.11.0',
      ]);
    });

    it('stops at the limit, 20 if none is asked for', async () => {
      expect(await hits('medarbejder', { limit: '3' })).toHaveLength(3);
      const reply = await ask({ scheme: 'isco08', q: 'medarbejder' });
      expect(reply.body.items).toHaveLength(20);
    });

    it('answers in the language that is asked for, else the one the reader prefers', async () => {
      const english = { 'accept-language': 'en' };
      const of = async (query: Record<string, string>, headers?: Record<string, string>) =>
        (await ask({ scheme: 'isco08', q: '5120', ...query }, headers)).body.items[0].title as string;
      expect(await of({})).toBe('Kokke');
      expect(await of({}, english)).toBe('Cooks');
      expect(await of({ lang: 'da' }, english)).toBe('Kokke');
      expect(await hits('welders', { lang: 'da' })).toEqual([]);
    });

    it('finds nothing where there is nothing', async () => {
      for (const q of ['xyzzy', '😀', '%', '_', '\\', '---', 'كهربائي'])
        expect([q, await hits(q)]).toEqual([q, []]);
      expect(await hits('cook', { scheme: 'esco_occupation' })).toEqual([]);
      expect(await hits('cook', { scheme: 'esco_skill' })).toEqual([]);
    });

    it('is neither broken nor tricked by anything of up to 100 characters', async () => {
      const hostile = [
        ...INJECTIONS,
        '%'.repeat(100),
        '\\'.repeat(100),
        'a '.repeat(50).trim(),
        'ab'.repeat(50),
        '😀'.repeat(50),
        'æøå'.repeat(33),
        '\ud800',
        'e\u0301'.repeat(50),
        '١٢٣',
        Array.from({ length: 25 }, (_, i) => `ab${String.fromCodePoint(97 + i)}`).join(' '),
      ];
      for (const q of hostile) {
        const { status } = await ask({ scheme: 'isco08', q });
        expect([q, status]).toEqual([q, status === 200 ? 200 : 400]);
      }
    });

    it.each([
      [{ q: 'kok' }, 'scheme'],
      [{ scheme: 'isced_field', q: 'kok' }, 'scheme'],
      [{ scheme: 'isco08' }, 'q'],
      [{ scheme: 'isco08', q: '' }, 'q'],
      [{ scheme: 'isco08', q: ' kok' }, 'q'],
      [{ scheme: 'isco08', q: 'kok\nkok' }, 'q'],
      [{ scheme: 'isco08', q: 'k'.repeat(101) }, 'q'],
      [{ scheme: 'isco08', q: 'kok', lang: 'de' }, 'lang'],
      [{ scheme: 'isco08', q: 'kok', limit: '0' }, 'limit'],
      [{ scheme: 'isco08', q: 'kok', limit: '51' }, 'limit'],
      [{ scheme: 'isco08', q: 'kok', limit: 'all' }, 'limit'],
      [{ scheme: 'isco08', q: 'kok', cursor: 'x' }, 'cursor'],
    ])('refuses %j and names %s', async (query, field) => {
      expect(await ask(query as Record<string, string>)).toMatchObject({
        status: 400,
        body: { errors: [{ field }] },
      });
    });

    it('is for those who are signed in', async () => {
      expect((await app.anonymous.get('/classifications/search?scheme=isco08&q=kok')).status).toBe(401);
    });
  });

  describe('the titles it searches', () => {
    it('are those of the schemes, English ones official, Danish ones our own', async () => {
      const differing = await app.database.asApp(`
        with listed as (
          select 'isco08' as scheme, code, title_en, title_da from isco_08_groups
          union all select 'esco_skill_group', code, title_en, title_da from esco_skill_groups
        ), wanted as (
          select scheme, code, 'en' as lang, title_en as title, 'official' as translation from listed
          union all select scheme, code, 'da', title_da, 'own' from listed
        ), found as (select scheme, code, lang, title, translation from classification_titles where kind = 'preferred')
        (select * from wanted except select * from found) union all (select * from found except select * from wanted)`);
      expect(differing).toEqual([]);
    });

    it('may be other names of a code, which find it under its preferred one', async () => {
      await app.database.asOwner(`
        insert into classification_titles (scheme, lang, code, kind, title, translation) values
          ('esco_occupation', 'en', 'o-1', 'preferred', 'shoemaker', 'official'),
          ('esco_occupation', 'en', 'o-1', 'alternative', 'cobbler', 'official'),
          ('esco_occupation', 'en', 'o-1', 'alternative', 'shoe maker', 'official'),
          ('esco_occupation', 'en', 'o-1', 'hidden', 'shoe-maker', 'official'),
          ('esco_skill', 'en', 's-1', 'preferred', 'C', 'official'),
          ('esco_skill', 'en', 's-2', 'preferred', 'C++', 'official')`);
      const query = { scheme: 'esco_occupation', lang: 'en' };
      expect(await hits('cobbler', query)).toMatchObject([{ code: 'o-1', title: 'shoemaker', score: 1 }]);
      expect(await hits('shoe maker', query)).toMatchObject([{ code: 'o-1', title: 'shoemaker', score: 1 }]);
      expect((await hits('shoe', query))[0].score).toBeLessThan(1);
      expect((await hits('c++', { scheme: 'esco_skill', lang: 'en' }))[0]).toMatchObject({
        title: 'C++',
        score: 1,
      });
    });

    it('are found by their index when there are many, by a code as well', async () => {
      await app.database.asOwner(`
        insert into classification_titles (scheme, lang, code, kind, title, translation)
        select 'esco_skill', 'da', 'x' || n, 'preferred',
          (select string_agg(translate(md5(n || '-' || i), '0123456789', 'aeioulnrst'), ' ') from generate_series(1, 2) as i),
          'official' from generate_series(1, 40000) as n`);
      await app.database.asOwner(
        `select gin_clean_pending_list('classification_titles_esco_skill_folded_idx')`,
      );
      await app.database.asOwner('analyze classification_titles');
      const plan = async (condition: string) =>
        JSON.stringify(
          await app.database.asApp(
            `explain select * from classification_titles where scheme = 'esco_skill' and lang = 'da' and ${condition}`,
          ),
        );
      expect(await plan(`folded like '%elektriker%'`)).toContain(
        'classification_titles_esco_skill_folded_idx',
      );
      expect(await plan(`folded like any (slips('elektriker'))`)).toContain(
        'classification_titles_esco_skill_folded_idx',
      );
      expect(await plan(`folded %> 'elektriker'`)).toContain('classification_titles_esco_skill_folded_idx');
      const searching = await app.database.asApp(`explain ${SEARCH}`, ['esco_skill', 'da', 'x777', 20]);
      expect(JSON.stringify(searching)).toMatch(/Index Cond: .*lower\(code\) >= 'x777'/);
      expect(JSON.stringify(searching)).not.toContain('Seq Scan');
      const [{ title }] = await app.database.asApp<{ title: string }>(
        `select title from classification_titles where code = 'x777'`,
      );
      const query = { scheme: 'esco_skill', lang: 'da' };
      expect((await hits('x777', query))[0]).toMatchObject({ title, score: 1 });
      expect((await hits(title.slice(0, 10) + title.slice(11, 32), query))[0]).toMatchObject({ title });
    });
  });

  describe('the codes', () => {
    it.each([
      ['isco08', '9111', 'Rengøringsassistenter i private hjem'],
      ['esco_skill_group', 'S6.11', 'rengøring'],
      ['isced_field', '0913', 'sygepleje og jordemodervirksomhed'],
    ])('of %s have Danish titles', async (scheme, q, titleDa) => {
      const reply = await app.as(unit.caseworker).get(`/classifications/codes?scheme=${scheme}&q=${q}`);
      expect(reply.status).toBe(200);
      expect(reply.body.items).toContainEqual(expect.objectContaining({ code: q, titleDa }));
    });
  });
});
