import type { Card, Entry } from './competence-card.contract.js';
import { cardLanguageOf, entriesOf, shortened } from './competence-card.rules.js';
import type { Profile } from './profile.rules.js';

const speaks = (...languages: [code: string, motherTongue?: boolean][]): Pick<Profile, 'languages'> => ({
  languages: languages.map(([language, motherTongue = true]) => ({
    language,
    motherTongue,
    spoken: null,
    read: null,
    written: null,
    readsLatinScript: null,
    assessmentId: 'a',
  })),
});

describe('the language of the card', () => {
  it.each([
    ['the mother tongue', speaks(['tir']), 'tir'],
    ['the first that has texts, of several', speaks(['amh'], ['ara'], ['tir']), 'ara'],
    ['a variety of one that has', speaks(['apc']), 'ara'],
    ['Arabic for who speaks that of Sudan', speaks(['apd']), 'ara'],
    ['Iranian Persian and Dari apart', speaks(['prs']), 'prs'],
    ['never one that was learnt', speaks(['ara', false], ['ukr']), 'ukr'],
    ['English where none has texts', speaks(['som'], ['ara', false]), 'eng'],
    ['English where nothing is known', speaks(), 'eng'],
  ])('is %s', (_, profile, language) => {
    expect(cardLanguageOf(profile)).toBe(language);
  });
});

describe('a card that is too long', () => {
  const card = (...lengths: number[]): Card => ({
    name: '',
    sides: [] as unknown as Card['sides'],
    sections: lengths.map((length, section) => ({
      headings: [`${section}`, ''],
      entries: Array.from({ length }, (_, place): Entry => [
        { main: `${section}.${place}`, detail: '' },
        { main: '', detail: '' },
      ]),
    })),
  });
  const left = (of: Card) => of.sections.map(({ entries }) => entries.map(([{ main }]) => main).join(' '));

  it.each([
    // sections, most, what stays
    ['keeps all there is room for', [2, 1], 3, ['0.0 0.1', '1.0']],
    ['gives up the last of the longest section', [3, 1], 3, ['0.0 0.1', '1.0']],
    ['shortens long sections alike', [5, 5, 1], 5, ['0.0 0.1', '1.0 1.1', '2.0']],
    ['keeps the first of every section to the last', [4, 4, 4], 3, ['0.0', '1.0', '2.0']],
    ['drops a section that has nothing left', [1, 1, 1], 2, ['0.0', '1.0']],
    ['may be empty', [1], 0, []],
  ])('%s', (_, lengths, most, expected) => {
    const kept = shortened(card(...lengths), most);
    expect(left(kept)).toEqual(expected);
    expect(entriesOf(kept)).toBe(most);
  });
});
