import type { Refugee } from './refugee.entity.js';

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

/** A case, locked in a transaction, and why the actor sees it. */
export interface OpenCase {
  refugee: Refugee;
  basis: Basis;
}
