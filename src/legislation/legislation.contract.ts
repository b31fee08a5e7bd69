import type { EntityManager } from 'typeorm';
import type { Rule } from './rule-book.js';

/** Who keeps something that a new row of law may move: it marks what the row selects, and the sweep re-plans it. */
export interface RuleFollower {
  ruleAdded(tx: EntityManager, rule: Rule): Promise<void>;
}
