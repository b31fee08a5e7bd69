/** Ready for a job, or for activities that lead towards one (jobparat, aktivitetsparat). */
export const VISITATION_CATEGORIES = ['job_ready', 'activity_ready'] as const;
export type VisitationCategory = (typeof VISITATION_CATEGORIES)[number];
