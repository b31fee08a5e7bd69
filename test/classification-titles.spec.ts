import { createHash } from 'node:crypto';
import { escoSkillGroups } from '../migrations/data/esco-skill-groups.js';
import { iscedFields } from '../migrations/data/isced-fields.js';
import { isco08Da } from '../migrations/data/isco-08-da.js';
import { isco08 } from '../migrations/data/isco-08.js';

type Titles = [code: string, titleEn: string, titleDa: string][];

const danish = new Map(isco08Da);
const SCHEMES: Record<
  string,
  { titles: Titles; groups: number; sha256: string; levelOf: (code: string) => number }
> = {
  'ISCO-08': {
    titles: isco08.map(([code, titleEn]) => [code, titleEn, danish.get(code) ?? '']),
    groups: 619,
    sha256: '476c770e3d087265d4e1b32bca08c885b4f8083310cd4b1028d505bcbf8e196e',
    levelOf: (code) => code.length,
  },
  'ESCO skill groups': {
    titles: [...escoSkillGroups],
    groups: 432,
    sha256: '6436b7616925d6772a90243f6a0986f301de11064cc96b44f1e9683d3e0c8d01',
    levelOf: (code) => code.split('.').length,
  },
  'ISCED-F': {
    titles: [...iscedFields],
    groups: 220,
    sha256: '990d66934ef7b377703c7eb7cc25d5739c3919fd6ad3a29dadb3a1c1cc055e3a',
    levelOf: (code) => code.length,
  },
};

describe.each(Object.entries(SCHEMES))('%s', (_, { titles, groups, sha256, levelOf }) => {
  it('has the codes and English titles of its publisher', () => {
    const text = titles.map(([code, titleEn]) => `${code}\t${titleEn}`).join('\n');
    expect(titles).toHaveLength(groups);
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  });

  it('has a Danish title for every code, in Danish letters and words', () => {
    const wrong = titles.filter(
      ([, titleEn, titleDa]) =>
        !/^[A-Za-zÆØÅæøåé0-9 (),.-]+$/.test(titleDa) ||
        titleDa !== titleDa.trim() ||
        /\b(and|of|not|other|the|or|with|workers?)\b/i.test(titleDa) ||
        titleDa.toLowerCase() === titleEn.toLowerCase(),
    );
    expect(wrong).toEqual([]);
  });

  it('gives two codes of a level one Danish title only where the English is one, too', () => {
    const twins = titles.flatMap(([code, titleEn, titleDa]) =>
      titles
        .filter(([other]) => other > code && levelOf(other) === levelOf(code))
        .filter(([, en, da]) => da === titleDa && en !== titleEn)
        .map(([other]) => [code, other, titleDa]),
    );
    expect(twins).toEqual([]);
  });

  it('says everywhere in the same words what is not elsewhere classified or not further defined', () => {
    const ending = [
      ['not elsewhere classified', ', ikke klassificeret andetsteds'],
      ['not further defined', ', ikke nærmere angivet'],
    ];
    for (const [en, da] of ending) {
      const ofEnglish = titles.filter(([, titleEn]) => titleEn.endsWith(en)).map(([code]) => code);
      const ofDanish = titles.filter(([, , titleDa]) => titleDa.endsWith(da)).map(([code]) => code);
      expect(ofDanish).toEqual(ofEnglish);
    }
  });
});

it('translates no ISCO-08 code that does not exist', () => {
  expect(isco08Da.map(([code]) => code)).toEqual(isco08.map(([code]) => code));
});
