import { Temporal } from 'temporal-polyfill';
import { RuleBook, type Rule } from '../../src/legislation/rule-book.js';
import type { ClosingDay, Day } from '../../src/platform/calendar/calendar.js';
import { contractDuty } from '../../src/programme/contract.duties.js';
import { takeoverOf, type RefugeeTakeover, type TakeoverFacts } from '../../src/refugees/refugees.rules.js';
import { actBy, reminderSteps, type Step } from '../../src/reminders/planner.rules.js';

const ZONE = 'Europe/Copenhagen';

/** The days of the contract's follow-up, as the planner would keep them. */
export interface ContractDays {
  earliestOn: Day;
  targetOn: Day;
  latestOn: Day;
  actBy: Day;
  ruleIds: string[];
  reminders: (Step & { dueAt: Date })[];
}

/** The program's own rules; an answer is kept, because a thousand days serve a million follow-ups. */
export class Law {
  private readonly rules: RuleBook;
  private readonly takeovers = new Map<string, RefugeeTakeover>();
  private readonly contracts = new Map<Day, ContractDays>();

  constructor(
    rules: Rule[],
    private readonly closings: ClosingDay[],
  ) {
    this.rules = new RuleBook(rules);
  }

  takeover(facts: TakeoverFacts): RefugeeTakeover {
    return kept(this.takeovers, JSON.stringify(facts), () => takeoverOf(facts, this.rules));
  }

  /** Of a grown-up who was taken over on the day. */
  contract(takeoverOn: Day): ContractDays {
    return kept(this.contracts, takeoverOn, () => {
      const nobody = { subjectId: '', draftId: null, contractSignedOn: null, pauses: [] };
      const { earliestOn, targetOn, latestOn, rules } = contractDuty({ ...nobody, takeoverOn }, this.rules);
      const days = { earliestOn, targetOn, latestOn, actBy: actBy(latestOn) };
      const reminders = reminderSteps(days, earliestOn, this.closings);
      return {
        ...days,
        ruleIds: rules.map(({ id }) => id),
        reminders: reminders.map((step) => ({ ...step, dueAt: atEight(step.dueOn) })),
      };
    });
  }
}

function atEight(day: Day): Date {
  const morning = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: ZONE, plainTime: '08:00' });
  return new Date(morning.epochMilliseconds);
}

function kept<Key, Answer>(answers: Map<Key, Answer>, key: Key, find: () => Answer): Answer {
  const answer = answers.get(key) ?? find();
  answers.set(key, answer);
  return answer;
}
