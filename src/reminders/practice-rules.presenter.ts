import { instant } from './follow-ups.presenter.js';
import type { Language } from '../platform/http/language.js';
import type {
  Landmark,
  LandmarksView,
  PracticeRuleView,
  PracticeVersionView,
} from './dto/practice-rule.dto.js';
import type { LandmarkNames } from './reminders.contract.js';
import type { RuleRow, VersionRow } from './practice-rules.queries.js';

export const versionView = ({ terms, ...row }: VersionRow): PracticeVersionView => ({
  ...row,
  ...terms,
  draftedAt: instant(row.draftedAt)!,
  switchedOnAt: instant(row.switchedOnAt),
  endedAt: instant(row.endedAt),
});

export const ruleView = ({ id, unitId, versions }: RuleRow): PracticeRuleView => ({
  id,
  unitId,
  versions: versions.map(versionView),
});

export function landmarksView({ days, states, recorded }: LandmarkNames, language: Language): LandmarksView {
  const inWords = (names: LandmarkNames['days']): Landmark[] =>
    Object.entries(names).map(([name, words]) => ({ name, words: words[language] }));
  const after = inWords(days);
  return { after, whileIn: inWords(states), doneBy: after.filter(({ name }) => recorded.includes(name)) };
}

/** An instant as Postgres writes it into JSON. */
