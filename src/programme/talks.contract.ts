/** What has become of a talk. */
export const TALK_STATES = ['planned', 'held', 'not_shown', 'cancelled'] as const;
export type TalkState = (typeof TALK_STATES)[number];

/** How a talk can end, or turn out never to have been. */
export const TALK_OUTCOMES = ['held', 'not_shown', 'cancelled'] as const satisfies readonly TalkState[];
export type TalkOutcome = (typeof TALK_OUTCOMES)[number];

export const TALK_FORMS = ['in_person', 'phone', 'video'] as const;
export type TalkForm = (typeof TALK_FORMS)[number];

export const CANCELLATION_REASONS = ['person_unable', 'municipality_unable', 'recorded_by_mistake'] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];
