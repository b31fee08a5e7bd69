import { aPerson } from './refugees.js';

// What people of the office send: right in every respect, and nobody's.

let numbers = 0;

/** A CPR number that nobody else in this run has, born on 1 January 1990. */
export const aCpr = (): string => `010190-${String(4000 + ++numbers).padStart(4, '0')}`;

export const anAsylumPersonId = (): string => `70${String(++numbers).padStart(5, '0')}`;

export const anAdult = (): Record<string, unknown> =>
  aPerson({ permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-09-15' } });

export const aNote = (): Record<string, unknown> => ({
  text: 'Called the canteen',
  aboutOn: '2026-11-16',
  kind: 'contact',
});

export const aContract = (): Record<string, unknown> => ({
  goals: [{ kind: 'employment', description: 'Work as a cook within a year', occupation: '5120' }],
  activities: [
    { kind: 'danish_course', description: 'Danish, three evenings', hoursPerWeek: 9 },
    { kind: 'internship', description: 'A canteen nearby', fromOn: '2027-03-01', untilOn: '2027-05-31' },
  ],
});

/** Its hour has come. */
export const aPlannedTalk = (): Record<string, unknown> => ({
  plannedAt: '2026-10-12T09:30:00+02:00',
  form: 'in_person',
});

/** An ordinary job, which may overlap others. */
export const aSpell = (): Record<string, unknown> => ({
  kind: 'work',
  fromOn: '2026-10-01',
  employer: 'Hotel Fjorden',
  hoursPerWeek: 18.5,
});

export const aDanishCourse = (): Record<string, unknown> => ({
  education: 'du2',
  module: 3,
  fromOn: '2026-09-01',
  classHoursPerWeek: 15,
});

export const aBooking = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  language: 'tir',
  fromTime: '09:30',
  toTime: '12:00',
  form: 'on_site',
  ...over,
});

export const aSuspension = (): Record<string, unknown> => ({
  ruleKeys: ['igu.vitas_deadline'],
  fromOn: '2027-03-01',
  legalBasis: 'Integration Act § 4 b',
  source: 'retsinformation.dk',
  confidence: 'L',
});

/** A talk within four weeks of the takeover. */
export const aPracticeRule = (unitId: string, over: object = {}): Record<string, unknown> => ({
  unitId,
  title: { da: 'Ring til familien', en: 'Call the family' },
  reason: { da: 'Vi ringer i den første måned.', en: 'We call in the first month.' },
  role: 'caseworker',
  after: 'takeover',
  due: { count: 4, unit: 'weeks' },
  targetBefore: 7,
  repeats: false,
  doneBy: 'talk.held',
  appliesFrom: '2026-01-01',
  ...over,
});

/** Answers to the form Ankomst comes with. */
export const anAssessment = (
  over: Record<string, unknown> = {},
): { answers: Record<string, unknown> & { work: object[]; skills: object[] } } => ({
  answers: {
    interpreter: { present: true, language: 'tir' },
    languages: [{ language: 'tir', motherTongue: true, spoken: 'C2' }],
    schooling: [
      {
        danish: 'Gymnasiet i Asmara',
        level: '3',
        country: 'ER',
        years: 3,
        endedYear: 2012,
        documents: 'lost',
        recognition: 'none',
      },
    ],
    work: [
      {
        words: { text: 'I installed lights', language: 'eng' },
        coded: { scheme: 'isco08', code: '7411', sure: 'likely' },
        country: 'ER',
        years: 4,
      },
    ],
    skills: [{ danish: 'Læser ledningsdiagrammer', evidence: { grade: 'described' } }],
    wishes: { danish: 'Vil gerne arbejde udendørs' },
    wished_occupations: [{ scheme: 'isco08', code: '7411' }],
    available_from: '2027-02-01',
    hours_per_week: 37,
    weekdays: ['mon', 'tue'],
    ...over,
  },
});
