// No act says what an asylum operator's form counts for. That it overwrites nothing anybody has written is our own rule.
import { saysTheSame } from '../competences/answers.rules.js';
import { isKnown, isUnknown, type Answers, type AnswerValue } from '../competences/competences.contract.js';
import type { FieldKind, FormField } from '../competences/forms.contract.js';

/** What became of an operator's answer: it filled a blank, it says what stands, or it is a question for the consultant. */
export type Outcome = 'filled' | 'confirmed' | 'differs';

export interface Compared {
  field: string;
  /** What stood; null where nothing did. */
  standing: AnswerValue;
  outcome: Outcome;
}

/** A question about a field of the kind, while nobody has settled it. */
export interface Unsettled {
  kind: FieldKind;
  /** What stands now; null where nothing does. */
  standing: AnswerValue;
  value: AnswerValue;
}

/** Whether there is nothing left to choose: what stands says by now what the operator says. */
export const isAgreed = ({ kind, standing, value }: Unsettled): boolean => saysTheSame(kind, standing, value);

/**
 * What each answer of an operator is beside the draft, in the order of the form. Where somebody knows, that the
 * operator does not is no answer: it is left out.
 */
export function compare(fields: readonly FormField[], standing: Answers, offered: Answers): Compared[] {
  return fields.flatMap(({ name, kind }) => {
    const [stands, offers] = [standing[name] ?? null, offered[name] ?? null];
    if (offers === null || (isUnknown(offers) && isKnown(stands))) return [];
    const outcome = stands === null ? 'filled' : saysTheSame(kind, stands, offers) ? 'confirmed' : 'differs';
    return [{ field: name, standing: stands, outcome }];
  });
}
