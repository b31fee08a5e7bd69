// No act says what a repeated message is: an operation is the same when its id and everything it says are.
import type { Outcome, Reason } from './visit-operations.contract.js';

interface Sent {
  id: string;
  seq: number;
}

/** An operation as it comes in, with the row it would get. */
export interface Arriving<One extends Sent> {
  sent: One;
  row: string;
  digest: string;
}

/** One that came before. */
export interface Known {
  /** Row of the log. */
  id: string;
  operation_id: string;
  digest: string;
  seq: number;
  /** Of this device. */
  own: boolean;
  outcome: Outcome;
  reason: Reason | null;
  revision: number | null;
  /** Whether somebody has chosen since. */
  decided: boolean;
}

export interface Arrival<One extends Sent> extends Arriving<One> {
  /** The same as one that is in the log, or as another of this request. */
  repeats?: { stored?: Known; row?: string };
  misfit?: Extract<Reason, 'id_reused' | 'seq_taken'>;
}

/** Which of them are new, which repeat another, and which use the id or the number of another. */
export function arrivals<One extends Sent>(arriving: Arriving<One>[], known: Known[]): Arrival<One>[] {
  const before: { id: string; digest: string; seq: number | null; stored?: Known; row?: string }[] =
    known.map((stored) => ({
      id: stored.operation_id,
      digest: stored.digest,
      seq: stored.own ? stored.seq : null,
      stored,
    }));
  return arriving.map((one) => {
    const { sent, digest, row } = one;
    const ofId = before.filter(({ id }) => id === sent.id);
    const same = ofId.find((other) => other.digest === digest);
    if (same) return { ...one, repeats: { stored: same.stored, row: same.row } };
    const numbered = before.some(({ seq }) => seq === sent.seq);
    before.push({ id: sent.id, digest, seq: sent.seq, row });
    if (ofId.length > 0) return { ...one, misfit: 'id_reused' };
    return numbered ? { ...one, misfit: 'seq_taken' } : one;
  });
}
