import type { Day } from '../platform/calendar/calendar.js';

/** What a goal is (Integration Act § 19: employment or education). */
export const GOAL_KINDS = ['employment', 'education'] as const;

/** What leads to a goal. */
export const ACTIVITY_KINDS = [
  'danish_course',
  'internship',
  'wage_subsidy',
  'igu',
  'course',
  'education',
  'health',
  'other',
] as const;

/** Who signs. */
export const PARTIES = ['person', 'municipality'] as const;
export type Party = (typeof PARTIES)[number];

/** `in_force` is the one signed last. */
export const CONTRACT_STATES = ['draft', 'in_force', 'replaced'] as const;
export type ContractState = (typeof CONTRACT_STATES)[number];

export interface Goal {
  kind: (typeof GOAL_KINDS)[number];
  description: string;
  /** ISCO-08 group of any level. */
  occupation: string | null;
}

export interface Activity {
  kind: (typeof ACTIVITY_KINDS)[number];
  description: string;
  fromOn: Day | null;
  /** Last day, included. */
  untilOn: Day | null;
  hoursPerWeek: number | null;
}

export interface ContractContent {
  goals: Goal[];
  activities: Activity[];
}
