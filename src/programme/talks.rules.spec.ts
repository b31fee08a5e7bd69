import { misplacedFields } from './talks.rules.js';

const [plannedAt, heldOn] = ['2026-11-19T09:30:00+01:00', '2026-11-19'];

describe('what is said of a talk', () => {
  it.each([
    // state, said, misplaced
    ['planned', { plannedAt, form: 'phone' }, []],
    ['planned', { form: 'phone' }, ['plannedAt needed_for']],
    ['planned', { plannedAt, summary: 'x' }, ['summary not_for']],
    ['planned', { plannedAt, reason: 'person_unable' }, ['reason not_for']],
    ['held', { heldOn }, []],
    ['held', { plannedAt, heldOn, form: 'video', summary: 'x' }, []],
    ['held', { form: 'video' }, ['heldOn needed_for']],
    ['held', { heldOn, reason: 'recorded_by_mistake' }, ['reason not_for']],
    ['not_shown', {}, []],
    [
      'not_shown',
      { heldOn, form: 'phone', summary: 'x' },
      ['heldOn not_for', 'form not_for', 'summary not_for'],
    ],
    ['cancelled', { reason: 'person_unable' }, []],
    ['cancelled', {}, ['reason needed_for']],
    ['cancelled', { reason: 'person_unable', heldOn }, ['heldOn not_for']],
  ] as const)('%s with %j: %j', (state, told, expected) => {
    expect(misplacedFields(state, told).map(({ field, rule }) => `${field} ${rule}`)).toEqual(expected);
  });
});
