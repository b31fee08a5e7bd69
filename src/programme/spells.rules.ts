// No act says so: what a spell of each kind must say and which exclude each other follows from what the words mean; practice.
import type { Day } from '../platform/calendar/calendar.js';
import type { FieldError } from '../platform/http/problem.js';
import type { SpellKind } from './spells.contract.js';

/** What of a spell must fit together. */
export interface SpellSaid {
  kind: SpellKind;
  fromOn: Day;
  toOn: Day | null;
  employer: string | null;
  hoursPerWeek: number | null;
}

const OF_AN_EMPLOYER: SpellKind[] = ['work', 'wage_subsidy'];
const IN_HOURS: SpellKind[] = ['work', 'wage_subsidy', 'education'];

/** The kinds of which a person cannot have one in days of this; the database refuses them, too, and says why. */
export function rivalsOf(kind: SpellKind): SpellKind[] {
  if (['work', 'education', 'birth'].includes(kind)) return [];
  return ['benefit', 'self_supporting'].includes(kind) ? ['benefit', 'self_supporting'] : [kind];
}

/** Everything about a spell that cannot be, by field. */
export function faultsOf(spell: SpellSaid, today: Day): FieldError[] {
  const { kind, fromOn, toOn, employer, hoursPerWeek } = spell;
  const values = { of: kind };
  const employed = OF_AN_EMPLOYER.includes(kind);
  const faults: [wrong: boolean, fault: FieldError][] = [
    [toOn !== null && toOn < fromOn, { field: 'toOn', rule: 'not_before', values: { field: 'fromOn' } }],
    [kind === 'birth' && toOn !== fromOn, { field: 'toOn', rule: 'one_day' }],
    [kind === 'birth' && fromOn > today, { field: 'fromOn', rule: 'not_in_future' }],
    [employed && employer === null, { field: 'employer', rule: 'needed_for', values }],
    [!employed && employer !== null, { field: 'employer', rule: 'not_for', values }],
    [!IN_HOURS.includes(kind) && hoursPerWeek !== null, { field: 'hoursPerWeek', rule: 'not_for', values }],
  ];
  return faults.flatMap(([wrong, fault]) => (wrong ? [fault] : []));
}
