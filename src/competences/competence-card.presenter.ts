import { clipped } from '../platform/pages/printable.js';
import { printedAs, Tongue, type PersonsLanguage, type PrintedLanguage } from '../platform/pages/tongue.js';
import type { Card, CodeTitles, Entry, Section } from './competence-card.contract.js';
import { CARD_TEXTS, type CardTexts } from './competence-card.texts.js';
import { CARD_TITLES } from './competence-card.titles.js';
import { CARD_WORDS } from './competence-card.words.js';
import { WEEKDAYS, type EvidenceOf, type TextAnswer } from './competences.contract.js';
import type { Profile } from './profile.rules.js';

export interface CardFacts {
  name: string;
  today: string;
  profile: Profile;
  titles: CodeTitles[];
}

/** Letters of a fact that stand on the card; a consultant may write 4,000. */
const MOST_LETTERS = 110;

/** The codes whose titles the card says. */
export function codesOf({ occupations, skills, languages, schooling, licences }: Profile): object[] {
  const regions = [...schooling, ...licences].map(({ country }) => ({ scheme: 'region', code: country }));
  return [
    { scheme: 'language', code: 'dan' },
    ...occupations.map(({ scheme, occupation: code }) => ({ scheme, code })),
    ...skills.flatMap(({ coded }) => coded ?? []),
    ...languages.map(({ language: code }) => ({ scheme: 'language', code })),
    ...schooling.map(({ field: code }) => ({ scheme: 'isced_field', code })),
    ...regions,
  ];
}

/** The whole card, whether or not it fits one page. */
export function cardOf(facts: CardFacts, language: PersonsLanguage): Card {
  const [danish, own] = [new Voice('dan', facts), new Voice(language, facts)];
  const section = <Row>(
    heading: Heading,
    rows: readonly Row[],
    say: (voice: Voice, row: Row) => Line,
  ): Section => ({
    headings: [danish.texts[heading], own.texts[heading]],
    entries: rows
      .map((row) => [danish, own].map((voice) => said(say(voice, row))) as Entry)
      .filter(([{ main }]) => main !== ''),
  });
  const { occupations, skills, schooling, licences, availability } = facts.profile;
  const sections = [
    section('occupations', occupations.toSorted(newestFirst), (voice, row) => voice.occupation(row)),
    section('skills', skills, (voice, row) => voice.skill(row)),
    section('languages', languagesOf(facts.profile), (voice, row) => voice.spoken(row)),
    section('schooling', schooling, (voice, row) => voice.schooling(row)),
    section('licences', licences, (voice, row) => voice.licence(row)),
    section('availability', availability ? [availability] : [], (voice, row) => voice.availability(row)),
  ].filter(({ entries }) => entries.length > 0);
  const sides = [danish, own].map((voice) => voice.side(sections.length === 0)) as Card['sides'];
  return { name: clipped(facts.name, MOST_LETTERS), sides, sections };
}

/** Says at the foot how many facts the card leaves out. */
export function withNote(card: Card, left: number, language: PersonsLanguage): Card {
  if (left === 0) return card;
  const [danish, own] = card.sides;
  const note = (of: PrintedLanguage) => CARD_TEXTS[of].shortened(String(left));
  return {
    ...card,
    sides: [
      { ...danish, note: note('dan') },
      { ...own, note: note(language) },
    ],
  };
}

/** A fact, and what there is to say of it; null is not known. */
type Line = [main: string, ...details: (string | null | undefined)[]];

function said([main, ...details]: Line): Entry[number] {
  const detail = details.filter((one) => one).join(' · ');
  return { main: clipped(main, MOST_LETTERS), detail: clipped(detail, MOST_LETTERS) };
}

type Heading = keyof CardTexts &
  ('occupations' | 'skills' | 'languages' | 'schooling' | 'licences' | 'availability');
type RowOf<Part extends 'languages' | 'occupations' | 'skills' | 'schooling' | 'licences'> =
  Profile[Part][number];
type Spoken = Pick<RowOf<'languages'>, 'language' | 'motherTongue' | 'spoken' | 'read' | 'written'> & {
  exam?: string;
};

const newestFirst = (a: RowOf<'occupations'>, b: RowOf<'occupations'>): number =>
  (b.lastYear ?? 0) - (a.lastYear ?? 0) || b.years - a.years;

/** The mother tongue, then Danish with the exam that was passed, then the others. */
function languagesOf({ languages, danish }: Profile): Spoken[] {
  const others = languages.filter(({ language }) => language !== 'dan');
  const own = others.filter(({ motherTongue }) => motherTongue);
  const learnt = danish && { ...danish, language: 'dan', motherTongue: false, exam: danish.exam?.exam };
  return [...own, ...(learnt ? [learnt] : []), ...others.filter((one) => !own.includes(one))];
}

/** As the exams are called; the name is Danish in every language. */
const EXAMS: Record<string, string> = {
  pd1: 'Prøve i Dansk 1',
  pd2: 'Prøve i Dansk 2',
  pd3: 'Prøve i Dansk 3',
  studieproeven: 'Studieprøven',
};

/** One language of the card: how it says the facts. */
class Voice {
  readonly texts: CardTexts;
  private readonly words: (typeof CARD_WORDS)[PrintedLanguage];
  private readonly titles: (typeof CARD_TITLES)[PrintedLanguage];
  private readonly tongue: Tongue;

  constructor(
    private readonly language: PrintedLanguage,
    private readonly facts: CardFacts,
  ) {
    this.texts = CARD_TEXTS[language];
    this.words = CARD_WORDS[language];
    this.titles = CARD_TITLES[language];
    this.tongue = Tongue.of(language);
  }

  side(isEmpty: boolean): Card['sides'][number] {
    const { title, about, date, nothing } = this.texts;
    const { code, region } = this.tongue;
    return {
      language: { code, region },
      title,
      about,
      date: `${date}: ${this.tongue.day(this.facts.today)}`,
      note: isEmpty ? nothing : null,
    };
  }

  occupation({ scheme, occupation, years, lastYear, evidence, ...told }: RowOf<'occupations'>): Line {
    const { underAYear, last } = this.texts;
    const title = occupation === null ? null : this.titleOf(scheme!, occupation);
    const words = title && this.ownWords(told);
    return [
      title ?? this.textOf(told),
      years === 0 ? underAYear : this.tongue.amount(years, 'year'),
      lastYear === null ? null : last(String(lastYear)),
      this.restsOn(evidence),
      words && `“${words}”`,
    ];
  }

  skill({ coded, evidence, ...told }: RowOf<'skills'>): Line {
    return [coded ? this.titleOf(coded.scheme, coded.code) : this.textOf(told), this.restsOn(evidence)];
  }

  spoken({ language, motherTongue, exam, ...levels }: Spoken): Line {
    const kinds = ['spoken', 'read', 'written'] as const;
    return [
      this.titleOf('language', language),
      motherTongue ? this.texts.motherTongue : null,
      ...kinds.map((kind) => levels[kind] && `${this.texts[kind]} ${levels[kind]}`),
      exam && this.texts.passed(EXAMS[exam]),
    ];
  }

  schooling({ level, field, country, endedYear, evidence, ...row }: RowOf<'schooling'>): Line {
    const name = this.titles.levels[Number(level)];
    return [
      field ? `${name}: ${this.titleOf('isced_field', field)}` : name,
      country && this.titleOf('region', country),
      endedYear === null ? null : String(endedYear),
      ...this.papers(row),
      this.restsOn(evidence),
      this.ownWords(row),
    ];
  }

  licence({ kind, category, country, validUntil, evidence, ...row }: RowOf<'licences'>): Line {
    const name = this.titles.licences[kind];
    return [
      category ? `${name}: ${category}` : name,
      country && this.titleOf('region', country),
      validUntil && this.texts.until(this.tongue.day(validUntil)),
      ...this.papers(row),
      this.restsOn(evidence),
      this.ownWords(row),
    ];
  }

  availability({ from, hoursPerWeek, weekdays }: NonNullable<Profile['availability']>): Line {
    const parts = [
      from && this.texts.from(this.tongue.day(from)),
      hoursPerWeek && this.texts.aWeek(this.tongue.amount(hoursPerWeek, 'hour')),
      weekdays && this.tongue.weekdaysInWords(WEEKDAYS.filter((day) => weekdays.includes(day))),
    ];
    return [parts.filter((part) => part).join(' · ')];
  }

  private restsOn(evidence: EvidenceOf | null): string | null {
    return evidence && this.words.evidence[evidence.grade];
  }

  private papers({ documents, recognition }: Pick<RowOf<'licences'>, 'documents' | 'recognition'>) {
    return [documents && this.words.documents[documents], recognition && this.words.recognition[recognition]];
  }

  private titleOf(scheme: string, code: string): string {
    const title = this.facts.titles.find((one) => one.scheme === scheme && one.code === code);
    if (this.language === 'dan') return title?.da ?? title?.en ?? code;
    const kind = scheme === 'language' || scheme === 'region' ? scheme : null;
    return title?.own ?? (kind && this.tongue.nameOf(kind, code)) ?? title?.en ?? code;
  }

  /** What was said, in this language if it was said in it. */
  private textOf(told: TextAnswer): string {
    return this.ownWords(told) ?? told.danish ?? told.words?.text ?? '';
  }

  private ownWords({ words, danish }: TextAnswer): string | null {
    if (this.language === 'dan') return danish;
    return words && printedAs(words.language) === this.language ? words.text : null;
  }
}
