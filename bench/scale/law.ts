import { Temporal } from 'temporal-polyfill';
import { RuleBook, type Rule } from '../../src/legislation/rule-book.js';
import type { ClosingDay, Day } from '../../src/platform/calendar/calendar.js';
import {
  programmeChangesOn,
  programmeDuties,
  type ProgrammeFacts,
} from '../../src/programme/programme.duties.js';
import { after } from './days.js';
import { takeoverOf, type RefugeeTakeover, type TakeoverFacts } from '../../src/refugees/refugees.rules.js';
import { asWanted } from '../../src/reminders/planner.rows.js';
import { reminderSteps, type Step, type Wanted } from '../../src/reminders/planner.rules.js';

const ZONE = 'Europe/Copenhagen';
/** More than a municipality is ever closed on end. */
const AHEAD_DAYS = 14;

type MorningStep = Step & { dueAt: Date };

/** The program's own rules; an answer is kept where a thousand days serve a million reminders. */
export class Law {
  private readonly rules: RuleBook;
  private readonly takeovers = new Map<string, RefugeeTakeover>();
  private readonly stepsAhead = new Map<string, MorningStep[]>();
  private readonly mornings = new Map<Day, Date>();

  constructor(
    rules: Rule[],
    private readonly closings: ClosingDay[],
  ) {
    this.rules = new RuleBook(rules);
  }

  takeover(facts: TakeoverFacts): RefugeeTakeover {
    return kept(this.takeovers, JSON.stringify(facts), () => takeoverOf(facts, this.rules));
  }

  /** What the programme asks for on a day, all of it of one owner. */
  wanted(facts: ProgrammeFacts, ownerId: string, today: Day): Wanted[] {
    return programmeDuties(facts, this.rules, today).map((duty) =>
      asWanted(facts.subjectId, duty, ownerId, this.rules, today),
    );
  }

  /** The next day that turns them by coming. */
  changesOn(facts: ProgrammeFacts, today: Day): Day | null {
    return programmeChangesOn(facts, this.rules, today);
  }

  /** When somebody is reminded of what was planned on a day; while all of it lies ahead, the day says nothing. */
  steps(window: { targetOn: Day; actBy: Day }, today: Day): MorningStep[] {
    const find = (): MorningStep[] =>
      reminderSteps(window, today, this.closings).map((step) => ({
        ...step,
        dueAt: this.atEight(step.dueOn),
      }));
    const { targetOn, actBy } = window;
    return after(targetOn, -AHEAD_DAYS) > today
      ? kept(this.stepsAhead, `${targetOn} ${actBy}`, find)
      : find();
  }

  private atEight(day: Day): Date {
    return kept(this.mornings, day, () => {
      const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: ZONE, plainTime: '08:00' });
      return new Date(at.epochMilliseconds);
    });
  }
}

function kept<Key, Answer>(answers: Map<Key, Answer>, key: Key, find: () => Answer): Answer {
  const answer = answers.get(key) ?? find();
  answers.set(key, answer);
  return answer;
}
