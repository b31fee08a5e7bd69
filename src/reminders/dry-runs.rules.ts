// No act says so: what a dry run of a unit's practice counts.
import type { Day } from '../platform/calendar/calendar.js';
import type { Changes, Stored } from './planner.rules.js';

/** What a practice rule would do to one follow-up. */
export interface TrialChange {
  change: 'opened' | 'moved' | 'done' | 'superseded' | 'cancelled';
  occurrence: number;
  /** The days it has; null when it is not there yet. */
  fromTargetOn: Day | null;
  fromLatestOn: Day | null;
  /** The days it would have; null when it would end. */
  targetOn: Day | null;
  latestOn: Day | null;
}

/** What a planning would do, by subject: what people would notice, so neither other words nor another owner. */
export function trialChanges(
  { opened, changed, ended }: Changes,
  stored: readonly Stored[],
): Map<string, TrialChange[]> {
  const bySubject = new Map<string, TrialChange[]>();
  const note = (subjectId: string, change: TrialChange): void => {
    bySubject.set(subjectId, [...(bySubject.get(subjectId) ?? []), change]);
  };
  const before = new Map(stored.map((followUp) => [followUp.id, followUp]));
  for (const { id, state } of ended) {
    const { subjectId, occurrence, targetOn, latestOn } = before.get(id)!;
    const from = { fromTargetOn: targetOn, fromLatestOn: latestOn };
    note(subjectId, { change: state, occurrence, ...from, targetOn: null, latestOn: null });
  }
  for (const { id, movedFrom, targetOn, latestOn } of changed) {
    if (!movedFrom) continue;
    const { subjectId, occurrence } = before.get(id)!;
    const from = { fromTargetOn: movedFrom.targetOn, fromLatestOn: movedFrom.latestOn };
    note(subjectId, { change: 'moved', occurrence, ...from, targetOn, latestOn });
  }
  for (const { subjectId, occurrence, targetOn, latestOn } of opened)
    note(subjectId, {
      change: 'opened',
      occurrence,
      fromTargetOn: null,
      fromLatestOn: null,
      targetOn,
      latestOn,
    });
  return bySubject;
}
