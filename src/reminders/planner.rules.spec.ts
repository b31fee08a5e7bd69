import fc from 'fast-check';
import { changesTo, type Stored, type Wanted } from './planner.rules.js';

const wanted = (over: Partial<Wanted> = {}): Wanted => ({
  subjectId: 'case',
  key: 'contract',
  role: 'caseworker',
  done: false,
  ownerId: 'karen',
  earliestOn: '2027-02-01',
  targetOn: '2027-02-15',
  latestOn: '2027-03-01',
  actBy: '2027-03-01',
  ruleIds: ['a', 'b'],
  act: { method: 'POST', href: '/here' },
  ...over,
});
const stored = (duty: Wanted, id = 'f1'): Stored => ({
  ...duty,
  id,
  actMethod: duty.act.method,
  actHref: duty.act.href,
});

const onePassedOn = {
  id: 'f1',
  ownerId: 'karen',
  newOwner: false,
  ruleIds: ['a', 'b'],
  targetOn: '2027-02-15',
  actBy: '2027-03-01',
  actMethod: 'POST',
  actHref: '/here',
};

describe('turning the stored plan into the wanted one', () => {
  it.each([
    ['nothing stored: opened', [], [wanted()], { opened: [wanted()], ended: [], passedOn: [] }],
    ['the same: nothing', [stored(wanted())], [wanted()], { opened: [], ended: [], passedOn: [] }],
    [
      'the same rules in another order: nothing',
      [stored(wanted())],
      [wanted({ ruleIds: ['b', 'a'] })],
      { opened: [], ended: [], passedOn: [] },
    ],
    [
      'no longer wanted: cancelled',
      [stored(wanted())],
      [],
      { opened: [], ended: [{ id: 'f1', state: 'cancelled' }], passedOn: [] },
    ],
    [
      'done: done',
      [stored(wanted())],
      [wanted({ done: true })],
      { opened: [], ended: [{ id: 'f1', state: 'done' }], passedOn: [] },
    ],
    [
      'done before it was stored: nothing',
      [],
      [wanted({ done: true })],
      { opened: [], ended: [], passedOn: [] },
    ],
    [
      'another day: the old one superseded, a new one opened',
      [stored(wanted())],
      [wanted({ latestOn: '2027-04-01' })],
      {
        opened: [wanted({ latestOn: '2027-04-01' })],
        ended: [{ id: 'f1', state: 'superseded' }],
        passedOn: [],
      },
    ],
    [
      'the same days by another rule: the rule behind it is exchanged, and nobody is told again',
      [stored(wanted())],
      [wanted({ ruleIds: ['a', 'c'] })],
      { opened: [], ended: [], passedOn: [{ ...onePassedOn, ruleIds: ['a', 'c'] }] },
    ],
    [
      'another owner: passed on',
      [stored(wanted())],
      [wanted({ ownerId: 'lone' })],
      {
        opened: [],
        ended: [],
        passedOn: [{ ...onePassedOn, ownerId: 'lone', newOwner: true }],
      },
    ],
  ])('%s', (_, before, after, changes) => {
    expect(changesTo(before, after)).toEqual(changes);
  });

  it('needs no change the second time, whatever was stored and wanted', () => {
    const day = fc.constantFrom('2027-02-01', '2027-02-15', '2027-03-01');
    const duty = fc.record({
      subjectId: fc.constantFrom('a', 'b'),
      key: fc.constantFrom('x', 'y'),
      done: fc.boolean(),
      ownerId: fc.constantFrom('karen', 'lone'),
      targetOn: day,
    });
    const plan = fc
      .uniqueArray(duty, { selector: ({ subjectId, key }) => `${subjectId} ${key}` })
      .map((duties) => duties.map((one) => wanted(one)));
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const old = before.map((one, i) => stored(one, `f${i}`));
        const { opened, ended, passedOn } = changesTo(old, after);
        const gone = new Set(ended.map(({ id }) => id));
        const now = [
          ...old
            .filter(({ id }) => !gone.has(id))
            .map((one) => ({ ...one, ...passedOn.find(({ id }) => id === one.id) })),
          ...opened.map((one, i) => stored(one, `n${i}`)),
        ];
        expect(changesTo(now, after)).toEqual({ opened: [], ended: [], passedOn: [] });
      }),
    );
  });
});
