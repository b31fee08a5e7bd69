import { PRINTED_LANGUAGES } from '../platform/pages/tongue.js';
import { INVITATION_TEXTS } from './invitation.texts.js';
import { daySheetOf, invitationOf, letterLanguageOf } from './visit-papers.presenter.js';
import type { DaySheetRow, InvitationRow } from './visit-papers.queries.js';

const named = (code: string) => ({ code, da: `${code} på dansk`, en: `${code} in English` });
const booked = (code: string) => ({
  language: named(code),
  fromTime: '09:30',
  toTime: '12:00',
  form: 'on_site' as const,
  state: 'confirmed' as const,
  agency: null,
});
const row: InvitationRow = {
  on_day: '2026-12-01',
  unit: 'Team Nord',
  centre: 'Center Sandholm',
  municipality: 'Allerød',
  consultants: ['Lone Bech', 'Mads Holm'],
  bookings: [],
  closed: false,
  cancelled: false,
  given_names: 'Selam',
  family_name: 'Tesfay',
  mother_tongue: 'tir',
  interpreter_language: null,
};

interface Side {
  greeting: [string, string];
  lines: string[][];
  from: string;
}
const sidesOf = (of: Partial<InvitationRow>, language = letterLanguageOf({ ...row, ...of })): Side[] =>
  (invitationOf({ ...row, ...of }, language) as { sides: Side[] }).sides;

describe('the letter', () => {
  it.each<[string, Partial<InvitationRow>, string]>([
    ['the mother tongue', { interpreter_language: 'ara' }, 'tir'],
    [
      'what an interpreter speaks, where we cannot write the mother tongue',
      { mother_tongue: 'amh', interpreter_language: 'arb' },
      'ara',
    ],
    ['English where we can write neither', { mother_tongue: 'som' }, 'eng'],
    ['English where nothing is known', { mother_tongue: null }, 'eng'],
  ])('is in %s', (_, of, language) => {
    expect(letterLanguageOf({ ...row, ...of })).toBe(language);
  });

  it('says when, where and who in both languages', () => {
    const [danish, ukrainian] = sidesOf({ mother_tongue: 'ukr' });
    expect(danish).toMatchObject({
      greeting: ['Kære ', ''],
      lines: [
        ['Hvornår', 'tirsdag den 1. december 2026'],
        ['Hvor', 'Center Sandholm, Allerød'],
        ['Hvem', 'Lone Bech, Mads Holm'],
      ],
      from: 'Team Nord',
    });
    expect(ukrainian).toMatchObject({
      greeting: ['Вітаємо, ', '!'],
      lines: [
        ['Коли', 'вівторок, 1 грудня 2026 р.'],
        ['Де', 'Center Sandholm, Allerød'],
        ['З ким', 'Lone Bech, Mads Holm'],
      ],
    });
  });

  it.each<[string, Partial<InvitationRow>, string[] | null]>([
    ['in the person’s own language', { bookings: [booked('tir')] }, ['tir på dansk', 'ትግርኛ']],
    [
      'in another of the person’s',
      { interpreter_language: 'ara', bookings: [booked('ara')] },
      ['ara på dansk', 'ዓረብኛ'],
    ],
    ['in what only others speak', { bookings: [booked('ukr')] }, null],
    [
      'in English, because that is what we fall back on',
      { mother_tongue: 'som', bookings: [booked('eng')] },
      null,
    ],
    ['not at all', {}, null],
  ])('names an interpreter who is booked %s', (_, of, said) => {
    const names = sidesOf(of).map(({ lines }) => lines.at(3)?.[1]);
    expect(names).toEqual(said ?? [undefined, undefined]);
  });

  it('has the same texts in every language, and one place for the name', () => {
    for (const language of [...PRINTED_LANGUAGES, 'dan'] as const) {
      const { greeting, ...texts } = INVITATION_TEXTS[language];
      expect(greeting('Selam').split('Selam')).toHaveLength(2);
      expect(Object.values(texts).every((text) => text.length > 0)).toBe(true);
    }
  });
});

describe('the day sheet', () => {
  const participant: DaySheetRow = {
    ...row,
    participant_id: 'one',
    case_number: '1234',
    language: named('tir'),
    interpreter_needed: true,
    invited_on: '2026-11-20',
    invited_how: 'centre_staff',
  };

  it('has a line for each participant, in the language of who prints it', () => {
    const bookings = [
      { ...booked('tir'), agency: 'Tolkegruppen' },
      { ...booked('ara'), state: 'requested' as const },
    ];
    const rows = [
      { ...participant, bookings },
      { ...participant, language: null, interpreter_needed: false, invited_on: null, invited_how: null },
    ];
    expect(daySheetOf(rows, 'da')).toMatchObject({
      title: 'Dagsliste: Center Sandholm, Allerød',
      day: 'tirsdag den 1. december 2026',
      warning: null,
      consultants: ['Jobkonsulenter', 'Lone Bech, Mads Holm'],
      interpreters: [
        'Tolke',
        'tir på dansk, 09:30–12:00, fremmøde, bekræftet, Tolkegruppen\nara på dansk, 09:30–12:00, fremmøde, bestilt',
      ],
      rows: [
        ['1234', 'Tesfay, Selam', 'tir på dansk', 'ja', '20. november 2026, centrets personale'],
        ['1234', 'Tesfay, Selam', '', '', 'nej'],
      ],
    });
    expect(daySheetOf(rows, 'en')).toMatchObject({
      title: 'Day sheet: Center Sandholm, Allerød',
      rows: [
        ['1234', 'Tesfay, Selam', 'tir in English', 'yes', '20 November 2026, staff of the centre'],
        expect.anything(),
      ],
    });
  });

  it('is there for a visit without participants, and says that it is cancelled', () => {
    const nobody = { ...participant, participant_id: null, cancelled: true };
    expect(daySheetOf([nobody], 'en')).toMatchObject({
      rows: [],
      interpreters: ['Interpreters', 'None'],
      warning: 'The visit is cancelled.',
    });
  });
});
