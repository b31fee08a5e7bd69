/** How a participant's part of a visit ended. */
export const OUTCOMES = ['met', 'absent', 'declined', 'moved'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether it can only be so once the visit took place. */
export const tookPlace = (outcome: string | null): boolean => outcome === 'met' || outcome === 'absent';

/** How somebody was asked to come. */
export const INVITED_HOW = ['letter', 'phone', 'centre_staff', 'sms'] as const;
export type InvitedHow = (typeof INVITED_HOW)[number];

export const BOOKING_FORMS = ['on_site', 'phone', 'video'] as const;
export type BookingForm = (typeof BOOKING_FORMS)[number];
export const BOOKING_STATES = ['requested', 'confirmed', 'cancelled'] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

/** The most people one visit can take; a read of the visit shows them all. */
export const MAX_PARTICIPANTS = 100;
/** The most interpreters one visit can have asked for; a read shows them all. */
export const MAX_BOOKINGS = 20;
