import type { EntityManager } from 'typeorm';
import type { Rule, Suspension } from './rule-book.js';

/** Who keeps something that the law may move: it marks what a change selects, and the sweep re-plans it. */
export interface RuleFollower {
  ruleAdded(tx: EntityManager, rule: Rule): Promise<void>;
  /** A suspension of deadlines was added, ended or withdrawn; who keeps no deadlines has nothing to mark. */
  suspensionChanged?(tx: EntityManager, suspension: Suspension, fact: string): Promise<void>;
}
