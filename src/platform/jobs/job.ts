/** One kind of work that is done after the request that asked for it; all of them make up `docs/jobs.md`. */
export interface JobSpec {
  /** Imperative, such as `deliver-reminder`. */
  name: string;
  queue: string;
  /** Ids only. */
  payload: string;
  attempts: number;
  /** In words: what wakes it, and when. */
  schedule: string;
  zone: string;
}

const declared: JobSpec[] = [];

export function declareJob<Spec extends JobSpec>(spec: Spec): Spec {
  declared.push(spec);
  return spec;
}

/** Where operators look at the queues of these jobs; see `queue-page`. */
export const QUEUE_PAGE = '/admin/queues';

export const declaredJobs = (): readonly JobSpec[] => declared;
