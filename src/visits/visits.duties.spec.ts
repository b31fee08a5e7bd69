import type { Day } from '../platform/calendar/calendar.js';
import { visitChangesOn, visitDuties, visitTexts, type PastVisit, type VisitFacts } from './visits.duties.js';

/** Over on Tuesday, the first of December 2026. */
const past = (outcome: PastVisit['outcome'], over: Partial<PastVisit> = {}): PastVisit => ({
  participantId: 'participant',
  onDay: '2026-12-01',
  overOn: '2026-12-01',
  outcome,
  onLaterVisit: false,
  assessed: false,
  ...over,
});
const facts = (visits: PastVisit[], over: Partial<VisitFacts> = {}): VisitFacts => ({
  subjectId: 'case',
  takeoverOn: null,
  draftId: null,
  visits,
  ...over,
});

/** What is still owed: `key n: earliest, target, latest`. */
const owed = (of: VisitFacts, today: Day = '2026-12-01'): string[] =>
  visitDuties(of, today)
    .filter(({ done }) => !done)
    .map((duty) => `${duty.key} ${duty.occurrence}: ${duty.earliestOn}, ${duty.targetOn}, ${duty.latestOn}`);

describe('what is left to do after a visit (practice)', () => {
  it.each<[string, PastVisit[], string[]]>([
    ['absent: invite again', [past('absent')], ['visit.invite_again 1: 2026-12-01, 2026-12-08, 2026-12-15']],
    [
      'declined: invite again',
      [past('declined')],
      ['visit.invite_again 1: 2026-12-01, 2026-12-08, 2026-12-15'],
    ],
    ['cancelled: invite again', [past(null)], ['visit.invite_again 1: 2026-12-01, 2026-12-08, 2026-12-15']],
    [
      'moved: find the new centre',
      [past('moved')],
      ['visit.find_again 1: 2026-12-01, 2026-12-04, 2026-12-15'],
    ],
    [
      'met: sign the assessment',
      [past('met')],
      ['visit.sign_assessment 1: 2026-12-01, 2026-12-08, 2026-12-15'],
    ],
    ['absent, on a later visit: nothing', [past('absent', { onLaterVisit: true })], []],
    ['moved, on a later visit: nothing', [past('moved', { onLaterVisit: true })], []],
    ['met and assessed: nothing', [past('met', { assessed: true })], []],
    [
      'absent twice: only the last time counts',
      [past('absent'), past('absent', { overOn: '2026-12-15' })],
      ['visit.invite_again 2: 2026-12-15, 2026-12-22, 2026-12-30'],
    ],
    [
      'absent, and the next visit was cancelled: once, for the next',
      [past('absent'), past(null, { overOn: '2026-12-03' })],
      ['visit.invite_again 2: 2026-12-03, 2026-12-10, 2026-12-17'],
    ],
    [
      'met without an assessment, then absent: both',
      [past('met'), past('absent')],
      [
        'visit.sign_assessment 1: 2026-12-01, 2026-12-08, 2026-12-15',
        'visit.invite_again 2: 2026-12-01, 2026-12-08, 2026-12-15',
      ],
    ],
    ['no visit that is over', [], []],
  ])('%s', (_, visits, expected) => {
    expect(owed(facts(visits))).toEqual(expected);
  });

  it.each<[string, Day, number]>([
    ['the day before the takeover', '2027-01-31', 1],
    ['on the day of the takeover nobody looks at the centre any more', '2027-02-01', 0],
  ])('%s', (_, today, count) => {
    const takeoverOn = '2027-02-01';
    for (const outcome of ['absent', 'declined', 'moved', null] as const)
      expect(owed(facts([past(outcome)], { takeoverOn }), today)).toHaveLength(count);
    expect(owed(facts([past('met')], { takeoverOn }), today)).toHaveLength(1);
  });

  it.each<[Day | null, Day, Day | null]>([
    ['2027-02-01', '2027-01-31', '2027-02-01'],
    ['2027-02-01', '2027-02-01', null],
    [null, '2027-02-01', null],
  ])('taken over on %s: on %s it turns by itself on %s', (takeoverOn, today, day) => {
    expect(visitChangesOn(facts([past('absent')], { takeoverOn }), today)).toBe(day);
  });

  it.each<[string, VisitFacts, string]>([
    ['plans a visit', facts([past('absent')]), '/api/v1/visits'],
    ['plans a visit at the new centre', facts([past('moved')]), '/api/v1/visits'],
    ['starts an assessment', facts([past('met')]), '/api/v1/refugees/case/assessments'],
    ['signs the draft', facts([past('met')], { draftId: 'draft' }), '/api/v1/assessments/draft/signatures'],
  ])('%s', (_, of, href) => {
    const [duty] = visitDuties(of, '2026-12-01');
    expect(duty).toMatchObject({
      role: 'job_consultant',
      act: { method: 'POST', href },
      rules: [],
      done: false,
    });
  });

  it('has texts for all of it, in both languages', () => {
    const keys = (['absent', 'moved', 'met'] as const).map(
      (one) => visitDuties(facts([past(one)]), '2026-12-01')[0].key,
    );
    expect(Object.keys(visitTexts).toSorted()).toEqual(keys.toSorted());
    const days = { earliestOn: '1. december 2026', latestOn: '15. december 2026', occurrence: 1 };
    for (const { title, reason, ifNothing } of Object.values(visitTexts)) {
      expect(reason.da(days)).toContain('1. december 2026');
      expect(reason.en(days)).toContain('1. december 2026');
      expect(title.da && title.en && ifNothing.da && ifNothing.en).toBeTruthy();
    }
  });
});
