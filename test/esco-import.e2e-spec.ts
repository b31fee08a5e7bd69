import {
  aRelation,
  aSkill,
  anOccupation,
  csv,
  folderOf,
  OCCUPATION_HEADER,
  RELATION_HEADER,
  SKILL_HEADER,
} from './factories/esco-files.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { changed } from './support/database.js';
import { importing, type ImportEnd } from './support/importing.js';
import { until } from './support/event-source.js';

const COOPER = '00030d09-2b3a-4efd-87cc-c4ea39d27c34';
const SMITH = '000e93a3-d956-4e45-aacb-f12c83fedf84';
const JOINING = '0005c151-5b5a-4a66-8aac-60e734beb1ab';
const FORGING = '00064735-8fad-454b-90c7-ed858cc993f2';

const ENGLISH = {
  'occupations_en.csv': csv(
    OCCUPATION_HEADER,
    anOccupation(COOPER, 'cooper', { alternatives: ['barrel maker', 'cooper', 'cask builder'] }),
    anOccupation(SMITH, 'smith', {
      alternatives: ['blacksmith'],
      hidden: ['smyth', 'blacksmith'],
      group: '7221',
    }),
  ),
  'skills_en.csv': csv(SKILL_HEADER, aSkill(JOINING, 'join staves'), aSkill(FORGING, 'forge iron')),
  'occupationSkillRelations_en.csv': csv(
    RELATION_HEADER,
    aRelation(COOPER, 'essential', JOINING),
    aRelation(COOPER, 'optional', FORGING),
    aRelation(SMITH, 'essential', FORGING),
  ),
};
const DANISH = {
  'occupations_da.csv': `\ufeff${csv(
    OCCUPATION_HEADER,
    anOccupation(COOPER, 'bødker', { alternatives: ['tøndemager'] }),
    anOccupation(SMITH, 'smed', { group: '7221' }),
  )}`.replaceAll('\n', '\r\n'),
};
/** The cooper is called something else, the smith is gone, the skill of joining too. */
const NEXT = {
  'occupations_en.csv': csv(
    OCCUPATION_HEADER,
    anOccupation(COOPER, 'barrel maker', { alternatives: ['cooper'] }),
  ),
  'skills_en.csv': csv(SKILL_HEADER, aSkill(FORGING, 'forge iron')),
  'occupationSkillRelations_en.csv': csv(RELATION_HEADER, aRelation(COOPER, 'essential', FORGING)),
};

describe('an import of ESCO', () => {
  let app: TestApp;
  let unit: TestUnit;

  beforeEach(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
  });
  afterEach(() => app.close());

  const load = (folder: string, ...options: string[]): Promise<ImportEnd> =>
    importing(app.database, folder, ...options).ended;
  const brought = async (files: Record<string, string>, ...options: string[]): Promise<string> => {
    const { code, said } = await load(await folderOf(files), ...options);
    expect({ code, said }).toEqual({ code: 0, said: expect.any(String) });
    return said;
  };
  const get = async (address: string) =>
    (await app.as(unit.caseworker).get(`/classifications/${address}`)).body;
  const found = async (q: string, lang: string, scheme = 'esco_occupation'): Promise<[string, string][]> => {
    const query = new URLSearchParams({ scheme, lang, q }).toString();
    return (await get(`search?${query}`)).items.map(({ code, title }: Record<string, string>) => [
      code,
      title,
    ]);
  };
  const changesOf = (id: number) =>
    app.database.asApp<{ release: string | null; change: string }>(
      `select release, concat_ws(' ', c->>'what', c->>'lang', c->>'added', c->>'changed', c->>'obsolete', c->>'unchanged') as change
       from classification_imports, jsonb_array_elements(changes) as c where id = $1`,
      [id],
    );
  const contents = async () => {
    const { classification_imports: _, ...rest } = await app.database.contents();
    return rest;
  };

  it('lets a search find occupations and skills by every title, and shows the preferred one', async () => {
    await brought(ENGLISH, '--version', '1.1.2');
    for (const q of ['cooper', 'barrel maker', 'caskbuilder', 'cask bilder'])
      expect([q, await found(q, 'en')]).toEqual([q, [[COOPER, 'cooper']]]);
    expect(await found('smyth', 'en')).toEqual([[SMITH, 'smith']]);
    expect(await found(COOPER, 'en')).toEqual([[COOPER, 'cooper']]);
    expect(await found('forge', 'en', 'esco_skill')).toEqual([[FORGING, 'forge iron']]);
    expect(await found('cooper', 'da')).toEqual([]);
  });

  it('lets an occupation be read with what is essential and what is optional', async () => {
    await brought(ENGLISH, '--version', '1.1.2');
    await brought(DANISH, '--version', '1.1.2');
    expect(await get(`esco-occupations/${COOPER}`)).toEqual({
      code: COOPER,
      uri: `http://data.europa.eu/esco/occupation/${COOPER}`,
      iscoGroup: '7115',
      status: 'released',
      release: '1.1.2',
      titleEn: 'cooper',
      titleDa: 'bødker',
      essentialSkills: [{ code: JOINING, titleEn: 'join staves', titleDa: null }],
      optionalSkills: [{ code: FORGING, titleEn: 'forge iron', titleDa: null }],
    });
    expect(await get(`esco-skills/${JOINING}`)).toEqual({
      code: JOINING,
      uri: `http://data.europa.eu/esco/skill/${JOINING}`,
      skillType: 'skill/competence',
      reuseLevel: 'cross-sector',
      status: 'released',
      release: '1.1.2',
      titleEn: 'join staves',
      titleDa: null,
    });
    const unknown = await app.as(unit.caseworker).get(`/classifications/esco-occupations/${JOINING}`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'classifications.no_such_code' } });
  });

  it('says what it did, and keeps it with the hashes of the files', async () => {
    const said = await brought(ENGLISH);
    expect(said).toContain('release not said');
    expect(said).toMatch(/esco_occupation titles, en +2 +0 +0 +0\n/);
    expect(said).toMatch(/esco_occupation_skill +3 +0 +0 +0\n/);
    expect((await changesOf(1)).map(({ change }) => change)).toEqual([
      'esco_occupation 2 0 0 0',
      'esco_skill 2 0 0 0',
      'esco_occupation en 2 0 0 0',
      'esco_skill en 2 0 0 0',
      'esco_occupation_skill 3 0 0 0',
    ]);
    const [{ files, ended }] = await app.database.asApp<{ files: { name: string }[]; ended: boolean }>(
      'select files, finished_at >= started_at as ended from classification_imports',
    );
    expect(ended).toBe(true);
    expect(files).toContainEqual({
      name: 'skills_en.csv',
      rows: 2,
      bytes: Buffer.byteLength(ENGLISH['skills_en.csv']),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('brings a second language beside the first, with a byte order mark and the line ends of Windows', async () => {
    await brought(ENGLISH);
    await brought(DANISH);
    expect((await changesOf(2)).map(({ change }) => change)).toEqual([
      'esco_occupation 0 0 0 2',
      'esco_occupation da 2 0 0 0',
    ]);
    expect(await found('tøndemager', 'da')).toEqual([[COOPER, 'bødker']]);
    expect(await found('barrel', 'en')).toEqual([[COOPER, 'cooper']]);
  });

  it('changes nothing the second time, and says so', async () => {
    await brought({ ...ENGLISH, ...DANISH });
    const before = await contents();
    const said = await brought({ ...ENGLISH, ...DANISH });
    expect(said).toContain('nothing changed');
    expect(changed(before, await contents())).toEqual([]);
    for (const { change } of await changesOf(2)) expect(change).toMatch(/ 0 0 0 \d+$/);
  });

  describe('of the next release', () => {
    beforeEach(async () => {
      await brought({ ...ENGLISH, ...DANISH }, '--version', '1.1.2');
      const { code, said } = await load(
        await folderOf(NEXT, 'ESCO dataset - v1.2.0 - classification - en - csv'),
      );
      expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('of ESCO 1.2.0') });
    });

    it('counts what was added, changed, became obsolete and stayed, in every language', async () => {
      expect((await changesOf(2)).map(({ change }) => change)).toEqual([
        'esco_occupation 0 0 1 1',
        'esco_skill 0 0 1 1',
        'esco_occupation da 0 0 1 1',
        'esco_occupation en 0 1 1 0',
        'esco_skill en 0 0 1 1',
        'esco_occupation_skill 0 1 2 0',
      ]);
    });

    it('shows the new title, and finds by the old one where it is still another', async () => {
      expect(await found('cooper', 'en')).toEqual([[COOPER, 'barrel maker']]);
      expect(await found('cask builder', 'en')).toEqual([]);
    });

    it('keeps what is obsolete for old records, and offers it to nobody', async () => {
      for (const [q, lang] of [
        ['smith', 'en'],
        ['blacksmith', 'en'],
        ['smed', 'da'],
        [SMITH, 'en'],
        ['smeeth', 'en'],
      ])
        expect([q, await found(q, lang)]).toEqual([q, []]);
      expect(await get(`esco-occupations/${SMITH}`)).toMatchObject({
        status: 'obsolete',
        release: '1.2.0',
        titleEn: 'smith',
        titleDa: 'smed',
      });
      expect(await get(`esco-occupations/${COOPER}`)).toMatchObject({
        status: 'released',
        release: '1.1.2',
        essentialSkills: [{ code: FORGING }],
        optionalSkills: [],
      });
    });

    it('is what it was when the release before is imported again, which must be meant', async () => {
      const folder = await folderOf(ENGLISH);
      const refused = await load(folder, '--version', '1.1.2');
      expect(refused).toEqual({ code: 1, said: expect.stringContaining('older than 1.2.0') });
      expect((await load(folder, '--version', '1.1.2', '--force')).code).toBe(0);
      expect(await found('blacksmith', 'en')).toEqual([[SMITH, 'smith']]);
      expect(await found('smed', 'da')).toEqual([[SMITH, 'smed']]);
      expect(await found('bødker', 'da')).toEqual([[COOPER, 'bødker']]);
    });
  });

  it('marks what the release itself calls obsolete', async () => {
    const gone = anOccupation(SMITH, 'smith', {
      alternatives: ['blacksmith'],
      status: 'obsolete',
      group: '7221',
    });
    const files = { 'occupations_en.csv': csv(OCCUPATION_HEADER, anOccupation(COOPER, 'cooper'), gone) };
    await brought(files);
    expect(await found('smith', 'en')).toEqual([]);
    expect(await get(`esco-occupations/${SMITH}`)).toMatchObject({ status: 'obsolete', titleEn: 'smith' });
    expect(await brought(files)).toContain('nothing changed');
  });

  describe('that is killed', () => {
    it.each([
      ['before it merges', 'lock table isco_08_groups in access exclusive mode'],
      ['amid the concepts', 'lock table esco_skills in access exclusive mode'],
      ['amid the relations', 'lock table esco_occupation_skills in access exclusive mode'],
    ])('%s leaves nothing, and the next one does it all', async (_, lock) => {
      await brought(ENGLISH);
      const next = await folderOf(NEXT);
      const before = await app.database.contents();
      const held = await app.database.hold(lock);
      const killed = importing(app.database, next);
      await until(() => waiting(app), 20_000);
      expect((await killed.kill()).code).toBe('SIGKILL');
      await held.release();
      expect(changed(before, await app.database.contents())).toEqual([]);
      const { code } = await load(next);
      const after = await contents();
      expect(code).toBe(0);
      expect(changed(before, after)).toContain('esco_occupations');
      const [{ imports }] = await app.database.asApp<{ imports: number }>(
        'select count(*)::int as imports from classification_imports',
      );
      expect(imports).toBe(2);
      expect(await brought(NEXT)).toContain('nothing changed');
      expect(changed(after, await contents())).toEqual([]);
    });
  });

  it('is refused while another one runs, which goes on', async () => {
    const folder = await folderOf(ENGLISH);
    const held = await app.database.hold('lock table esco_skills in access exclusive mode');
    const first = importing(app.database, folder);
    await until(() => waiting(app), 20_000);
    expect(await load(folder)).toEqual({
      code: 1,
      said: expect.stringContaining('another import is running'),
    });
    await held.release();
    expect((await first.ended).code).toBe(0);
    expect(await found('cooper', 'en')).toEqual([[COOPER, 'cooper']]);
  });
});

/** Whether an import waits for what somebody holds. */
async function waiting({ database }: TestApp): Promise<boolean> {
  const [{ count }] = await database.asOwner<{ count: number }>(
    `select count(*)::int from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`,
  );
  return count > 0;
}
