import type { Language } from '../platform/http/language.js';
import { clipped } from '../platform/pages/printable.js';
import { printedAs, Tongue, type PersonsLanguage, type PrintedLanguage } from '../platform/pages/tongue.js';
import { DAY_SHEET_TEXTS } from './day-sheet.texts.js';
import { INVITATION_TEXTS } from './invitation.texts.js';
import type { DaySheetRow, InvitationRow, NamedLanguage } from './visit-papers.queries.js';

/** Letters of a name that stand on a page. */
const MOST_LETTERS = 70;

/** The language of the letter: what the person grew up with, else what an interpreter speaks with the person, else English. */
export const letterLanguageOf = (
  row: Pick<InvitationRow, 'mother_tongue' | 'interpreter_language'>,
): PersonsLanguage => printedAs(row.mother_tongue) ?? printedAs(row.interpreter_language) ?? 'eng';

/** What the template of the letter prints: the same in Danish and in the language. */
export function invitationOf(row: InvitationRow, language: PersonsLanguage): object {
  return { sides: [sideOf(row, 'dan', language), sideOf(row, language, language)] };
}

function sideOf(row: InvitationRow, printed: PrintedLanguage, language: PersonsLanguage): object {
  const texts = INVITATION_TEXTS[printed];
  const tongue = Tongue.of(printed);
  const name = clipped(`${row.given_names} ${row.family_name}`, MOST_LETTERS);
  const booked = row.bookings.find((one) => isFor(row, language, one.language));
  const lines = [
    [texts.when, tongue.dayAndWeekday(row.on_day)],
    [texts.where, `${row.centre}, ${row.municipality}`],
    [texts.who, row.consultants.join(', ')],
    ...(booked ? [[texts.interpreter, nameOf(booked.language, printed)]] : []),
  ];
  return {
    language: { code: tongue.code, region: tongue.region },
    title: texts.title,
    // apart, so that the name keeps its own direction
    greeting: texts.greeting('|').split('|'),
    name,
    why: texts.why,
    lines,
    after: [texts.bring, texts.cannot],
    regards: texts.regards,
    from: row.unit,
  };
}

/** Whether an interpreter is booked for this person: in their own language, or the one the letter is in. */
const isFor = (
  row: Pick<InvitationRow, 'mother_tongue' | 'interpreter_language'>,
  language: PersonsLanguage,
  { code }: NamedLanguage,
): boolean =>
  [row.mother_tongue, row.interpreter_language].includes(code) ||
  (language !== 'eng' && printedAs(code) === language);

const nameOf = ({ code, da, en }: NamedLanguage, printed: PrintedLanguage): string =>
  printed === 'dan' ? da : (Tongue.of(printed).nameOf('language', code) ?? en);

/** What the template of the day's sheet prints, in the language of who prints it. */
export function daySheetOf(rows: DaySheetRow[], language: Language): object {
  const [visit] = rows;
  const texts = DAY_SHEET_TEXTS[language];
  const tongue = Tongue.of(language === 'da' ? 'dan' : 'eng');
  const participants = rows.filter(({ participant_id }) => participant_id !== null);
  return {
    language: { code: tongue.code, region: tongue.region },
    title: `${texts.title}: ${visit.centre}, ${visit.municipality}`,
    day: tongue.dayAndWeekday(visit.on_day),
    unit: visit.unit,
    warning: visit.cancelled ? texts.cancelled : null,
    consultants: [texts.consultants, visit.consultants.join(', ')],
    interpreters: [
      texts.interpreters,
      visit.bookings.map((booking) => bookingIn(booking, language)).join('\n') || texts.none,
    ],
    columns: texts.columns,
    rows: participants.map((row) => [
      row.case_number,
      clipped(`${row.family_name}, ${row.given_names}`, MOST_LETTERS),
      row.language?.[language] ?? '',
      row.interpreter_needed ? texts.needed : '',
      row.invited_on === null
        ? texts.notInvited
        : `${tongue.day(row.invited_on)}, ${texts.how[row.invited_how!]}`,
    ]),
  };
}

function bookingIn(booking: DaySheetRow['bookings'][number], language: Language): string {
  const { forms, states } = DAY_SHEET_TEXTS[language];
  const { fromTime, toTime, form, state, agency } = booking;
  const said = [
    booking.language[language],
    `${fromTime}–${toTime}`,
    forms[form],
    states[state as keyof typeof states],
    agency,
  ];
  return said.filter(Boolean).join(', ');
}
