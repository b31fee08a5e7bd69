import {
  aRelation,
  aSkill,
  anOccupation,
  csv,
  folderOf,
  OCCUPATION_HEADER,
  occupationUri,
  RELATION_HEADER,
  SKILL_HEADER,
} from './factories/esco-files.js';
import { changed, cloneDatabase, type Contents, type TestDatabase } from './support/database.js';
import { importing } from './support/importing.js';

const COOPER = '00030d09-2b3a-4efd-87cc-c4ea39d27c34';
const SMITH = '000e93a3-d956-4e45-aacb-f12c83fedf84';
const JOINING = '0005c151-5b5a-4a66-8aac-60e734beb1ab';

const cooper = anOccupation(COOPER, 'cooper', { alternatives: ['barrel maker', 'cask builder'] });
const smith = anOccupation(SMITH, 'smith', { group: '7221' });
const occupations = (...rows: string[]) => ({ 'occupations_en.csv': csv(OCCUPATION_HEADER, ...rows) });
const skills = { 'skills_en.csv': csv(SKILL_HEADER, aSkill(JOINING, 'join staves')) };
const relations = (...rows: string[]) => ({
  'occupationSkillRelations_en.csv': csv(RELATION_HEADER, ...rows),
});
const bytes = (text: string, at: string, wrong: number[]): Buffer => {
  const [before, after] = text.split(at);
  return Buffer.concat([Buffer.from(before), Buffer.from(wrong), Buffer.from(after)]);
};
/** The cooper's row has four lines, the header one. */
const BEHIND_COOPER = 'line 6';

type Files = Record<string, string | Buffer>;
const HOSTILE: [string, Files, RegExp][] = [
  ['a folder without a file of ESCO', { 'isco-08-groups.csv': 'code,title_en\n' }, /has no file called/],
  [
    'a file whose language is not said',
    { 'occupations.csv': csv(OCCUPATION_HEADER, cooper) },
    /^occupations\.csv: .*language/m,
  ],
  ['an empty file', { 'occupations_en.csv': '' }, /occupations_en\.csv, line 1: has no rows/],
  ['a header alone', occupations(), /occupations_en\.csv, line \d: has no rows/],
  [
    'a column that is missing',
    { 'occupations_en.csv': csv(OCCUPATION_HEADER.replace('iscoGroup,', ''), cooper) },
    /occupations_en\.csv, line 1: has no column iscoGroup/,
  ],
  [
    'a column that is there twice',
    { 'occupations_en.csv': csv(OCCUPATION_HEADER.replace('scopeNote', 'status'), cooper) },
    /line 1: has the column status twice/,
  ],
  [
    'another separator',
    { 'occupations_en.csv': csv(OCCUPATION_HEADER.replaceAll(',', ';'), 'a;b') },
    /line 1: has no column .* separated by commas/,
  ],
  ['a file in UTF-16', { 'occupations_en.csv': Buffer.from(`\ufeff${OCCUPATION_HEADER}`, 'utf16le') }, /line 1: bytes that are not UTF-8/], // prettier-ignore
  [
    'bytes of another encoding',
    {
      'occupations_en.csv': bytes(
        csv(OCCUPATION_HEADER, cooper, anOccupation(SMITH, 'sm@d', { group: '7221' })),
        '@',
        [0xf8],
      ),
    },
    new RegExp(`occupations_en.csv, ${BEHIND_COOPER}: bytes that are not UTF-8`),
  ],
  [
    'bytes cut off in a letter',
    { 'occupations_en.csv': bytes(`${csv(OCCUPATION_HEADER, cooper)}@`, '@', [0xc3]) },
    new RegExp(`${BEHIND_COOPER}: bytes that are not UTF-8`),
  ],
  [
    'a NUL in a label',
    occupations(cooper, anOccupation(SMITH, 'sm\u0000ith')),
    new RegExp(`${BEHIND_COOPER}: label .*control`),
  ],
  [
    'a label that is too long',
    occupations(anOccupation(SMITH, 'x'.repeat(501))),
    /line 2: label .*more than 500 letters/,
  ],
  [
    'a last row that is cut off in a quote',
    { 'occupations_en.csv': csv(OCCUPATION_HEADER, cooper, smith).slice(0, -20) },
    new RegExp(`occupations_en.csv, ${BEHIND_COOPER}: Quote Not Closed`),
  ],
  [
    'a last row that is cut off between columns',
    { 'occupations_en.csv': csv(OCCUPATION_HEADER, cooper, smith.split(',').slice(0, 5).join(',')) },
    new RegExp(`${BEHIND_COOPER}: Invalid Record Length`),
  ],
  [
    'a quote that is never closed, and a megabyte behind it',
    { 'occupations_en.csv': csv(OCCUPATION_HEADER, cooper, `Occupation,"${'x\n'.repeat(1_000_000)}`) },
    new RegExp(`${BEHIND_COOPER}: Max Record Size`),
  ],
  ['a quote inside a word', occupations(cooper, 'Occ"upation,x'), new RegExp(`${BEHIND_COOPER}: Invalid Opening Quote`)], // prettier-ignore
  [
    'skills in the place of occupations',
    {
      'occupations_en.csv': csv(OCCUPATION_HEADER, cooper.replace('Occupation', 'KnowledgeSkillCompetence')),
    },
    /line 2: conceptType is "KnowledgeSkillCompetence", not Occupation/,
  ],
  [
    'an address that is none of ESCO’s',
    occupations(cooper, smith.replace('data.europa.eu', 'example.com')),
    new RegExp(`${BEHIND_COOPER}: conceptUri is .*example.com`),
  ],
  [
    'an address that would not do as a code',
    occupations(anOccupation('x y', 'smith')),
    /line 2: conceptUri is/,
  ],
  [
    'an address twice',
    occupations(cooper, cooper),
    /line 2: the concept .* twice[^]*line 6: the concept .* twice/,
  ],
  [
    'a status nobody knows',
    occupations(anOccupation(SMITH, 'smith', { status: 'draft' })),
    /line 2: status is "draft"/,
  ],
  [
    'a group ISCO-08 does not have',
    occupations(cooper, anOccupation(SMITH, 'smith', { group: '9999' })),
    new RegExp(`occupations_en.csv, ${BEHIND_COOPER}: ISCO-08 has no group 9999`),
  ],
  [
    'no group',
    occupations(anOccupation(SMITH, 'smith', { group: '' })),
    /line 2: ISCO-08 has no group \(empty\)/,
  ],
  [
    'languages that differ in the group',
    { ...occupations(smith), 'occupations_da.csv': csv(OCCUPATION_HEADER, anOccupation(SMITH, 'smed')) },
    /occupations_en\.csv, line 2: ISCO group or status of .* differ from occupations_da\.csv/,
  ],
  [
    'a relation to an occupation that is not there',
    { ...occupations(cooper), ...skills, ...relations(aRelation(SMITH, 'essential', JOINING)) },
    /occupationSkillRelations_en\.csv, line 2: no released occupation has the code 000e93a3/,
  ],
  [
    'a relation to a skill that is not there',
    { ...occupations(cooper), ...relations(aRelation(COOPER, 'essential', SMITH)) },
    /line 2: no released skill has the code 000e93a3/,
  ],
  [
    'a relation of another type',
    relations(aRelation(COOPER, 'useful', JOINING)),
    /line 2: relationType is "useful", not essential or optional/,
  ],
  [
    'a relation that says both',
    {
      ...occupations(cooper),
      ...skills,
      ...relations(aRelation(COOPER, 'essential', JOINING), aRelation(COOPER, 'optional', JOINING)),
    },
    /line 2: the skill .* is both essential and optional/,
  ],
  [
    'hundreds of faults',
    occupations(...Array.from({ length: 300 }, () => anOccupation('x y', 'smith'))),
    /line 2: [^]*and 280 more/,
  ],
];

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('an import of ESCO refuses, and changes nothing at', () => {
  let database: TestDatabase;
  let before: Contents;

  beforeAll(async () => {
    database = await cloneDatabase();
    const good = {
      ...occupations(cooper, smith),
      ...skills,
      ...relations(aRelation(COOPER, 'essential', JOINING)),
    };
    const { code, said } = await importing(database, await folderOf(good)).ended;
    expect({ code, said }).toEqual({ code: 0, said: expect.any(String) });
    before = await database.contents();
  });
  afterAll(() => database.drop());

  const refusal = async (folder: string, ...options: string[]): Promise<string> => {
    const { code, said } = await importing(database, folder, ...options).ended;
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/^refused, nothing is changed:\n/),
    });
    expect(said).not.toMatch(/\bat .*\.js:|error:/);
    expect(changed(before, await database.contents())).toEqual([]);
    return said;
  };

  it.each(HOSTILE)('%s', async (_, files, rule) => {
    expect(await refusal(await folderOf(files))).toMatch(rule);
  });

  it('a folder that is not there', async () => {
    expect(await refusal('/nowhere/at/all')).toMatch(/no folder that can be read \(ENOENT\)/);
  });

  it('a release that is none', async () => {
    expect(await refusal(await folderOf(occupations(cooper)), '--version', 'latest')).toMatch(
      /no release of ESCO/,
    );
  });

  it('no folder at all, and says how it is used', async () => {
    const { code, said } = await importing(database, '--force').ended;
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringContaining('classifications:import -- <folder>'),
    });
  });

  it('half a release, unless it is meant', async () => {
    const whole = await cloneDatabase();
    try {
      const rows = Array.from({ length: 600 }, (_, n) => anOccupation(uuid(n), `smith ${n}`));
      expect((await importing(whole, await folderOf(occupations(...rows))).ended).code).toBe(0);
      const half = await folderOf(occupations(...rows.slice(300)));
      const refused = await importing(whole, half).ended;
      expect(refused).toEqual({
        code: 1,
        said: expect.stringContaining('300 of 600 occupations would be gone'),
      });
      expect((await importing(whole, half, '--force').ended).code).toBe(0);
      const [{ obsolete }] = await whole.asApp<{ obsolete: number }>(
        `select count(*)::int as obsolete from esco_occupations where status = 'obsolete' and uri like '${occupationUri('')}%'`,
      );
      expect(obsolete).toBe(300);
    } finally {
      await whole.drop();
    }
  });
});

describe('an import of the next release of ESCO', () => {
  const ALL = 505;
  const A_FIFTH = 101;
  const MANY = 100;
  let database: TestDatabase;

  const rows = (length: number, row: (code: string, n: number) => string): string[] =>
    Array.from({ length }, (_, n) => row(uuid(n), n));
  const jobs = (length: number, lang: string) => ({
    [`occupations_${lang}.csv`]: csv(
      OCCUPATION_HEADER,
      ...rows(length, (code, n) => anOccupation(code, `${lang} job ${n}`)),
    ),
  });
  const abilities = (length: number, lang: string) => ({
    [`skills_${lang}.csv`]: csv(
      SKILL_HEADER,
      ...rows(length, (code, n) => aSkill(code, `${lang} ability ${n}`)),
    ),
  });
  const needed = (length: number) => relations(...rows(length, (code) => aRelation(code, 'essential', code)));
  const english = { ...jobs(ALL, 'en'), ...abilities(ALL, 'en') };
  const released = (length: number) => ({
    ...english,
    ...jobs(length, 'da'),
    ...abilities(length, 'da'),
    ...needed(length),
  });
  const load = async (files: Files, release: string) =>
    importing(database, await folderOf(files), '--version', release).ended;

  beforeAll(async () => {
    database = await cloneDatabase();
    expect(await load(released(ALL), '1.1.2')).toMatchObject({ code: 0 });
  });
  afterAll(() => database.drop());

  const CUT = ALL - A_FIFTH - 1;
  const untitled = {
    'occupations_da.csv': csv(
      OCCUPATION_HEADER,
      ...rows(ALL, (code, n) => anOccupation(code, n < CUT ? `da job ${n}` : '')),
    ),
  };
  it.each<[string, Files, string]>([
    ['Danish occupations', jobs(CUT, 'da'), 'titles in da of esco_occupation'],
    ['titles of Danish occupations', untitled, 'titles in da of esco_occupation'],
    ['Danish skills', abilities(CUT, 'da'), 'titles in da of esco_skill'],
    ['relations', needed(CUT), 'relations'],
  ])('changes nothing when %s are cut short', async (_, cut, what) => {
    const before = await database.contents();
    expect(await load({ ...released(ALL), ...cut }, '1.2.0')).toEqual({
      code: 1,
      said: expect.stringContaining(`102 of 505 ${what} would be gone`),
    });
    expect(changed(before, await database.contents())).toEqual([]);
  });

  it('may end a fifth of what there is, or a hundred', async () => {
    for (const [left, release] of [
      [ALL - A_FIFTH, '1.2.0'],
      [ALL - A_FIFTH - MANY, '1.3.0'],
    ] as const) {
      expect(await load(released(left), release)).toMatchObject({ code: 0 });
      expect((await database.contents()).esco_occupation_skills.rows).toBe(left);
    }
  });
});
