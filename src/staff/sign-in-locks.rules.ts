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

/** What counts as one address: all of an IPv4 address, the first 64 bits of an IPv6 one, for a home has that many. */
export function networkOf(address: string): string {
  const ipv4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (ipv4 !== undefined || !address.includes(':')) return ipv4 ?? address;
  const [head, tail] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Math.max(0, 8 - head.length - (tail?.length ?? 0));
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
