import type { StaffActor } from '../staff/staff.contract.js';

/** Ground of the residence permit (udlændingeloven); never the asylum motive. */
export const PERMIT_BASES = [
  'aliens_act_7_1',
  'aliens_act_7_2',
  'aliens_act_7_3',
  'aliens_act_8',
  'aliens_act_9b',
  'aliens_act_9c',
  'aliens_act_9e',
  'family_reunification',
  'ukraine_act',
  'afghan_act',
] as const;
export type PermitBasis = (typeof PERMIT_BASES)[number];

/** Why an account sees a case, strongest first. */
export type Basis = 'case_work' | 'supervision' | 'grant';

/** Whether an actor may make a change, given why they see the case: a line of a `*.policy`. */
export type MayChange = (actor: StaffActor, basis: Basis) => boolean;

/**
 * Join that keeps a row only if the reader, `$1`, sees its case, and gives `v.basis`. Lateral and limited, so that the
 * one case is looked up; a list of all visible cases starts from `visible_cases` instead.
 * @param caseId column that holds the id of the case, with its table's alias: not `visible_case`, which stands inside;
 *   or the parameter that does, where all rows are of one case
 */
export const seenCase = (caseId: string): string => `cross join ${sightOf(caseId)}`;

/**
 * The same for a row that may be of no case, or of one the reader does not see: it is kept, and `v.basis` is null.
 * @param reader SQL for the id of the reader
 */
export const seenCaseIfAny = (caseId: string, reader = '$1'): string =>
  `left join ${sightOf(caseId, reader)} on true`;

const sightOf = (caseId: string, reader = '$1'): string =>
  `lateral (select basis from visible_cases(${reader}, clock_today()) visible_case where visible_case.refugee_id = ${caseId} limit 1) v`;
