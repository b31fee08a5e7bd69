/** Languages of people that we print in, beside Danish; ISO 639-3. */
export const PRINTED_LANGUAGES = ['ara', 'eng', 'fas', 'prs', 'tir', 'ukr'] as const;
export type PersonsLanguage = (typeof PRINTED_LANGUAGES)[number];
export type PrintedLanguage = PersonsLanguage | 'dan';

/** Languages that are written as one of those: the Arabic of countries, and the Persian of Iran. */
const VARIETIES: Record<string, PersonsLanguage> = {
  acm: 'ara',
  aeb: 'ara',
  afb: 'ara',
  apc: 'ara',
  apd: 'ara',
  arb: 'ara',
  arq: 'ara',
  ary: 'ara',
  arz: 'ara',
  ayl: 'ara',
  ayn: 'ara',
  pes: 'fas',
};

/** The language of ours that who reads `language` reads. */
export function printedAs(language: string | null): PersonsLanguage | undefined {
  return PRINTED_LANGUAGES.find((one) => one === language) ?? VARIETIES[language ?? ''];
}

const LOCALES: Record<PrintedLanguage, string> = {
  dan: 'da-DK',
  eng: 'en-GB',
  ara: 'ar',
  fas: 'fa',
  prs: 'fa-AF',
  tir: 'ti',
  ukr: 'uk',
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What Unicode CLDR knows of a language: its words for days, amounts, languages and countries. */
export class Tongue {
  private static readonly known = new Map<PrintedLanguage, Tongue>();

  /** In two letters, and the region whose way of writing it is, if it is that of one. */
  readonly code: string;
  readonly region: string | null;
  private readonly days: Record<'long' | 'full', Intl.DateTimeFormat>;
  private readonly weekdays: Intl.DateTimeFormat;
  private readonly amounts: Record<'year' | 'hour', Intl.NumberFormat>;
  private readonly lists: Intl.ListFormat;
  private readonly names: Record<'language' | 'region', Intl.DisplayNames>;

  private constructor(language: PrintedLanguage) {
    const { language: code, region = null } = new Intl.Locale(LOCALES[language]);
    [this.code, this.region] = [code, region];
    // figures as they are written in Denmark, and its calendar
    const locale = `${LOCALES[language]}-u-ca-gregory-nu-latn`;
    const amount = (unit: string) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    const name = (type: 'language' | 'region') => new Intl.DisplayNames(locale, { type, fallback: 'none' });
    const days = (dateStyle: 'long' | 'full') =>
      new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' });
    this.days = { long: days('long'), full: days('full') };
    this.weekdays = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    this.lists = new Intl.ListFormat(locale);
    this.amounts = { year: amount('year'), hour: amount('hour') };
    this.names = { language: name('language'), region: name('region') };
  }

  /** Made once: to make one takes longer than to set a page. */
  static of(language: PrintedLanguage): Tongue {
    const tongue = Tongue.known.get(language) ?? new Tongue(language);
    Tongue.known.set(language, tongue);
    return tongue;
  }

  day(on: string): string {
    return this.days.long.format(new Date(on));
  }

  dayAndWeekday(on: string): string {
    return this.days.full.format(new Date(on));
  }

  amount(count: number, unit: 'year' | 'hour'): string {
    return this.amounts[unit].format(count);
  }

  /** @param days `mon` to `sun`; what is none of them is left out */
  weekdaysInWords(days: readonly string[]): string {
    const places = days.map((day) => WEEKDAYS.indexOf(day)).filter((place) => place >= 0);
    // the first of January 2024 was a Monday
    return this.lists.format(places.map((place) => this.weekdays.format(Date.UTC(2024, 0, 1 + place))));
  }

  /** Nothing when CLDR has no name for it. */
  nameOf(kind: 'language' | 'region', code: string): string | undefined {
    return this.names[kind].of(code);
  }
}
