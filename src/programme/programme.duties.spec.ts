import { RuleBook, type Rule } from '../legislation/rule-book.js';
import { actBy, reminderSteps } from '../reminders/planner.rules.js';
import type { Duty } from '../reminders/reminders.contract.js';
import { programmeDuties, type ProgrammeFacts } from './programme.duties.js';

const rule = (id: string, key: string, value: number): Rule => ({
  id,
  key,
  operator: 'eq',
  value,
  unit: '',
  validFrom: null,
  validTo: null,
  legalBasis: '',
  source: '',
  confidence: 'H',
});
const law = new RuleBook([
  rule('one month', 'contract.deadline', 1),
  rule('two weeks', 'practice.contract_target', 14),
  rule('four talks', 'followup.count_first_6m', 4),
  rule('evenly', 'practice.talks_spread', 100),
  rule('every year', 'followup.employed', 12),
  rule('half a year', 'followup.maternity', 6),
  rule('adults', 'programme.age_min', 18),
  rule('five years', 'programme.max', 5),
]);
const facts = (over: Partial<ProgrammeFacts>): ProgrammeFacts => ({
  subjectId: 'case',
  bornOn: '1990-01-01',
  takeoverOn: null,
  visitationOn: null,
  draftId: null,
  contractInForceId: null,
  contractsSignedOn: [],
  talksHeldOn: [],
  plannedTalkId: null,
  spells: [],
  ...over,
});
const dutiesOf = (over: Partial<ProgrammeFacts>, today = '2026-12-01'): Duty[] =>
  programmeDuties(facts(over), law, today);
const contractOf = (over: Partial<ProgrammeFacts>): Duty => dutiesOf(over)[0];
/** 5 June, 24 and 31 December. */
const closings = [
  { month: 6, day: 5 },
  { month: 12, day: 24 },
  { month: 12, day: 31 },
];

describe('the contract, within one month of the takeover (Integration Act § 19)', () => {
  it.each([
    // takeover      target        latest        act by
    ['a plain month', '2027-02-01', '2027-02-15', '2027-03-01', '2027-03-01'],
    ['clipped to the end of February', '2027-01-31', '2027-02-12', '2027-02-28', '2027-02-26'],
    ['clipped to the leap day', '2028-01-31', '2028-02-14', '2028-02-29', '2028-02-29'],
    [
      'a legal day on Easter Sunday, when the clocks change too',
      '2027-02-28',
      '2027-03-12',
      '2027-03-28',
      '2027-03-24',
    ],
    [
      'a legal day on Store bededag while it was a holiday',
      '2023-04-05',
      '2023-04-19',
      '2023-05-05',
      '2023-05-04',
    ],
    [
      'the same Friday a year later, when it no longer was',
      '2024-03-26',
      '2024-04-09',
      '2024-04-26',
      '2024-04-26',
    ],
    ['a target on Ascension Day', '2027-04-22', '2027-05-05', '2027-05-22', '2027-05-21'],
    ['a legal day on New Year’s Day', '2026-12-01', '2026-12-15', '2027-01-01', '2026-12-31'],
  ])('%s', (_, takeoverOn, targetOn, latestOn, last) => {
    const duty = contractOf({ takeoverOn });
    expect(duty).toMatchObject({
      key: 'contract',
      role: 'caseworker',
      done: false,
      earliestOn: takeoverOn,
      targetOn,
      latestOn,
    });
    expect(actBy(duty.latestOn)).toBe(last);
  });

  it.each([
    ['no takeover day, no duty', {}, 0],
    ['18 on the day of the takeover: a duty', { bornOn: '2009-02-01', takeoverOn: '2027-02-01' }, 1],
    ['18 the day after: none', { bornOn: '2009-02-02', takeoverOn: '2027-02-01' }, 0],
  ])('%s', (_, given, duties) => {
    expect(dutiesOf(given).filter(({ key }) => key === 'contract')).toHaveLength(duties);
  });

  it('leads to drafting, then to signing, and is done when signed', () => {
    const takeoverOn = '2027-02-01';
    expect(contractOf({ takeoverOn }).act.href).toBe('/api/v1/refugees/case/contracts');
    expect(contractOf({ takeoverOn, draftId: 'c' }).act.href).toBe('/api/v1/contracts/c/signatures');
    expect(contractOf({ takeoverOn, contractsSignedOn: ['2027-02-03'] }).done).toBe(true);
  });
});

describe('when a follow-up is reminded of', () => {
  it.each([
    [
      'on the target and on the last day',
      '2027-02-15',
      '2027-03-01',
      '2026-12-01',
      ['2027-02-15', '2027-03-01'],
    ],
    ['once when they fall together', '2027-02-15', '2027-02-15', '2026-12-01', ['2027-02-15']],
    [
      'before a day the office is closed, never after',
      '2026-12-24',
      '2026-12-31',
      '2026-12-01',
      ['2026-12-23', '2026-12-30'],
    ],
    [
      'on 4 June, when 5 June is the day',
      '2026-06-05',
      '2026-06-20',
      '2026-05-01',
      ['2026-06-04', '2026-06-19'],
    ],
    [
      'a target that is past goes out today',
      '2027-02-15',
      '2027-03-01',
      '2027-02-17',
      ['2027-02-17', '2027-03-01'],
    ],
    ['two days that are past go out once', '2027-02-15', '2027-03-01', '2027-03-04', ['2027-03-04']],
    [
      'what is past on a Saturday goes out on Monday',
      '2027-02-15',
      '2027-03-01',
      '2027-03-06',
      ['2027-03-08'],
    ],
  ])('%s', (_, targetOn, lastOn, today, days) => {
    expect(reminderSteps({ targetOn, actBy: lastOn }, today, closings).map((step) => step.dueOn)).toEqual(
      days,
    );
  });
});
