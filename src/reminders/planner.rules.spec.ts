import fc from 'fast-check';
import { changesTo, reminderSteps, type Changed, type Stored, type Wanted } from './planner.rules.js';

const wanted = (over: Partial<Wanted> = {}): Wanted => ({
  subjectId: 'case',
  key: 'contract',
  occurrence: 1,
  series: 'contract',
  role: 'caseworker',
  done: false,
  suspended: false,
  ownerId: 'karen',
  earliestOn: '2027-02-01',
  targetOn: '2027-02-15',
  latestOn: '2027-03-01',
  actBy: '2027-03-01',
  ruleIds: ['a', 'b'],
  practiceVersionId: null,
  assumed: [],
  act: { method: 'POST', href: '/here' },
  ...over,
});
const stored = (duty: Wanted, over: Partial<Stored> = {}): Stored => ({
  ...duty,
  id: 'f1',
  state: 'open',
  assignedTo: null,
  actMethod: duty.act.method,
  actHref: duty.act.href,
  ...over,
});
const nothing = { opened: [], ended: [], changed: [] };
const changed = (over: Partial<Changed>): Changed => ({
  id: 'f1',
  ownerId: 'karen',
  newOwner: false,
  movedFrom: null,
  remind: false,
  role: 'caseworker',
  earliestOn: '2027-02-01',
  targetOn: '2027-02-15',
  latestOn: '2027-03-01',
  actBy: '2027-03-01',
  suspended: false,
  ruleIds: ['a', 'b'],
  practiceVersionId: null,
  assumed: [],
  actMethod: 'POST',
  actHref: '/here',
  ...over,
});
const inWork = wanted({ key: 'talk.in_work', series: 'talk', latestOn: '2028-05-10' });
const talk = (occurrence: number): Wanted => wanted({ key: 'talk', series: 'talk', occurrence });

describe('turning the stored plan into the wanted one', () => {
  it.each([
    ['nothing stored: opened', [], [wanted()], { ...nothing, opened: [wanted()] }],
    ['the same: nothing', [stored(wanted())], [wanted()], nothing],
    [
      'the same rules in another order: nothing',
      [stored(wanted())],
      [wanted({ ruleIds: ['b', 'a'] })],
      nothing,
    ],
    [
      'no longer wanted, and nothing in its place: cancelled',
      [stored(wanted())],
      [],
      { ...nothing, ended: [{ id: 'f1', state: 'cancelled', by: null }] },
    ],
    [
      'done: done',
      [stored(wanted())],
      [wanted({ done: true })],
      { ...nothing, ended: [{ id: 'f1', state: 'done', by: null }] },
    ],
    ['done before it was stored: nothing', [], [wanted({ done: true })], nothing],
    [
      'no longer wanted, and another of its series comes: superseded by that one',
      [stored(talk(1)), stored(talk(2), { id: 'f2' })],
      [inWork],
      {
        ...nothing,
        opened: [inWork],
        ended: [
          { id: 'f1', state: 'superseded', by: inWork },
          { id: 'f2', state: 'superseded', by: inWork },
        ],
      },
    ],
    [
      'another of its series was there before: cancelled',
      [stored(talk(1)), stored(talk(2), { id: 'f2' })],
      [talk(1)],
      { ...nothing, ended: [{ id: 'f2', state: 'cancelled', by: null }] },
    ],
    [
      'another day: moved, with what it was before',
      [stored(wanted())],
      [wanted({ latestOn: '2027-04-01', ruleIds: ['a', 'c'] })],
      {
        ...nothing,
        changed: [
          changed({
            latestOn: '2027-04-01',
            ruleIds: ['a', 'c'],
            movedFrom: { targetOn: '2027-02-15', latestOn: '2027-03-01', ruleIds: ['a', 'b'] },
            remind: true,
          }),
        ],
      },
    ],
    [
      'the same days by another rule: the rule behind it is exchanged, and nobody is told again',
      [stored(wanted())],
      [wanted({ ruleIds: ['a', 'c'] })],
      { ...nothing, changed: [changed({ ruleIds: ['a', 'c'] })] },
    ],
    [
      'only an earlier first day: noted, and nobody is told again',
      [stored(wanted())],
      [wanted({ earliestOn: '2027-01-31' })],
      { ...nothing, changed: [changed({ earliestOn: '2027-01-31' })] },
    ],
    [
      'another holder of the role: passed on, and reminded of',
      [stored(wanted())],
      [wanted({ ownerId: 'lone' })],
      { ...nothing, changed: [changed({ ownerId: 'lone', newOwner: true, remind: true })] },
    ],
    [
      'somebody was asked to do it: stays theirs, whoever holds the role',
      [stored(wanted({ ownerId: 'ole' }), { assignedTo: 'ole' })],
      [wanted({ ownerId: 'lone' })],
      nothing,
    ],
    [
      'its time stands still: nobody is reminded',
      [stored(wanted())],
      [wanted({ suspended: true })],
      { ...nothing, changed: [changed({ suspended: true, remind: true })] },
    ],
    ['dismissed: not opened again', [stored(wanted(), { state: 'dismissed' })], [wanted()], nothing],
    [
      'dismissed, and its days moved: opened anew',
      [stored(wanted(), { state: 'dismissed' })],
      [wanted({ latestOn: '2027-04-01' })],
      { ...nothing, opened: [wanted({ latestOn: '2027-04-01' })] },
    ],
    ['dismissed and no longer wanted: nothing', [stored(wanted(), { state: 'dismissed' })], [], nothing],
  ] as [string, Stored[], Wanted[], object][])('%s', (_, before, after, changes) => {
    expect(changesTo(before, after)).toEqual(changes);
  });

  it('needs no change the second time, whatever was stored and wanted', () => {
    const day = fc.constantFrom('2027-02-01', '2027-02-15', '2027-03-01');
    const duty = fc.record({
      subjectId: fc.constantFrom('a', 'b'),
      key: fc.constantFrom('x', 'y'),
      occurrence: fc.constantFrom(1, 2),
      series: fc.constantFrom('x', 'z'),
      done: fc.boolean(),
      suspended: fc.boolean(),
      ownerId: fc.constantFrom('karen', 'lone', null),
      targetOn: day,
    });
    const plan = fc
      .uniqueArray(duty, {
        selector: ({ subjectId, key, occurrence }) => `${subjectId} ${key} ${occurrence}`,
      })
      .map((duties) => duties.map((one) => wanted(one)));
    const assigned = fc.constantFrom(null, 'ole');
    const state = fc.constantFrom('open' as const, 'dismissed' as const);
    fc.assert(
      fc.property(plan, plan, fc.array(assigned), fc.array(state), (before, after, toWhom, states) => {
        const old = before.map((one, i) =>
          stored(one, { id: `f${i}`, assignedTo: toWhom.at(i) ?? null, state: states.at(i) ?? 'open' }),
        );
        const { opened, ended, changed: changes } = changesTo(old, after);
        const gone = new Set(ended.map(({ id }) => id));
        const now = [
          ...old
            .filter(({ id }) => !gone.has(id))
            .map((one) => ({ ...one, ...changes.find(({ id }) => id === one.id) })),
          ...opened.map((one, i) => stored(one, { id: `n${i}` })),
        ];
        expect(changesTo(now, after)).toEqual(nothing);
        expect(ended.every(({ state: end, by }) => (end === 'superseded') === (by !== null))).toBe(true);
      }),
    );
  });
});

describe('when what was put off is reminded of: on the first open day from the day it was put off to', () => {
  const closings = [{ month: 6, day: 5 }];
  test.each([
    // put off to, last working day to act; target, last
    ['a working day', '2027-03-24', '2027-05-03', ['target 2027-03-24', 'last 2027-05-03']],
    ['Easter Sunday', '2027-03-28', '2027-05-03', ['target 2027-03-30', 'last 2027-05-03']],
    ['a day before its target', '2027-02-12', '2027-05-03', ['target 2027-02-15', 'last 2027-05-03']],
    ['a Saturday before the last day', '2027-05-01', '2027-05-03', ['last 2027-05-03']],
    ['a last day when the house is closed', '2026-06-05', '2026-06-05', ['last 2026-06-04']],
  ])('%s', (_, snoozedUntil, actBy, expected) => {
    const targetOn = snoozedUntil < '2027' ? '2026-05-04' : '2027-02-15';
    const now = snoozedUntil < '2027' ? '2026-05-01' : '2027-02-01';
    const steps = reminderSteps({ targetOn, actBy, snoozedUntil }, now, closings);
    expect(steps.map(({ step, dueOn }) => `${step} ${dueOn}`)).toEqual(expected);
  });
});
