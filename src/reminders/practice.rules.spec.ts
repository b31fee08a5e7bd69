import type { Day } from '../platform/calendar/calendar.js';
import type { Landmarks } from './reminders.contract.js';
import { practiceDuties, type PracticeVersion } from './practice.rules.js';

const version = (over: Partial<PracticeVersion> = {}): PracticeVersion => ({
  id: 'version',
  ruleId: 'rule',
  title: { da: 'Ring', en: 'Call' },
  reason: { da: 'Derfor', en: 'Because' },
  role: 'caseworker',
  after: 'work.began',
  whileIn: null,
  due: { count: 1, unit: 'months' },
  targetBefore: 0,
  repeats: false,
  doneBy: 'talk.held',
  appliesFrom: '2020-01-01',
  ...over,
});
const landmarks = (days: Record<string, Day[]>, states: string[] = []): Landmarks => ({
  days,
  states,
  acts: { 'talk.held': { method: 'POST', href: '/talks' } },
  pauses: [],
  changesOn: null,
});
/** `occurrence: earliest target latest`, and whether it is done. */
const asked = (over: Partial<PracticeVersion>, known: Landmarks, today: Day): string[] =>
  practiceDuties(version(over), known, today).map(
    ({ occurrence, earliestOn, targetOn, latestOn, done }) =>
      `${occurrence}: ${earliestOn} ${targetOn} ${latestOn}${done ? ' done' : ''}`,
  );
const worksFrom = (...days: Day[]): Landmarks => landmarks({ 'work.began': days });

describe('the days of practice', () => {
  const table: [string, Partial<PracticeVersion>, Day, string][] = [
    ['days', { due: { count: 10, unit: 'days' } }, '2027-02-01', '1: 2027-02-01 2027-02-11 2027-02-11'],
    ['weeks', { due: { count: 3, unit: 'weeks' } }, '2027-02-01', '1: 2027-02-01 2027-02-22 2027-02-22'],
    ['months, clipped to the end', {}, '2027-01-31', '1: 2027-01-31 2027-02-26 2027-02-28'],
    ['months, clipped in a leap year', {}, '2028-01-31', '1: 2028-01-31 2028-02-29 2028-02-29'],
    [
      'a year from 29 February',
      { due: { count: 12, unit: 'months' } },
      '2028-02-29',
      '1: 2028-02-29 2029-02-28 2029-02-28',
    ],
    [
      'a target in Easter 2027 moves before Maundy Thursday',
      { due: { count: 4, unit: 'weeks' } },
      '2027-03-01',
      '1: 2027-03-01 2027-03-24 2027-03-29',
    ],
    [
      'a target some days before, moved to a working day',
      { due: { count: 4, unit: 'weeks' }, targetBefore: 8 },
      '2027-02-01',
      '1: 2027-02-01 2027-02-19 2027-03-01',
    ],
    [
      'a target not before the landmark',
      { due: { count: 2, unit: 'days' }, targetBefore: 9 },
      '2027-02-01',
      '1: 2027-02-01 2027-02-01 2027-02-03',
    ],
  ];
  it.each(table)('%s', (_, over, beganOn, expected) => {
    expect(asked(over, worksFrom(beganOn), beganOn)).toEqual([expected]);
  });

  it('asks nothing without its landmark', () => {
    expect(asked({}, worksFrom(), '2027-02-01')).toEqual([]);
  });

  it.each([
    ['the day before', '2027-02-02', 0],
    ['on the day', '2027-02-01', 1],
    ['the day after', '2027-01-31', 1],
  ])('a landmark %s it applies from', (_, appliesFrom, duties) => {
    expect(asked({ appliesFrom }, worksFrom('2027-02-01'), '2027-03-01')).toHaveLength(duties);
  });

  it('asks only while its state holds, but what was done stays done', () => {
    const over = { whileIn: 'in_work' };
    expect(asked(over, worksFrom('2027-02-01'), '2027-02-10')).toEqual([]);
    expect(asked(over, landmarks({ 'work.began': ['2027-02-01'] }, ['in_work']), '2027-02-10')).toHaveLength(
      1,
    );
    const held = landmarks({ 'work.began': ['2027-02-01'], 'talk.held': ['2027-02-05'] });
    expect(asked(over, held, '2027-02-10')).toEqual(['1: 2027-02-01 2027-03-01 2027-03-01 done']);
  });
});

describe('what ends it, and what comes next', () => {
  const today = '2027-06-01';
  const facts = (began: Day[], held: Day[]) => landmarks({ 'work.began': began, 'talk.held': held });

  it.each([
    ['a talk the day before the landmark does not', '2027-01-31', false],
    ['a talk on the day does', '2027-02-01', true],
    ['a talk after it does', '2027-04-01', true],
  ])('%s', (_, heldOn, done) => {
    expect(practiceDuties(version(), facts(['2027-02-01'], [heldOn]), today)[0].done).toBe(done);
  });

  it('counts from the last landmark that has come; the one before is only asked for if it was done', () => {
    expect(asked({}, facts(['2027-02-01', '2027-05-03', '2027-09-01'], []), today)).toEqual([
      '2: 2027-05-03 2027-06-03 2027-06-03',
    ]);
    expect(asked({}, facts(['2027-02-01', '2027-05-03'], ['2027-02-10']), today)).toEqual([
      '1: 2027-02-01 2027-03-01 2027-03-01 done',
      '2: 2027-05-03 2027-06-03 2027-06-03',
    ]);
  });

  it('counts from one to come while none has', () => {
    expect(asked({}, facts(['2027-09-01', '2027-10-01'], []), today)).toEqual([
      '1: 2027-09-01 2027-10-01 2027-10-01',
    ]);
  });

  it('keeps the number of a landmark when the rule applies from later', () => {
    const known = facts(['2027-02-01', '2027-05-03'], []);
    expect(asked({ appliesFrom: '2027-05-01' }, known, today)).toEqual(asked({}, known, today));
  });

  it('repeats from each doing', () => {
    expect(
      asked({ repeats: true }, facts(['2027-02-01'], ['2027-01-05', '2027-02-22', '2027-03-31']), today),
    ).toEqual([
      '1: 2027-02-01 2027-03-01 2027-03-01 done',
      '2: 2027-02-22 2027-03-22 2027-03-22 done',
      '3: 2027-03-31 2027-04-30 2027-04-30',
    ]);
  });

  it.each([true, false])(
    'counted from what ends it, each one ends the one before (repeats: %s)',
    (repeats) => {
      expect(asked({ after: 'talk.held', repeats }, facts([], ['2027-02-22', '2027-03-31']), today)).toEqual([
        '1: 2027-02-22 2027-03-22 2027-03-22 done',
        '2: 2027-03-31 2027-04-30 2027-04-30',
      ]);
    },
  );
});

it('says whose work it is, which version asks, and where what ends it is recorded', () => {
  const [duty] = practiceDuties(version(), worksFrom('2027-02-01'), '2027-02-01');
  expect(duty).toMatchObject({
    key: 'practice.rule',
    series: 'practice.rule',
    role: 'caseworker',
    practiceVersionId: 'version',
    rules: [],
    act: { method: 'POST', href: '/talks' },
  });
});
