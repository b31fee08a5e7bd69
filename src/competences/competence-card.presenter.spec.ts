import { PRINTED_LANGUAGES } from '../platform/pages/tongue.js';
import { cardOf, codesOf, withNote, type CardFacts } from './competence-card.presenter.js';
import type { Evidence } from './competences.contract.js';

const from = { assessmentId: 'a' };
const told = { words: null, danish: null, evidence: null, attachments: [] };
const said = (text: string, language: string) => ({ text, language, direction: null });
const rests = (grade: Evidence) => ({ grade, source: null, on: null });
const levels = { read: null, written: null, readsLatinScript: null };
const facts: CardFacts = {
  name: 'Selam Tesfay',
  today: '2026-11-23',
  titles: [
    { scheme: 'isco08', code: '7411', da: 'Elektrikere', en: 'Electricians', own: null },
    { scheme: 'isco08', code: '5120', da: 'Kokke', en: 'Cooks', own: 'Кухарі' },
    { scheme: 'esco_skill', code: 'weld', da: null, en: 'weld steel', own: null },
    { scheme: 'language', code: 'tir', da: 'tigrinya', en: 'Tigrinya', own: null },
    { scheme: 'language', code: 'dan', da: 'dansk', en: 'Danish', own: null },
    { scheme: 'isced_field', code: '0713', da: 'El og energi', en: 'Electricity and energy', own: null },
    { scheme: 'region', code: 'ER', da: 'Eritrea', en: 'Eritrea', own: null },
    { scheme: 'region', code: 'XX', da: 'Statsløs eller ukendt', en: 'Stateless or unknown', own: null },
  ],
  profile: {
    languages: [
      { language: 'dan', motherTongue: false, spoken: 'A2', ...levels, ...from },
      { language: 'tir', motherTongue: true, spoken: 'C2', ...levels, ...from },
    ],
    danish: {
      spoken: 'A2',
      read: 'A1',
      written: null,
      exam: { exam: 'pd2', takenOn: '2026-10-30' },
      ...from,
    },
    occupations: [
      {
        scheme: 'isco08',
        occupation: '5120',
        iscoGroup: '5120',
        danish: null,
        words: null,
        years: 9,
        lastYear: 2015,
        yearsSince: 11,
        coded: 'sure',
        evidence: rests('documented'),
        ...from,
      },
      {
        scheme: 'isco08',
        occupation: '7411',
        iscoGroup: '7411',
        danish: 'Jeg lavede lys',
        words: said('Я робив світло', 'ukr'),
        years: 6,
        lastYear: 2024,
        yearsSince: 2,
        coded: 'sure',
        evidence: null,
        ...from,
      },
      {
        scheme: null,
        occupation: null,
        iscoGroup: null,
        danish: 'Passede geder',
        words: said('كنت أرعى الماعز', 'apc'),
        years: 0,
        lastYear: null,
        yearsSince: null,
        coded: null,
        evidence: null,
        ...from,
      },
    ],
    skills: [
      { ...told, danish: 'Svejsning', coded: null, evidence: rests('tested'), ...from },
      { ...told, coded: { scheme: 'esco_skill', code: 'weld', sure: 'sure', by: 'x' }, ...from },
    ],
    schooling: [
      {
        ...told,
        level: '3',
        field: '0713',
        country: 'ER',
        years: 3,
        endedYear: 2012,
        documents: 'lost',
        recognition: 'refused',
        ...from,
      },
      {
        ...told,
        level: '6',
        field: null,
        country: 'XX',
        years: null,
        endedYear: null,
        documents: 'original',
        recognition: 'recognised',
        ...from,
      },
    ],
    licences: [
      {
        ...told,
        kind: 'driving',
        category: 'B',
        country: 'ER',
        validUntil: '2028-05-31',
        documents: 'copy',
        recognition: null,
        ...from,
      },
    ],
    wishes: { told: { words: null, danish: 'never printed' }, occupations: [], ...from },
    availability: { from: '2027-02-01', hoursPerWeek: 37, weekdays: ['mon', 'fri'], ...from },
  },
};

/** One side of the card as lines. */
function lines(of: typeof facts, language: (typeof PRINTED_LANGUAGES)[number], side: 0 | 1): string[] {
  return cardOf(of, language).sections.flatMap(({ headings, entries }) => [
    `# ${headings[side]}`,
    ...entries.map((entry) => [entry[side].main, entry[side].detail].filter(Boolean).join(' | ')),
  ]);
}

describe('what the card says', () => {
  it('is in Danish on the left, newest work and mother tongue first', () => {
    expect(lines(facts, 'ukr', 0)).toEqual([
      '# Arbejde',
      'Elektrikere | 6 år · senest 2024 · “Jeg lavede lys”',
      'Kokke | 9 år · senest 2015 · dokumenteret',
      'Passede geder | under et år',
      '# Færdigheder',
      'Svejsning | prøvet',
      'weld steel',
      '# Sprog',
      'tigrinya | modersmål · tale C2',
      'dansk | tale A2 · læsning A1 · bestået Prøve i Dansk 2',
      '# Skole og uddannelse',
      'Ungdomsuddannelse: El og energi | Eritrea · 2012 · papirer tabt',
      'Bachelor eller tilsvarende | Statsløs eller ukendt · originale papirer · anerkendt i Danmark',
      '# Beviser',
      'Kørekort: B | Eritrea · gælder til 31. maj 2028 · kopi af papirer',
      '# Kan arbejde',
      'fra 1. februar 2027 · 37 timer om ugen · mandag og fredag',
    ]);
  });

  it('is in the person’s language on the right: words of that language, imported titles, English where there are none', () => {
    expect(lines(facts, 'ukr', 1)).toEqual([
      '# Робота',
      'Electricians | 6 років · востаннє 2024 · “Я робив світло”',
      'Кухарі | 9 років · востаннє 2015 · підтверджено документами',
      'Passede geder | менше року',
      '# Навички',
      'Svejsning | перевірено',
      'weld steel',
      '# Мови',
      'тигринья | рідна мова · мовлення C2',
      'данська | мовлення A2 · читання A1 · складено Prøve i Dansk 2',
      '# Освіта',
      'Повна середня освіта: Electricity and energy | Еритрея · 2012 · документи втрачено',
      'Бакалавр або еквівалент | Stateless or unknown · оригінали документів · визнано в Данії',
      '# Посвідчення та сертифікати',
      'Посвідчення водія: B | Еритрея · дійсне до 31 травня 2028 р. · копії документів',
      '# Готовність до роботи',
      'з 1 лютого 2027 р. · 37 годин на тиждень · понеділок і пʼятниця',
    ]);
  });

  it('says work that nobody has coded as it was told, also in a variety of the language', () => {
    expect(lines(facts, 'ara', 1)[3]).toBe('كنت أرعى الماعز | أقل من سنة');
  });

  it.each([
    ['ara', 'Electricians | 6 سنوات · آخر مرة عام 2024', 'التاريخ: 23 نوفمبر 2026'],
    ['fas', 'Electricians | 6 سال · آخرین بار در 2024', 'تاریخ: 23 نوامبر 2026'],
    ['prs', 'Electricians | 6 سال · آخرین بار در 2024', 'تاریخ: 23 نومبر 2026'],
    ['tir', 'Electricians | 6 ዓመታት · ናይ መወዳእታ ግዜ ብ2024', 'ዕለት: ሕዳር 23, 2026'],
    ['eng', 'Electricians | 6 years · last in 2024', 'Date: 23 November 2026'],
  ] as const)('counts and dates in %s with the figures written in Denmark', (language, work, date) => {
    expect(lines(facts, language, 1)[1]).toBe(work);
    expect(cardOf(facts, language).sides[1].date).toBe(date);
  });

  it.each<[string, Partial<NonNullable<CardFacts['profile']['availability']>>, string[]]>([
    ['days in the order of the week', { weekdays: ['sun', 'mon'] }, ['# Kan arbejde', 'mandag og søndag']],
    ['no days beside hours', { weekdays: [], hoursPerWeek: 20 }, ['# Kan arbejde', '20 timer om ugen']],
    ['nothing of no days', { weekdays: [] }, []],
  ])('says when somebody can work: %s', (_, over, printed) => {
    const availability = { from: null, hoursPerWeek: null, weekdays: null, ...over, ...from };
    expect(lines({ ...facts, profile: { ...facts.profile, availability } }, 'eng', 0).slice(15)).toEqual(
      printed,
    );
  });

  it('clips what is endless', () => {
    const skills = [{ ...told, danish: 'x'.repeat(2000), coded: null, ...from }];
    const [, skill] = cardOf({ ...facts, profile: { ...facts.profile, skills } }, 'eng').sections;
    expect(skill.entries[0][0].main).toBe(`${'x'.repeat(109)}…`);
  });

  it('says in both languages that nothing is there, or that not all is', () => {
    const none = {
      languages: [],
      danish: null,
      occupations: [],
      skills: [],
      schooling: [],
      licences: [],
      wishes: null,
      availability: null,
    };
    for (const language of PRINTED_LANGUAGES) {
      const empty = cardOf({ ...facts, profile: none }, language);
      expect(empty.sections).toEqual([]);
      expect(empty.sides.map(({ note }) => note)).toEqual([
        'Der er endnu ingen underskrevet kompetenceafklaring.',
        expect.any(String),
      ]);
      for (const { note } of withNote(empty, 12, language).sides) expect(note).toContain('12');
      expect(withNote(empty, 0, language)).toBe(empty);
    }
  });

  it('asks for the titles of what it says', () => {
    const asked = codesOf(facts.profile).map((one) => Object.values(one).slice(0, 2).join(' '));
    for (const { scheme, code } of facts.titles) expect(asked).toContain(`${scheme} ${code}`);
  });
});
