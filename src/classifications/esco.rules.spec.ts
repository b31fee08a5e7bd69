import { COLUMNS, escoFile, isOlder, isRelease, judge, releaseNamedBy, wrongHeader } from './esco.rules.js';

const OCCUPATION = {
  conceptType: 'Occupation',
  conceptUri: 'http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34',
  iscoGroup: '7115',
  preferredLabel: 'cooper',
  altLabels: '',
  hiddenLabels: '',
  status: 'released',
};

describe('a file of ESCO', () => {
  test.each([
    ['occupations_en.csv', 'occupations', 'en'],
    ['occupations_da.csv', 'occupations', 'da'],
    ['skills_uk.csv', 'skills', 'uk'],
    ['skills.csv', 'skills', null],
    ['occupationSkillRelations_en.csv', 'relations', 'en'],
    ['occupationSkillRelations.csv', 'relations', null],
  ])('%s holds %s in %s', (name, kind, lang) => {
    expect(escoFile(name)).toEqual({ name, kind, lang });
  });

  test.each([
    'isco-08-groups.csv',
    'skillGroups_en.csv',
    'occupations_en.xlsx',
    'occupations_eng.csv',
    'constructor.csv',
    '.csv',
  ])('%s is none of those that are imported', (name) => {
    expect(escoFile(name)).toBeUndefined();
  });

  test.each([
    ['ESCO dataset - v1.2.0 - classification - en - csv', '1.2.0'],
    ['esco v1.1', '1.1'],
    ['reference', null],
    ['v2', null],
    ['2024.05.08', null],
  ])('in the folder %s is of release %s', (folder, release) => {
    expect(releaseNamedBy(folder)).toBe(release);
  });

  test('may have its columns in any order, and more of them', () => {
    expect(wrongHeader('occupations', ['code', ...COLUMNS.occupations.toReversed()])).toBeUndefined();
    expect(wrongHeader('relations', COLUMNS.relations.slice(1))).toMatch('occupationUri');
  });
});

describe('a release', () => {
  test.each([
    ['1.1.2', '1.2.0'],
    ['1.9', '1.10'],
    ['1.2', '1.2.1'],
    ['0.9.9.9', '1.0'],
  ])('%s is older than %s', (older, newer) => {
    expect(isOlder(older, newer)).toBe(true);
    expect(isOlder(newer, older)).toBe(false);
  });

  test('is not older than itself, however it is written', () => {
    expect(isOlder('1.2', '1.2.0')).toBe(false);
    expect(isOlder('1.2.0', '1.2')).toBe(false);
  });

  test.each(['latest', '1', 'v1.2', '1.2.', '1.2.3.4.5', ''])('is not called %j', (text) => {
    expect(isRelease(text)).toBe(false);
  });
});

describe('of a row', () => {
  test('labels are kept a line each, without spaces around them and empty lines', () => {
    const judged = judge('occupations', {
      ...OCCUPATION,
      preferredLabel: ' cooper ',
      altLabels: 'barrel maker\r\n\n  cask  builder\n',
    });
    expect(judged).toEqual({
      row: [
        '00030d09-2b3a-4efd-87cc-c4ea39d27c34',
        OCCUPATION.conceptUri,
        '7115',
        'cooper',
        'barrel maker\ncask  builder',
        null,
        'released',
      ],
    });
  });

  test('a concept may have no label in a language', () => {
    expect(judge('occupations', { ...OCCUPATION, preferredLabel: '' })).toMatchObject({
      row: expect.any(Array),
    });
  });

  test.each([
    [{ conceptType: 'Skill' }, 'conceptType is "Skill"'],
    [{ conceptUri: '' }, 'conceptUri is ""'],
    [{ conceptUri: 'http://data.europa.eu/esco/skill/1' }, 'conceptUri is'],
    [{ conceptUri: `${OCCUPATION.conceptUri}0` }, 'conceptUri is'],
    [{ status: '' }, 'status is ""'],
    [{ preferredLabel: 'cooper\ncooper' }, 'more than one line'],
    [{ altLabels: 'a\tb' }, 'control characters'],
    [{ hiddenLabels: 'a'.repeat(501) }, 'more than 500 letters'],
    [{ iscoGroup: '7'.repeat(101) }, 'more than 100 letters'],
  ])('%j is refused: %s', (wrong, rule) => {
    expect(judge('occupations', { ...OCCUPATION, ...wrong })).toEqual({
      wrong: expect.stringContaining(rule),
    });
  });
});
