import { RuleBook, type Rule } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import { actBy } from '../reminders/planner.rules.js';
import { programmeChangesOn, programmeDuties, type ProgrammeFacts } from './programme.duties.js';
import type { Stretch } from './stretches.rules.js';

const rule = (
  key: string,
  value: number,
  validFrom: Day | null = null,
  validTo: Day | null = null,
): Rule => ({
  id: `${key} ${value}`,
  key,
  operator: 'eq',
  value,
  unit: '',
  validFrom,
  validTo,
  legalBasis: '',
  source: '',
  confidence: 'H',
});
const RULES = [
  rule('contract.deadline', 1),
  rule('practice.contract_target', 14),
  rule('followup.count_first_6m', 4),
  rule('practice.talks_spread', 100),
  rule('followup.employed', 12),
  rule('followup.maternity', 6),
  rule('programme.age_min', 18),
  rule('programme.max', 5),
];

/** Taken over on 1 February 2027, visited on the 15th: the worked example. */
const worked: ProgrammeFacts = {
  subjectId: 'case',
  bornOn: '1990-01-01',
  takeoverOn: '2027-02-01',
  visitationOn: '2027-02-15',
  draftId: null,
  contractInForceId: null,
  contractsSignedOn: ['2027-02-20'],
  talksHeldOn: [],
  plannedTalkId: null,
  spells: [],
};
const spell = (kind: string, fromOn: Day, toOn: Day | null = null): Stretch => ({ kind, fromOn, toOn });

/** What is still owed on a day: `key n: earliest, target, latest`. */
function owed(over: Partial<ProgrammeFacts>, today: Day, rules: Rule[] = RULES): string[] {
  return programmeDuties({ ...worked, ...over }, new RuleBook(rules), today)
    .filter(({ done }) => !done)
    .map((duty) => `${duty.key} ${duty.occurrence}: ${duty.earliestOn}, ${duty.targetOn}, ${duty.latestOn}`);
}

describe('follow-up talks (Integration Act § 20): the worked example', () => {
  it.each([
    [
      'four talks in the six months after the visitation of 15 February',
      {},
      '2027-02-16',
      [
        'talk 1: 2027-02-15, 2027-04-01, 2027-08-15',
        'talk 2: 2027-04-02, 2027-05-14, 2027-08-15',
        'talk 3: 2027-05-15, 2027-06-30, 2027-08-15',
        'talk 4: 2027-07-01, 2027-08-13, 2027-08-15',
      ],
    ],
    [
      'ordinary work from 10 May: the next talk a year later',
      { spells: [spell('work', '2027-05-10')] },
      '2027-05-10',
      ['talk.in_work 1: 2027-05-10, 2028-05-10, 2028-05-10'],
    ],
    [
      'instead a birth on 3 June with leave to the end of January: six months later, and at the end of leave',
      { spells: [spell('birth', '2027-06-03', '2027-06-03'), spell('leave', '2027-06-03', '2028-01-31')] },
      '2027-06-03',
      [
        'talk.after_birth 1: 2027-06-03, 2027-12-03, 2027-12-03',
        'talk.after_leave 1: 2027-12-04, 2028-01-31, 2028-01-31',
      ],
    ],
    [
      'the same with leave whose end nobody knows yet',
      { spells: [spell('birth', '2027-06-03', '2027-06-03'), spell('leave', '2027-06-03')] },
      '2027-06-03',
      ['talk.after_birth 1: 2027-06-03, 2027-12-03, 2027-12-03'],
    ],
  ])('%s', (_, over, today, duties) => {
    expect(owed(over, today)).toEqual(duties);
  });

  it('is to be acted on by the last working day before a Sunday', () => {
    expect(actBy('2027-08-15')).toBe('2027-08-13');
  });

  it('goes by the day of the takeover until the visitation is recorded, and says so', () => {
    const [, first] = programmeDuties({ ...worked, visitationOn: null }, new RuleBook(RULES), '2027-02-01');
    expect(first).toMatchObject({ key: 'talk', latestOn: '2027-08-01', assumed: ['visitation_is_takeover'] });
  });
});

describe('follow-up talks, as life goes on', () => {
  const child = spell('birth', '2027-06-03', '2027-06-03');
  const leave = spell('leave', '2027-06-03', '2028-01-31');
  it.each([
    [
      'a talk held late moves the first day of the next, and its target with it',
      { talksHeldOn: ['2027-05-20'] },
      '2027-05-20',
      [
        'talk 2: 2027-05-21, 2027-05-21, 2027-08-15',
        'talk 3: 2027-05-22, 2027-06-30, 2027-08-15',
        'talk 4: 2027-07-01, 2027-08-13, 2027-08-15',
      ],
    ],
    ['a talk before the visitation does not count', { talksHeldOn: ['2027-02-14'] }, '2027-02-16', 4],
    ['a talk on the day of the visitation counts', { talksHeldOn: ['2027-02-15'] }, '2027-02-16', 3],
    [
      'four held: none',
      { talksHeldOn: ['2027-03-01', '2027-04-01', '2027-05-03', '2027-06-01'] },
      '2027-06-01',
      0,
    ],
    [
      'on the six-month day with one missing: it stays',
      { talksHeldOn: ['2027-03-01', '2027-04-01', '2027-05-03'] },
      '2027-08-16',
      1,
    ],
    [
      'the day before the work begins: the four talks',
      { spells: [spell('work', '2027-05-10')] },
      '2027-05-09',
      4,
    ],
    [
      'the day after the work was over: the four talks again',
      { spells: [spell('work', '2027-05-10', '2027-06-30')] },
      '2027-07-01',
      4,
    ],
    [
      'the last day of the work: one in a year',
      { spells: [spell('work', '2027-05-10', '2027-06-30')] },
      '2027-06-30',
      1,
    ],
    ['wage subsidy is no ordinary work', { spells: [spell('wage_subsidy', '2027-05-10')] }, '2027-05-10', 4],
    [
      'benefit and illness change nothing',
      { spells: [spell('benefit', '2027-02-01'), spell('illness', '2027-05-10')] },
      '2027-05-10',
      4,
    ],
    [
      'self-supporting: only as needed',
      { spells: [spell('self_supporting', '2027-05-10')] },
      '2027-05-10',
      0,
    ],
    [
      'a new job the day after the old one: still the same year',
      { spells: [spell('work', '2027-05-10', '2027-09-30'), spell('work', '2027-10-01')] },
      '2027-10-01',
      ['talk.in_work 1: 2027-05-10, 2028-05-10, 2028-05-10'],
    ],
    [
      'a day without work between two jobs: a new year',
      { spells: [spell('work', '2027-05-10', '2027-09-30'), spell('work', '2027-10-02')] },
      '2027-10-02',
      ['talk.in_work 1: 2027-10-02, 2028-10-02, 2028-10-02'],
    ],
    [
      'ordinary education follows on work',
      { spells: [spell('work', '2027-05-10', '2027-08-31'), spell('education', '2027-09-01')] },
      '2027-09-01',
      ['talk.in_work 1: 2027-05-10, 2028-05-10, 2028-05-10'],
    ],
    [
      'work from the leap day: a year later is the 28th',
      { takeoverOn: '2027-12-01', visitationOn: null, spells: [spell('work', '2028-02-29')] },
      '2028-02-29',
      ['talk.in_work 1: 2028-02-29, 2029-02-28, 2029-02-28'],
    ],
    [
      'a talk in work: the next a year after it, aimed at before Easter',
      { spells: [spell('work', '2027-05-10')], talksHeldOn: ['2028-03-31'] },
      '2028-03-31',
      ['talk.in_work 2: 2028-04-01, 2029-03-28, 2029-03-31'],
    ],
    [
      'leave that ends before the six months: only the talk at its end',
      { spells: [child, spell('leave', '2027-06-03', '2027-09-30')] },
      '2027-06-03',
      ['talk.after_leave 1: 2027-06-03, 2027-09-30, 2027-09-30'],
    ],
    [
      'the talk six months after the birth was held: the one at the end of leave remains',
      { spells: [child, leave], talksHeldOn: ['2027-12-01'] },
      '2027-12-01',
      ['talk.after_leave 1: 2027-12-02, 2028-01-31, 2028-01-31'],
    ],
    ['leave without a birth is no maternity', { spells: [leave] }, '2027-06-03', 4],
    [
      'leave that began before the birth',
      { spells: [spell('leave', '2027-05-10', '2028-01-31'), child] },
      '2027-06-03',
      [
        'talk.after_birth 1: 2027-06-03, 2027-12-03, 2027-12-03',
        'talk.after_leave 1: 2027-12-04, 2028-01-31, 2028-01-31',
      ],
    ],
    [
      'the leave is over, its last talk not held: it is still owed',
      {
        spells: [child, leave],
        talksHeldOn: ['2027-03-01', '2027-04-01', '2027-05-03', '2027-05-20', '2027-12-01'],
      },
      '2028-02-01',
      ['talk.after_leave 1: 2027-12-02, 2028-01-31, 2028-01-31'],
    ],
    ['the day before five years of programme are over', {}, '2032-01-31', 4],
    ['five years after the takeover the programme is over', {}, '2032-02-01', 0],
  ] as [string, Partial<ProgrammeFacts>, Day, string[] | number][])('%s', (_, over, today, expected) => {
    const duties = owed(over, today);
    expect(typeof expected === 'number' ? duties.length : duties).toEqual(expected);
  });

  it.each([
    // visitation, talk, target: clipped months, leap years, holidays
    ['2027-08-31', 4, '2028-02-29', '2028-02-29'],
    ['2026-08-31', 4, '2027-02-26', '2027-02-28'],
    ['2026-09-28', 4, '2027-03-24', '2027-03-28'],
    ['2022-11-05', 4, '2023-05-04', '2023-05-05'],
    ['2023-10-26', 4, '2024-04-26', '2024-04-26'],
  ])('visited on %s: talk %i is aimed at %s, at the latest %s', (visitationOn, k, targetOn, latestOn) => {
    const duties = programmeDuties(
      { ...worked, takeoverOn: visitationOn, visitationOn },
      new RuleBook(RULES),
      visitationOn,
    );
    expect(duties.find(({ key, occurrence }) => key === 'talk' && occurrence === k)).toMatchObject({
      targetOn,
      latestOn,
    });
  });

  it.each([
    ['visited on the rule’s last day: four', '2027-02-15', 4],
    ['visited the day after: six by the new one', '2027-02-16', 6],
  ])('goes by the rule on the day of the visitation; %s', (_, visitationOn, talks) => {
    const others = RULES.filter(({ key }) => key !== 'followup.count_first_6m');
    const rules = [
      ...others,
      rule('followup.count_first_6m', 4, null, '2027-02-15'),
      rule('followup.count_first_6m', 6, '2027-02-16'),
    ];
    expect(owed({ visitationOn }, visitationOn, rules)).toHaveLength(talks);
  });

  it.each([
    ['when work begins', [spell('work', '2027-05-10', '2027-06-30')], '2027-05-09', '2027-05-10'],
    ['when it was over', [spell('work', '2027-05-10', '2027-06-30')], '2027-05-10', '2027-07-01'],
    ['at the end of the programme', [], '2027-05-09', '2032-02-01'],
    ['never after that', [], '2032-02-01', null],
  ] as [string, Stretch[], Day, Day | null][])('turns by itself %s', (_, spells, today, day) => {
    expect(programmeChangesOn({ ...worked, spells }, new RuleBook(RULES), today)).toBe(day);
  });
});
