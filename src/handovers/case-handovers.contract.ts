/** Whom a job consultant hands a case to. */
export const RECEIVER_ROLES = ['coordinator', 'caseworker'] as const;
export type ReceiverRole = (typeof RECEIVER_ROLES)[number];
