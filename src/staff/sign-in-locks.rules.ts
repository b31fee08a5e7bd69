// No act says so: the practice of the field, five failures an account and fifty an address in fifteen minutes.

/** How one e-mail or one address stands in the window of its lock. */
export interface Standing {
  /** So many failures close the lock. */
  limit: number;
  failures: number;
  /** Tries let in whose outcome is not known yet. */
  pending: number;
  /** When the oldest of the failures that close the lock leaves the window; null while it is open. */
  opensInSeconds: number | null;
}

export type Verdict = { is: 'let in' } | { is: 'to wait' } | { is: 'locked'; retryAfterSeconds: number };

/** Every pending try may turn out a failure: nobody is let in beyond the limit while that is not known. */
export function verdictOn(standings: Standing[]): Verdict {
  const locked = standings.filter(({ failures, limit }) => failures >= limit);
  if (locked.length > 0) {
    const seconds = locked.map(({ opensInSeconds }) => opensInSeconds ?? 1);
    return { is: 'locked', retryAfterSeconds: Math.max(1, ...seconds) };
  }
  const full = standings.some(({ failures, pending, limit }) => failures + pending >= limit);
  return { is: full ? 'to wait' : 'let in' };
}
