// Integration Act § 20 asks for talks; in which order one is planned, held or missed is practice.
import type { FieldError } from '../platform/http/problem.js';
import type { TalkState } from './talks.contract.js';

const TOLD = ['plannedAt', 'heldOn', 'form', 'summary', 'reason'] as const;
type Told = Partial<Record<(typeof TOLD)[number], string | null>>;
type Field = keyof Told;

/** What must and what may be said of a talk that comes to a state. */
const TOLD_OF: Record<TalkState, { must: Field[]; may: Field[] }> = {
  planned: { must: ['plannedAt'], may: ['form'] },
  held: { must: ['heldOn'], may: ['plannedAt', 'form', 'summary'] },
  not_shown: { must: [], may: [] },
  cancelled: { must: ['reason'], may: [] },
};

/** The fields that a talk in that state lacks, and those that say nothing of it. */
export function misplacedFields(state: TalkState, told: Told): FieldError[] {
  const { must, may } = TOLD_OF[state];
  return TOLD.flatMap((field) => {
    const said = told[field] !== undefined;
    if (must.includes(field)) return said ? [] : [{ field, rule: 'needed_for', values: { of: state } }];
    return said && !may.includes(field) ? [{ field, rule: 'not_for', values: { of: state } }] : [];
  });
}
