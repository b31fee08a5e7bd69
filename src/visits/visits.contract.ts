/** How a participant's part of a visit ended. */
export const OUTCOMES = ['met', 'absent', 'declined', 'moved'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The most people one visit can take; a read of the visit shows them all. */
export const MAX_PARTICIPANTS = 100;
