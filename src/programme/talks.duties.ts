// Integration Act § 20: at least four talks in the first six months after the § 17 visitation; every twelve months for who
// is in ordinary work or education; six months after a birth and at the end of leave; only as needed for the self-supporting.
import {
  addDays,
  addMonths,
  addYears,
  daysBetween,
  workingDayOnOrBefore,
  type Day,
} from '../platform/calendar/calendar.js';
import type { Span } from '../platform/calendar/spans.js';
import type { RuleBook } from '../legislation/rule-book.js';
import type { Act, Duty, DutyText } from '../reminders/reminders.contract.js';
import { stretchOn, type Stretch } from './stretches.rules.js';

export interface TalkFacts {
  subjectId: string;
  takeoverOn: Day;
  visitationOn: Day | null;
  /** The days of the talks that were held, in order. */
  talksHeldOn: Day[];
  /** The next talk that is planned, if there is one. */
  plannedTalkId: string | null;
  spells: Stretch[];
  pauses: Span[];
}

export const TALK_RULE_KEYS = {
  first: ['followup.count_first_6m', 'practice.talks_spread'],
  inWork: ['followup.employed'],
  afterBirth: ['followup.maternity'],
} as const;

/** The months the first talks are to be held in. */
const FIRST_MONTHS = 6;
/** Leave counts as taken for a birth within a year of it. */
const YEARS_OF_LEAVE = 1;

const ifNothing = {
  da: 'Kommunen følger ikke op, som integrationsloven § 20 kræver.',
  en: 'The municipality does not follow up as § 20 of the Integration Act asks.',
};
const title = { da: 'Opfølgningssamtale', en: 'Follow-up talk' };

export const talkTexts: Record<string, DutyText> = {
  talk: {
    title,
    numbered: true,
    reason: {
      da: ({ occurrence, latestOn }) =>
        `Samtale ${occurrence} af dem, der skal holdes i de første seks måneder efter visitationen, senest ${latestOn} (integrationsloven § 20).`,
      en: ({ occurrence, latestOn }) =>
        `Talk ${occurrence} of those to be held in the first six months after the visitation, by ${latestOn} (Integration Act § 20).`,
    },
    ifNothing,
  },
  'talk.in_work': {
    title,
    reason: {
      da: ({ latestOn }) =>
        `I ordinært arbejde eller uddannelse følges der op hver tolvte måned, næste gang senest ${latestOn} (integrationsloven § 20).`,
      en: ({ latestOn }) =>
        `In ordinary work or education there is a talk every twelve months, the next by ${latestOn} (Integration Act § 20).`,
    },
    ifNothing,
  },
  'talk.after_birth': {
    title,
    reason: {
      da: ({ latestOn }) =>
        `Under barsel holdes den første samtale seks måneder efter fødslen, ${latestOn} (integrationsloven § 20).`,
      en: ({ latestOn }) =>
        `On maternity the first talk is six months after the birth, ${latestOn} (Integration Act § 20).`,
    },
    ifNothing,
  },
  'talk.after_leave': {
    title,
    reason: {
      da: ({ latestOn }) =>
        `Ved slutningen af barslen holdes en samtale, ${latestOn} (integrationsloven § 20).`,
      en: ({ latestOn }) => `A talk is held at the end of the leave, ${latestOn} (Integration Act § 20).`,
    },
    ifNothing,
  },
};

/** The talks that the person's state asks for on the day. */
export function talkDuties(facts: TalkFacts, rules: RuleBook, today: Day): Duty[] {
  const leave = leaveForBirth(facts.spells, today);
  if (leave) return talksOfLeave(facts, leave, rules);
  const work = stretchOn(facts.spells, ['work', 'education'], today);
  if (work) return talksInWork(facts, work.fromOn, rules);
  const overdue = talkAtTheEndOf(facts, today, rules);
  if (stretchOn(facts.spells, ['self_supporting'], today)) return overdue;
  return [...firstTalks(facts, rules), ...overdue];
}

/** Talk k of n: its target lies k/n of the way to the six-month day, which is the latest day of all of them. */
function firstTalks(facts: TalkFacts, rules: RuleBook): Duty[] {
  const visitationOn = facts.visitationOn ?? facts.takeoverOn;
  const [count, spread] = TALK_RULE_KEYS.first.map((key) => rules.on(key, visitationOn));
  const latestOn = addMonths(visitationOn, FIRST_MONTHS);
  const days = (daysBetween(visitationOn, latestOn) * (spread.value as number)) / 100;
  const held = facts.talksHeldOn.filter((day) => day >= visitationOn);
  const n = count.value as number;
  const duties: Duty[] = [];
  for (let k = 1, before: Day | null = null; k <= n; k++) {
    const previous: Day | null = k === 1 ? null : (held.at(k - 2) ?? before);
    const earliestOn: Day = previous === null ? visitationOn : theEarlier(addDays(previous, 1), latestOn);
    const planned = workingDayOnOrBefore(addDays(visitationOn, Math.floor((k * days) / n)));
    before = theLater(planned, earliestOn);
    duties.push({
      ...aTalk(facts, 'talk', k, held.length >= k),
      earliestOn,
      targetOn: before,
      latestOn,
      rules: [count, spread],
      assumed: facts.visitationOn === null ? ['visitation_is_takeover'] : [],
    });
  }
  return duties;
}

/** One talk for every year since the work began, or since the talk before. */
function talksInWork(facts: TalkFacts, fromOn: Day, rules: RuleBook): Duty[] {
  const held = facts.talksHeldOn.filter((day) => day >= fromOn);
  return [fromOn, ...held].map((since, place) => {
    const rule = rules.on(TALK_RULE_KEYS.inWork[0], fromOn);
    const latestOn = addMonths(since, rule.value as number);
    return {
      ...aTalk(facts, 'talk.in_work', place + 1, place < held.length),
      earliestOn: place === 0 ? since : addDays(since, 1),
      targetOn: workingDayOnOrBefore(latestOn),
      latestOn,
      rules: [rule],
    };
  });
}

interface Leave {
  bornOn: Day;
  /** Which birth it is, from 1. */
  birth: number;
  /** The last day, when it is known. */
  toOn: Day | null;
}

/** The first talk six months after the birth, if there still is leave then, and one at its end. */
function talksOfLeave(facts: TalkFacts, { bornOn, birth, toOn }: Leave, rules: RuleBook): Duty[] {
  const rule = rules.on(TALK_RULE_KEYS.afterBirth[0], bornOn);
  const held = facts.talksHeldOn.filter((day) => day >= bornOn);
  const sixMonthsOn = addMonths(bornOn, rule.value as number);
  const duties: Duty[] = [];
  if (toOn === null || sixMonthsOn < toOn)
    duties.push({
      ...aTalk(facts, 'talk.after_birth', birth, held.length > 0),
      earliestOn: bornOn,
      targetOn: workingDayOnOrBefore(sixMonthsOn),
      latestOn: sixMonthsOn,
      rules: [rule],
    });
  if (toOn !== null) {
    const before = duties.length;
    const after = before === 0 ? bornOn : addDays(held.at(0) ?? sixMonthsOn, 1);
    duties.push({
      ...aTalk(facts, 'talk.after_leave', birth, held.length > before),
      earliestOn: theEarlier(after, toOn),
      targetOn: theLater(workingDayOnOrBefore(toOn), theEarlier(after, toOn)),
      latestOn: toOn,
      rules: [rule],
    });
  }
  return duties;
}

/** A leave that is over leaves its last talk behind until it is held. */
function talkAtTheEndOf(facts: TalkFacts, today: Day, rules: RuleBook): Duty[] {
  const last = facts.spells
    .filter(({ kind, toOn }) => kind === 'leave' && toOn !== null && toOn < today)
    .at(-1);
  const leave = last && leaveForBirth(facts.spells, last.toOn!);
  return leave ? talksOfLeave(facts, leave, rules).filter(({ key }) => key === 'talk.after_leave') : [];
}

/** The leave for a birth that runs on a day: its last day is that of the whole stretch of leave. */
function leaveForBirth(spells: readonly Stretch[], on: Day): Leave | null {
  const leave = stretchOn(spells, ['leave'], on);
  if (!leave) return null;
  const births = spells.filter(({ kind }) => kind === 'birth');
  const place = births.findLastIndex(
    ({ fromOn }) =>
      fromOn <= on &&
      (leave.toOn === null || fromOn <= leave.toOn) &&
      leave.fromOn < addYears(fromOn, YEARS_OF_LEAVE),
  );
  return place < 0 ? null : { bornOn: births[place].fromOn, birth: place + 1, toOn: leave.toOn };
}

function aTalk(facts: TalkFacts, key: string, occurrence: number, done: boolean) {
  return {
    key,
    occurrence,
    series: 'talk',
    role: 'caseworker' as const,
    done,
    assumed: [] as string[],
    pauses: facts.pauses,
    act: talkAct(facts),
  };
}

export function talkAct({ subjectId, plannedTalkId }: Pick<TalkFacts, 'subjectId' | 'plannedTalkId'>): Act {
  const path = plannedTalkId === null ? `refugees/${subjectId}/talks` : `talks/${plannedTalkId}/outcomes`;
  return { method: 'POST', href: `/api/v1/${path}` };
}

const theEarlier = (a: Day, b: Day): Day => (a < b ? a : b);
const theLater = (a: Day, b: Day): Day => (a > b ? a : b);
