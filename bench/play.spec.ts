import { learn, type Recording } from './play.js';

const ANNE = '01900000-0000-7000-8000-00000000000a';
const BO = '01900000-0000-7000-8000-00000000000b';
const RULE = '01900000-0000-7000-8000-0000000000cc';
const id = (n: number): string => `01900000-0000-7000-8000-1000000000${String(n).padStart(2, '0')}`;

const recording = (actor: string, q: string, values: unknown[]): Recording => ({
  asked: { actor, q },
  statements: [{ text: 'select $1', values }],
});
const learned = (first: unknown[], second: unknown[]) =>
  learn(recording(ANNE, 'kok', first), recording(BO, 'maler', second))[0].slots;

describe('a play is learned from two recordings', () => {
  it('keeps what is equal', () => {
    expect(learned(['20', 7, null, RULE], ['20', 7, null, RULE])).toEqual(
      ['20', 7, null, RULE].map((always) => ({ always })),
    );
  });

  it('fills in what was asked, also inside JSON and lists', () => {
    expect(learned([`{"by":"${ANNE}"}`, [ANNE], 'kok'], [`{"by":"${BO}"}`, [BO], 'maler'])).toEqual([
      { parts: ['{"by":"', { asked: 'actor' }, '"}'] },
      { list: [{ parts: [{ asked: 'actor' }] }] },
      { parts: [{ asked: 'q' }] },
    ]);
  });

  it('makes ids and bytes anew, the same id in both places', () => {
    const first = [id(1), `${id(2)} ${id(1)}`, Buffer.from('abc')];
    const second = [id(3), `${id(4)} ${id(3)}`, Buffer.from('xyz')];
    expect(learned(first, second)).toEqual([
      { parts: [{ newId: 0 }] },
      { parts: [{ newId: 1 }, ' ', { newId: 0 }] },
      { bytes: 3 },
    ]);
  });

  it.each([
    ['a parameter that nothing explains', ['x'], ['y']],
    ['another number', [1], [2]],
    ['bytes of another length', [Buffer.from('a')], [Buffer.from('ab')]],
    ['an id made anew that stands elsewhere', [id(1), id(2), id(1)], [id(3), id(4), id(4)]],
  ])('refuses %s', (_, first, second) => {
    expect(() => learned(first, second)).toThrow('neither asked');
  });

  it('refuses another statement, and another number of them', () => {
    const first = recording(ANNE, 'kok', []);
    const other = { ...recording(BO, 'maler', []), statements: [{ text: 'select 2', values: [] }] };
    expect(() => learn(first, other)).toThrow('another statement');
    expect(() => learn(first, { ...other, statements: [] })).toThrow('another number of statements');
  });
});
