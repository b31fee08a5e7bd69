import { seenCase } from '../refugees/refugees.contract.js';
import type { VisitationCategory } from './visitations.contract.js';

export interface VisitationRow {
  id: string;
  person_id: string;
  version: number;
  held_on: string;
  category: VisitationCategory | null;
  recorded_at: Date;
}

/** Of the case `$3`. */
export const VISITATION_OF_CASE = `
  select t.id, t.refugee_id as person_id, v.basis, t.version, t.held_on, t.category, t.recorded_at
  from visitations t ${seenCase('t.refugee_id')} where t.refugee_id = $3`;
