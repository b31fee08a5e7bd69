import { figureLine, median, verdict, type Figure } from './figures.js';

const ratio: Figure = {
  name: 'opened_case',
  value: 0.7149,
  unit: 'ratio',
  reference: 'bare_fastify',
  target: { op: '>=', bound: 0.6 },
};

describe('a figure', () => {
  it('is one line, with its reference and its target', () => {
    expect(figureLine(ratio)).toBe('figure opened_case 0.71 ratio reference=bare_fastify target>=0.6 ok');
  });

  it('without a target is only said', () => {
    expect(figureLine({ ...ratio, name: 'argon2', value: 31.27, unit: 'ms', target: undefined })).toBe(
      'figure argon2 31.3 ms reference=bare_fastify target=none said',
    );
  });

  it.each([
    ['>=', 0.6, 'ok'],
    ['>=', 0.5999, 'short'],
    ['<=', 0.6, 'ok'],
    ['<=', 0.6001, 'short'],
  ] as const)('of %s 0.6 that is %d is %s', (op, value, expected) => {
    expect(verdict({ ...ratio, value, target: { op, bound: 0.6 } })).toBe(expected);
  });
});

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9], 9.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is no figure', () => {
    expect(() => median([])).toThrow('nothing was measured');
  });
});
