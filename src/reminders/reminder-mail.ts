import type { Language } from '../platform/http/language.js';
import type { Mail } from '../platform/mail/mailer.js';
import type { DutyText } from './reminders.contract.js';
import type { Claimed } from './delivery.queries.js';

const WORDS: Record<
  Language,
  { reminder: string; by: string; case: string; open: string; otherwise: string }
> = {
  da: { reminder: 'Påmindelse', by: 'senest', case: 'sag', open: 'Åbn sagen', otherwise: 'Hvis intet sker' },
  en: {
    reminder: 'Reminder',
    by: 'by',
    case: 'case',
    open: 'Open the case',
    otherwise: 'If nothing is done',
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

/** What the mail says: which case by its number, what, by when; never who the person is. */
export function reminderMail(claimed: Claimed, text: DutyText, publicUrl: string): Mail {
  const { language } = claimed;
  const words = WORDS[language];
  const what = `${text.title[language]} ${words.by} ${dayInWords(claimed.act_by, language)}`;
  const ofCase = claimed.case_number === null ? '' : ` – ${words.case} ${claimed.case_number}`;
  const days = {
    earliestOn: dayInWords(claimed.earliest_on, language),
    latestOn: dayInWords(claimed.latest_on, language),
    occurrence: claimed.occurrence,
  };
  return {
    messageId: `reminder-${claimed.id}@ankomst`,
    to: claimed.email,
    subject: `${words.reminder}: ${what}${ofCase}`,
    text: [
      `${what}${ofCase}.`,
      text.reason[language](days),
      `${words.otherwise}: ${text.ifNothing[language]}`,
      ...(claimed.refugee_id === null
        ? []
        : [`${words.open}: ${publicUrl}/api/v1/refugees/${claimed.refugee_id}`]),
    ].join('\n\n'),
  };
}
