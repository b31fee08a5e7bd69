import { Talk } from './talk.entity.js';
import type { CancellationReason, TalkOutcome, TalkState } from './talks.contract.js';

const talkIn = (state: TalkState): Talk =>
  Object.assign(new Talk(), { state, form: 'phone', plannedAt: new Date('2026-11-19T08:30:00Z') });

describe('a talk', () => {
  it.each<[TalkState, TalkOutcome, CancellationReason | undefined, boolean]>([
    // state, outcome, reason, may
    ['planned', 'held', undefined, true],
    ['planned', 'not_shown', undefined, true],
    ['planned', 'cancelled', 'person_unable', true],
    ['planned', 'cancelled', 'recorded_by_mistake', true],
    ['held', 'held', undefined, false],
    ['held', 'not_shown', undefined, false],
    ['held', 'cancelled', 'municipality_unable', false],
    ['held', 'cancelled', 'recorded_by_mistake', true],
    ['not_shown', 'held', undefined, false],
    ['not_shown', 'cancelled', 'person_unable', false],
    ['not_shown', 'cancelled', 'recorded_by_mistake', true],
    ['cancelled', 'held', undefined, false],
    ['cancelled', 'cancelled', 'recorded_by_mistake', false],
  ])('%s becomes %s (%s): %s', (state, outcome, reason, may) => {
    expect(talkIn(state).mayEnd(outcome, reason)).toBe(may);
  });

  it.each<[TalkState, Record<string, unknown>, boolean]>([
    ['planned', { plannedAt: new Date(), form: 'video' }, true],
    ['planned', { heldOn: '2026-11-19' }, false],
    ['planned', { summary: 'x' }, false],
    ['held', { heldOn: '2026-11-19', form: 'video', summary: null }, true],
    ['held', { plannedAt: new Date() }, false],
    ['not_shown', { form: 'video' }, false],
    ['cancelled', { form: 'video' }, false],
    ['cancelled', { form: undefined }, true],
  ])('%s lets %j be corrected: %s', (state, correction, may) => {
    expect(talkIn(state).mayCorrect(correction)).toBe(may);
  });

  it('keeps the planned form unless it was held in another', () => {
    const [asPlanned, otherwise] = [talkIn('planned'), talkIn('planned')];
    asPlanned.end('held', { heldOn: '2026-11-19' });
    otherwise.end('held', { heldOn: '2026-11-19', form: 'video' });
    expect([asPlanned.form, otherwise.form]).toEqual(['phone', 'video']);
  });

  it('keeps day and summary when it turns out to be recorded by mistake', () => {
    const talk = talkIn('planned');
    talk.end('held', { heldOn: '2026-11-19', summary: 'x' });
    talk.end('cancelled', { reason: 'recorded_by_mistake' });
    expect(talk).toMatchObject({
      state: 'cancelled',
      heldOn: '2026-11-19',
      summary: 'x',
      cancelledBecause: 'recorded_by_mistake',
      version: 3,
    });
  });

  it('says which fields a correction really changed', () => {
    const talk = talkIn('planned');
    expect(talk.correct({ plannedAt: new Date('2026-11-19T09:30:00+01:00'), form: 'phone' })).toEqual([]);
    expect(talk.version).toBe(1);
    expect(talk.correct({ plannedAt: new Date('2026-11-20T09:30:00+01:00'), form: undefined })).toEqual([
      'plannedAt',
    ]);
    expect(talk.version).toBe(2);
  });
});
