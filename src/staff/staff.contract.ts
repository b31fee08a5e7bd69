import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Roles as AnyRoles, type Access, type Actor } from '../platform/http/access.js';
import { PURPOSES } from '../timeline/timeline.contract.js';

export const ROLES = [
  'job_consultant',
  'coordinator',
  'caseworker',
  'welcome_house_coordinator',
  'team_leader',
  'analyst',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that work on cases; a case team has at most one holder of each of the first three at a time. */
export const TEAM_ROLES = ['job_consultant', 'coordinator', 'caseworker'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];
export const CASE_ROLES = [...TEAM_ROLES, 'team_leader'] as const;

/** How an account gets its reminders by mail: one each, or all of a day at once. */
export const REMINDER_MAILS = ['each', 'daily_digest'] as const;
export type ReminderMails = (typeof REMINDER_MAILS)[number];

/** The account behind a request, as its access token says. */
export interface StaffActor extends Actor {
  role: Role;
  unitId: string;
  sessionId: string;
}

/** Units have one leader: who stands in for them comes from another. Others let nobody of another unit see their cases. */
export const mayStandInAcross = (role: string): boolean => role === 'team_leader';

/**
 * Whether the reader, `$1`, leads a unit today, in their own place or as the deputy of its leader; the one place that
 * says so for what leaders do with whole units.
 * @param unitId column or parameter that holds the id of the unit
 */
export const leads = (unitId: string): string => `
  exists (select from units led where led.id = ${unitId}
          and led.leader_id = any ((select acts_for($1::uuid, clock_today()))::uuid[]))`;

const PURPOSE_HEADER = {
  name: 'Purpose',
  required: false,
  description: 'What you read for, where you see a case only by a grant.',
  schema: { type: 'string', enum: [...PURPOSES] },
};

/** Only these roles may enter the route. */
export const Roles = (...roles: Role[]): MethodDecorator =>
  applyDecorators(AnyRoles(...roles), ApiHeader(PURPOSE_HEADER));

/** Every account may enter the route. */
export const SignedIn = (): MethodDecorator => Roles(...ROLES);
export const ANY_ACCOUNT: Access = { open: false, roles: ROLES };
/** Of a page on which operators look into the program. */
export const OPERATORS: Access = { open: false, roles: ['administrator'], page: true };
