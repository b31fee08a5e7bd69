import fc from 'fast-check';
import {
  EVIDENCE,
  type Answers,
  type Evidence,
  type Language,
  type Licence,
  type PassedExam,
  type Schooling,
  type SignedAssessment,
  type Skill,
  type Work,
} from './competences.contract.js';
import { profileOf } from './profile.rules.js';

const TODAY = '2026-11-22';
const TOLD = { words: null, danish: null, evidence: null, attachments: [] };

const language = (over: Partial<Language> = {}): Language => ({
  language: 'eng',
  motherTongue: false,
  spoken: 'B1',
  read: null,
  written: null,
  readsLatinScript: null,
  evidence: null,
  ...over,
});
const schooling = (over: Partial<Schooling> = {}): Schooling => ({
  ...TOLD,
  danish: 'Elinstallation',
  level: '3',
  field: '0713',
  country: 'ER',
  years: 3,
  endedYear: 2012,
  documents: 'lost',
  recognition: 'none',
  ...over,
});
const coded = (code: string, sure: 'guess' | 'likely' | 'sure' = 'likely') => ({
  coded: { scheme: 'isco08', code, sure, by: 'lone' },
});
const work = (over: Partial<Work> = {}): Work => ({
  ...TOLD,
  ...coded('7411'),
  words: { text: 'I put in lights', language: 'eng', direction: 'ltr' },
  country: 'ER',
  years: 4,
  lastYear: 2020,
  documents: null,
  ...over,
});
const skill = (danish: string, grade: Evidence, over: Partial<Skill> = {}): Skill => ({
  ...TOLD,
  danish,
  coded: null,
  evidence: { grade, source: null, on: null },
  ...over,
});
const licence = (over: Partial<Licence> = {}): Licence => ({
  ...TOLD,
  kind: 'driving',
  category: 'B',
  country: 'SY',
  validUntil: null,
  documents: 'lost',
  recognition: null,
  ...over,
});
const signed = (id: string, answers: Answers, signedAt = `2026-0${id}-01T08:00:00.000000Z`) =>
  ({ id, signedAt, answers }) satisfies SignedAssessment;
const of = (assessments: SignedAssessment[], exams: PassedExam[] = []) =>
  profileOf(assessments, exams, { 'e-1': '7412' }, TODAY);

describe('the profile', () => {
  it('of nobody assessed is empty', () => {
    expect(of([])).toEqual({
      languages: [],
      occupations: [],
      skills: [],
      schooling: [],
      licences: [],
      danish: null,
      wishes: null,
      availability: null,
    });
  });

  const occupation = {
    scheme: 'isco08',
    occupation: '7411',
    iscoGroup: '7411',
    danish: null,
    words: work().words,
    lastYear: 2020,
    yearsSince: 6,
    coded: 'likely',
    evidence: null,
  };
  it.each<[string, SignedAssessment[], object[]]>([
    ['one job', [signed('1', { work: [work()] })], [{ ...occupation, years: 4, assessmentId: '1' }]],
    [
      'two jobs of one assessment add up, also with the same year',
      [
        signed('1', {
          work: [work(), work({ years: 2 }), work({ years: 1, lastYear: 2024, ...coded('7411', 'sure') })],
        }),
      ],
      [{ ...occupation, years: 7, lastYear: 2024, yearsSince: 2, coded: 'sure', assessmentId: '1' }],
    ],
    [
      'the newest assessment says all of it: what it corrects counts once',
      [
        signed('1', { work: [work({ lastYear: null }), work({ coded: null, danish: 'Bager' })] }),
        signed('2', {
          work: [work({ lastYear: 2024, years: 5 }), work({ ...coded('7512'), danish: 'Bager', years: 1 })],
        }),
      ],
      [
        { ...occupation, years: 5, lastYear: 2024, yearsSince: 2, assessmentId: '2' },
        {
          ...occupation,
          occupation: '7512',
          iscoGroup: '7512',
          danish: 'Bager',
          years: 1,
          assessmentId: '2',
        },
      ],
    ],
    [
      'what the newest takes back is gone; what it does not know stays as it was',
      [signed('1', { work: [work()] }), signed('2', { work: [] }), signed('3', { work: { unknown: true } })],
      [],
    ],
    [
      'a year nobody knows says nothing of how recent it is',
      [signed('1', { work: [work({ lastYear: null })] })],
      [{ ...occupation, years: 4, lastYear: null, yearsSince: null, assessmentId: '1' }],
    ],
    [
      'most years first',
      [signed('1', { work: [work(), work({ ...coded('5120'), years: 8 })] })],
      [
        { ...occupation, occupation: '5120', iscoGroup: '5120', years: 8, assessmentId: '1' },
        { ...occupation, years: 4, assessmentId: '1' },
      ],
    ],
    [
      'what nobody has coded stands as it was told',
      [signed('1', { work: [work({ coded: null, danish: 'Sætter lys op', years: 1 }), work()] })],
      [
        { ...occupation, years: 4, assessmentId: '1' },
        {
          ...occupation,
          scheme: null,
          occupation: null,
          iscoGroup: null,
          coded: null,
          danish: 'Sætter lys op',
          years: 1,
          assessmentId: '1',
        },
      ],
    ],
    [
      'an occupation of ESCO stands beside its group of ISCO-08',
      [
        signed('1', {
          work: [work({ coded: { scheme: 'esco_occupation', code: 'e-1', sure: 'likely', by: 'lone' } })],
        }),
      ],
      [
        {
          ...occupation,
          scheme: 'esco_occupation',
          occupation: 'e-1',
          iscoGroup: '7412',
          years: 4,
          assessmentId: '1',
        },
      ],
    ],
    ['asked and not known is no work', [signed('1', { work: { unknown: true } })], []],
  ])('occupations: %s', (_, assessments, expected) => {
    expect(of(assessments).occupations).toEqual(expected);
  });

  const skillCode = {
    coded: { scheme: 'esco_skill_group', code: 'S8.1', sure: 'sure', by: 'lone' },
  } as const;
  it.each<[string, SignedAssessment[], object[]]>([
    [
      'the best evidence wins',
      [
        signed('1', {
          skills: [skill('reads  wiring Diagrams', 'claimed'), skill('Reads wiring diagrams', 'observed')],
        }),
      ],
      [{ ...skill('Reads wiring diagrams', 'observed'), assessmentId: '1' }],
    ],
    [
      'one code is one skill, however it was told',
      [
        signed('1', {
          skills: [skill('Svejser', 'claimed', skillCode), skill('Kan svejse', 'documented', skillCode)],
        }),
      ],
      [{ ...skill('Kan svejse', 'documented', skillCode), assessmentId: '1' }],
    ],
    [
      'best evidence first, then by name',
      [
        signed('1', {
          skills: [skill('b', 'claimed'), skill('a', 'claimed'), skill('c', 'documented')],
        }),
      ],
      [
        { ...skill('c', 'documented'), assessmentId: '1' },
        { ...skill('a', 'claimed'), assessmentId: '1' },
        { ...skill('b', 'claimed'), assessmentId: '1' },
      ],
    ],
  ])('skills: %s', (_, assessments, expected) => {
    expect(of(assessments).skills).toEqual(expected);
  });

  it('languages, schooling and licences are those of the newest assessment that knows them, in order', () => {
    const assessments = [
      signed('1', {
        languages: [language({ language: 'tir', motherTongue: true }), language()],
        schooling: [schooling(), schooling({ level: '6', endedYear: null })],
        licences: [licence({ kind: 'forklift', category: null }), licence()],
      }),
      signed('2', { languages: [language({ spoken: 'B2' })], licences: { unknown: true } }),
    ];
    const { evidence: _, ...english } = language({ spoken: 'B2' });
    expect(of(assessments)).toMatchObject({
      languages: [{ ...english, assessmentId: '2' }],
      schooling: [
        { ...schooling({ level: '6', endedYear: null }), assessmentId: '1' },
        { ...schooling(), assessmentId: '1' },
      ],
      licences: [
        { ...licence(), assessmentId: '1' },
        { ...licence({ kind: 'forklift', category: null }), assessmentId: '1' },
      ],
    });
  });

  it.each<[string, SignedAssessment[], PassedExam[], object | null]>([
    ['nothing known', [], [], null],
    [
      'an exam alone',
      [],
      [{ exam: 'pd1', takenOn: '2026-05-01' }],
      { spoken: null, exam: { exam: 'pd1' }, assessmentId: null },
    ],
    [
      'the highest exam, not the last, beside the levels',
      [signed('1', { languages: [language({ language: 'dan', spoken: 'A2' })] })],
      [
        { exam: 'pd3', takenOn: '2026-05-01' },
        { exam: 'pd2', takenOn: '2026-06-01' },
      ],
      { spoken: 'A2', exam: { exam: 'pd3', takenOn: '2026-05-01' }, assessmentId: '1' },
    ],
  ])('Danish: %s', (_, assessments, exams, expected) => {
    expect(of(assessments, exams)).toMatchObject({ danish: expected });
  });

  it('wishes and availability are of the newest assessment that says something of them', () => {
    const wish = { words: null, danish: 'kok' };
    const early = signed('9', { wishes: wish, hours_per_week: 20 }, '2026-01-01T08:00:00.000000Z');
    const late = signed(
      '1',
      { wishes: { unknown: true }, available_from: '2027-01-01', weekdays: ['mon'] },
      '2026-01-01T08:00:00.000001Z',
    );
    expect(of([late, early])).toMatchObject({
      wishes: { told: wish, occupations: [], assessmentId: '9' },
      availability: { from: '2027-01-01', hoursPerWeek: null, weekdays: ['mon'], assessmentId: '1' },
    });
  });

  const NO_WISHES = { wishes: null };
  const cook = { words: null, danish: 'kok' };
  const cooks = [{ scheme: 'isco08', code: '5120' }];
  it.each<[string, Answers[], object | null]>([
    ['taken back', [{ wishes: cook }, NO_WISHES], null],
    [
      'taken back, and asked since in vain',
      [{ wishes: cook }, NO_WISHES, { wishes: { unknown: true } }],
      null,
    ],
    ['taken back, and not asked since', [{ wishes: cook }, NO_WISHES, { drives: true }], null],
    ['taken back before it was told', [NO_WISHES, { wishes: cook }], { told: cook, assessmentId: '2' }],
    ['asked in vain', [{ wishes: cook }, { wishes: { unknown: true } }], { told: cook, assessmentId: '1' }],
    ['not asked', [{ wishes: cook }, {}], { told: cook, assessmentId: '1' }],
    [
      'taken back beside what is told',
      [{ wishes: cook }, { wishes: null, wished_occupations: cooks }],
      { told: null, occupations: cooks, assessmentId: '2' },
    ],
    [
      'taken back beside what was told earlier',
      [
        { wishes: cook, wished_occupations: cooks },
        { wishes: null, wished_occupations: { unknown: true } },
      ],
      { told: null, occupations: cooks, assessmentId: '1' },
    ],
    [
      'taken back whole',
      [{ wishes: cook, wished_occupations: cooks }, { wishes: null }, { wished_occupations: null }],
      null,
    ],
  ])('wishes: %s', (_, told, expected) => {
    const { wishes } = of(told.map((answers, i) => signed(String(i + 1), answers)));
    expect({ wishes }).toMatchObject({ wishes: expected });
  });

  it('what was taken back is told nowhere', () => {
    const told = {
      languages: [language({ language: 'dan' })],
      schooling: [schooling()],
      work: [work()],
      skills: [skill('a', 'claimed')],
      licences: [licence()],
      wishes: cook,
      hours_per_week: 37,
    };
    const none = Object.fromEntries(Object.keys(told).map((meaning) => [meaning, null]));
    expect(of([signed('1', told), signed('2', none)])).toEqual(of([]));
  });
});

describe('for any assessments', () => {
  const year = fc.option(fc.integer({ min: 2018, max: 2026 }));
  const level = fc.option(fc.constantFrom('A1', 'B2', 'C1'));
  const anyAnswers = fc.record(
    {
      languages: fc.uniqueArray(
        fc
          .record({
            language: fc.constantFrom('eng', 'tir', 'ara'),
            motherTongue: fc.boolean(),
            spoken: level,
            read: level,
          })
          .map(language),
        { selector: (row) => row.language },
      ),
      schooling: fc.array(
        fc
          .record({ level: fc.constantFrom('1', '3'), endedYear: year, years: year })
          .map((over) => schooling(over)),
        { maxLength: 3 },
      ),
      work: fc.array(
        fc
          .record({
            coding: fc.constantFrom(coded('7411', 'sure'), coded('5120', 'guess'), { coded: null }),
            years: fc.nat(5),
            lastYear: year,
          })
          .map(({ coding, ...over }) => work({ ...over, ...coding })),
        { maxLength: 4 },
      ),
      skills: fc.array(
        fc
          .tuple(fc.constantFrom('Welds', 'welds', 'Cooks'), fc.constantFrom(...EVIDENCE))
          .map(([text, grade]) => skill(text, grade)),
        { maxLength: 4 },
      ),
      hours_per_week: fc.constantFrom(20, 37),
    },
    { requiredKeys: [] },
  );
  const anyAssessments = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      signedAt: fc.constantFrom(
        '2026-01-01T08:00:00.000000Z',
        '2026-02-01T08:00:00.000000Z',
        '2026-02-01T08:00:00.000001Z',
      ),
      answers: anyAnswers,
    }),
    { selector: ({ id }) => id, maxLength: 5 },
  );
  const shuffled = anyAssessments.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );

  it('their order does not change the profile', () => {
    fc.assert(fc.property(shuffled, ([one, other]) => expect(of(other)).toEqual(of(one))));
  });

  it('nothing the newest assessment tells is lost, and every element names the one it is of', () => {
    fc.assert(
      fc.property(anyAssessments, (all) => {
        const profile = of(all);
        const newestFirst = all.toSorted((a, b) =>
          `${a.signedAt} ${a.id}` < `${b.signedAt} ${b.id}` ? 1 : -1,
        );
        const told = (meaning: keyof Answers) => newestFirst.find(({ answers }) => meaning in answers);
        const from = (rows: { assessmentId: string }[]) => [
          ...new Set(rows.map(({ assessmentId }) => assessmentId)),
        ];
        const years = (rows: { years: number }[]) => rows.reduce((sum, row) => sum + row.years, 0);
        expect(years(profile.occupations)).toBe(years(told('work')?.answers.work ?? []));
        for (const [rows, meaning] of [
          [profile.occupations, 'work'],
          [profile.languages, 'languages'],
          [profile.schooling, 'schooling'],
          [profile.skills, 'skills'],
        ] as const)
          expect(from(rows)).toEqual(rows.length === 0 ? [] : [told(meaning)!.id]);
      }),
    );
  });
});
