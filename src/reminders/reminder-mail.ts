import type { Language } from '../platform/http/language.js';
import type { Mail } from '../platform/mail/mailer.js';
import type { Day } from '../platform/calendar/calendar.js';
import type { ClaimedReminder } from './delivery.queries.js';
import type { ClaimedDigest } from './digests.queries.js';
import type { DutyText } from './reminders.contract.js';

type TextOf = (one: ClaimedDigest['first'][number]) => DutyText;

interface Words {
  reminder: string;
  by: string;
  case: string;
  open: string;
  otherwise: string;
  day: (things: number) => string;
  overdue: string;
  more: (things: number) => string;
  /** What else the mail begins with, by the step of its reminder. */
  because: Partial<Record<string, string>>;
}

const WORDS: Record<Language, Words> = {
  da: {
    reminder: 'Påmindelse',
    by: 'senest',
    case: 'sag',
    open: 'Åbn sagen',
    otherwise: 'Hvis intet sker',
    day: (things) => `Din dag: ${things === 1 ? '1 opfølgning' : `${things} opfølgninger`}`,
    overdue: 'overskredet',
    more: (things) => `… og ${things} til.`,
    because: {
      deputy: 'Påmindelsen er ikke blevet læst, og du er stedfortræder.',
      leader: 'Påmindelsen er ikke blevet læst, og du leder enheden.',
      given: 'Opfølgningen er givet til dig.',
      taken: 'Opfølgningen er givet til en anden.',
    },
  },
  en: {
    reminder: 'Reminder',
    by: 'by',
    case: 'case',
    open: 'Open the case',
    otherwise: 'If nothing is done',
    day: (things) => `Your day: ${things === 1 ? '1 follow-up' : `${things} follow-ups`}`,
    overdue: 'overdue',
    more: (things) => `… and ${things} more.`,
    because: {
      deputy: 'Nobody has read the reminder, and you are the deputy.',
      leader: 'Nobody has read the reminder, and you lead the unit.',
      given: 'The follow-up was given to you.',
      taken: 'The follow-up was given to somebody else.',
    },
  },
};

const LONG_DAY = { dateStyle: 'long', timeZone: 'UTC' } as const;
/** Made once: to make one costs more than everything else a page of my day takes. */
const FORMATS: Record<Language, Intl.DateTimeFormat> = {
  da: new Intl.DateTimeFormat('da-DK', LONG_DAY),
  en: new Intl.DateTimeFormat('en-GB', LONG_DAY),
};

export const dayInWords = (day: string, language: Language): string =>
  FORMATS[language].format(new Date(day));

/** What is to be done by when, of which case by its number; never who the person is. */
function thing(
  { act_by, case_number }: { act_by: Day; case_number: string | null },
  { title }: DutyText,
  language: Language,
): string {
  const { by, case: ofCase } = WORDS[language];
  const what = `${title[language]} ${by} ${dayInWords(act_by, language)}`;
  return case_number === null ? what : `${what} – ${ofCase} ${case_number}`;
}

export function reminderMail(claimed: ClaimedReminder, text: DutyText, publicUrl: string): Mail {
  const { language, step } = claimed;
  const words = WORDS[language];
  const what = thing(claimed, text, language);
  const days = {
    earliestOn: dayInWords(claimed.earliest_on, language),
    latestOn: dayInWords(claimed.latest_on, language),
    occurrence: claimed.occurrence,
  };
  return {
    messageId: `reminder-${claimed.id}@ankomst`,
    to: claimed.email,
    subject: `${words.reminder}: ${what}`,
    text: [
      words.because[step],
      `${what}.`,
      text.reason[language](days),
      `${words.otherwise}: ${text.ifNothing[language]}`,
      claimed.refugee_id && `${words.open}: ${publicUrl}/api/v1/refugees/${claimed.refugee_id}`,
    ]
      .filter(Boolean)
      .join('\n\n'),
  };
}

/** One mail for the whole day: the first of what is to be done, and how much there is. */
export function digestMail(claimed: ClaimedDigest, textOf: TextOf, publicUrl: string): Mail {
  const { language, on_day, things, first } = claimed;
  const words = WORDS[language];
  const lines = first.map((one) => {
    const late = one.act_by < on_day ? ` (${words.overdue})` : '';
    return `• ${thing(one, textOf(one), language)}${late}`;
  });
  return {
    messageId: `digest-${claimed.id}@ankomst`,
    to: claimed.email,
    subject: words.day(things),
    text: [
      `${words.day(things)}.`,
      [...lines, ...(things > first.length ? [words.more(things - first.length)] : [])].join('\n'),
      `${publicUrl}/api/v1/my-day`,
    ].join('\n\n'),
  };
}
