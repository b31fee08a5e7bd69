// Municipal practice, not law: what a unit's leader asks the unit to do so long after something happened.
import { addDays, addMonths, workingDayOnOrBefore, type Day } from '../platform/calendar/calendar.js';
import type { Language } from '../platform/http/language.js';
import type { Duty, DutyRole, DutyText, Landmarks } from './reminders.contract.js';

export const DUE_UNITS = ['days', 'weeks', 'months'] as const;

/** What one version of a practice rule says. */
export interface PracticeTerms {
  /** Shown to people and sent in mails and calendars: no personal data. */
  title: Record<Language, string>;
  reason: Record<Language, string>;
  role: DutyRole;
  /** The landmark it counts from. */
  after: string;
  /** What must be so for it to be asked; null: nothing. */
  whileIn: string | null;
  /** How long after the landmark its latest day lies. */
  due: { count: number; unit: (typeof DUE_UNITS)[number] };
  /** Days before the latest day that the target lies, moved back to a working day. */
  targetBefore: number;
  /** Counted again from each time it was done. */
  repeats: boolean;
  /** The landmark whose recording ends it. */
  doneBy: string;
  /** Landmarks before this day ask for nothing. */
  appliesFrom: Day;
}

export interface PracticeVersion extends PracticeTerms {
  id: string;
  ruleId: string;
}

/** The duties of a rule have one key, and are one series. */
export const practiceKey = (ruleId: string): string => `practice.${ruleId}`;

interface Start {
  on: Day;
  occurrence: number;
  done: boolean;
}

/** What a version asks for today: the open one, if its state holds, and those that were done. */
export function practiceDuties(version: PracticeVersion, landmarks: Landmarks, today: Day): Duty[] {
  const { id, ruleId, role, whileIn, doneBy } = version;
  const starts = startsOf(version, landmarks, today);
  const holds = whileIn === null || landmarks.states.includes(whileIn);
  return starts
    .filter(({ done }, place) => done || (holds && place === starts.length - 1))
    .map(({ on, occurrence, done }) => ({
      key: practiceKey(ruleId),
      occurrence,
      series: practiceKey(ruleId),
      role,
      done,
      earliestOn: on,
      ...daysFrom(on, version),
      rules: [],
      practiceVersionId: id,
      assumed: [],
      pauses: landmarks.pauses,
      act: landmarks.acts[doneBy],
    }));
}

/**
 * The days it counts from. A landmark to come counts only while none has come. One that repeats counts again from each
 * doing; where the landmark is what ends it, each one ends the one before and begins the next.
 */
function startsOf(version: PracticeVersion, { days }: Landmarks, today: Day): Start[] {
  const { after, doneBy, repeats, appliesFrom } = version;
  const doings = days[doneBy] ?? [];
  const doneAfter = (start: Day, strictly: boolean): boolean =>
    doings.some((day) => (strictly ? day > start : day >= start));
  // Numbered among all of its kind, so that a later `appliesFrom` gives none another number.
  const landmarks = (days[after] ?? [])
    .map((on, place) => ({ on, occurrence: place + 1 }))
    .filter(({ on }) => on >= appliesFrom);
  const come = landmarks.filter(({ on }) => on <= today);
  const counted = come.length > 0 ? come : landmarks.slice(0, 1);
  if (!repeats || after === doneBy)
    return counted.map((start) => ({ ...start, done: doneAfter(start.on, after === doneBy) }));
  const base = counted.at(-1);
  if (!base) return [];
  const since = [base.on, ...doings.filter((day) => day >= base.on)];
  return since.map((on, place) => ({ on, occurrence: place + 1, done: place < since.length - 1 }));
}

function daysFrom(start: Day, { due, targetBefore }: PracticeTerms): { targetOn: Day; latestOn: Day } {
  const latestOn = {
    days: () => addDays(start, due.count),
    weeks: () => addDays(start, due.count * 7),
    months: () => addMonths(start, due.count),
  }[due.unit]();
  const target = workingDayOnOrBefore(addDays(latestOn, -targetBefore));
  return { latestOn, targetOn: target < start ? start : target };
}

/** What people read of it: its own words. */
export function practiceText({ title, reason }: Pick<PracticeTerms, 'title' | 'reason'>): DutyText {
  return {
    title,
    reason: { da: () => reason.da, en: () => reason.en },
    ifNothing: {
      da: 'Enheden følger ikke sin egen praksis.',
      en: 'The unit does not follow its own practice.',
    },
  };
}
