import type { EntityManager } from 'typeorm';

/** What a reader who sees a case only by a grant may say it is for. */
export const PURPOSES = ['consultation', 'cover', 'quality_review', 'complaint', 'access_request'] as const;

/** What a fact is about; a case is one type, its id the id of the person. */
export interface Subject {
  type: string;
  id: string;
}

/** Something that happened, in past tense: `contract.signed`. */
export interface Fact {
  subject: Subject;
  /** Ids of the cases concerned; possibly none. */
  cases: string[];
  fact: string;
  /** Ids, field names, codes, days and numbers; never free text, a name, contact or CPR number. */
  details?: Record<string, string | number | boolean | null | string[]>;
}

/** A fact of a case itself. */
export function caseFact(id: string, fact: string, details?: Fact['details']): Fact {
  return { subject: { type: 'case', id }, cases: [id], fact, details };
}

/** A fact of something that belongs to one case, such as its contract. */
export function factOf(
  type: string,
  { id, refugeeId }: { id: string; refugeeId: string },
  fact: string,
  details?: Fact['details'],
): Fact {
  return { subject: { type, id }, cases: [refugeeId], fact, details };
}

/** A subject that a fact touched, the fact that first did, and what that fact is about: a case is touched by its talk. */
export interface Touched extends Subject {
  fact: string;
  by: Subject | null;
}

/** Who must catch up in the transaction of a change. */
export interface Follower {
  touched(tx: EntityManager, subjects: Touched[]): Promise<void>;
}
