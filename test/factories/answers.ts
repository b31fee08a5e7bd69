const TOLD = { words: null, danish: null, evidence: null, attachments: [] };
export const electrician = {
  ...TOLD,
  words: { text: 'ሓደሽቲ ኣባይቲ መብራህቲ የእትው ነይረ', language: 'tir', direction: 'ltr' },
  danish: 'Installerede lys i nye huse',
  coded: { scheme: 'isco08', code: '7411', sure: 'likely' },
  country: 'ER',
  years: 4,
  lastYear: 2020,
  documents: null,
};
export const skill = {
  ...TOLD,
  words: { text: 'أقرأ مخططات الأسلاك', language: 'ara', direction: 'rtl' },
  evidence: { grade: 'described', source: 'person', on: '2026-11-23' },
  coded: null,
};
export const schooling = {
  ...TOLD,
  danish: 'Elinstallation på teknisk skole',
  level: '3',
  field: '0713',
  country: 'ER',
  years: 3,
  endedYear: 2012,
  documents: 'lost',
  recognition: 'none',
};
export const tigrinya = {
  language: 'tir',
  motherTongue: true,
  spoken: 'C2',
  read: 'C1',
  written: 'C1',
  readsLatinScript: false,
  evidence: null,
};

/** What a first talk through an interpreter gives. */
export const said = (over: Record<string, unknown> = {}): { answers: Record<string, unknown> } => ({
  answers: {
    interpreter: { present: true, language: 'tir' },
    languages: [tigrinya],
    schooling: [schooling],
    school_years: 9,
    work: [electrician],
    skills: [skill],
    licences: { unknown: true },
    computer: 'with_help',
    wishes: { words: null, danish: 'Vil gerne arbejde udendørs' },
    wished_occupations: [
      { scheme: 'isco08', code: '7411' },
      { scheme: 'isco08', code: '71' },
    ],
    available_from: '2027-02-01',
    hours_per_week: 30,
    weekdays: ['mon', 'tue'],
    ...over,
  },
});
/** The values of the answers of a reply. */
export const valuesOf = (body: { answers: Record<string, { value: unknown }> }): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body.answers).map(([field, { value }]) => [field, value]));
