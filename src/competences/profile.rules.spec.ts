import fc from 'fast-check';
import {
  EVIDENCE,
  type AssessmentContent,
  type Language,
  type Schooling,
  type SignedAssessment,
  type Work,
} from './competences.contract.js';
import { changedParts, lackingForSignature, profileOf } from './competences.rules.js';

const TODAY = '2026-11-22';

const language = (over: Partial<Language> = {}): Language => ({
  language: 'eng',
  motherTongue: false,
  spoken: 'B1',
  read: null,
  written: null,
  readsLatinScript: null,
  ...over,
});
const schooling = (over: Partial<Schooling> = {}): Schooling => ({
  level: '3',
  field: 'Electrical installation',
  country: 'ER',
  years: 3,
  endedYear: 2012,
  documents: 'lost',
  recognition: 'none',
  ...over,
});
const work = (over: Partial<Work> = {}): Work => ({
  ownWords: 'I put in lights',
  ownWordsLanguage: 'eng',
  danishText: null,
  occupation: '7411',
  coded: 'likely',
  country: 'ER',
  years: 4,
  lastYear: 2020,
  ...over,
});
const content = (over: Partial<AssessmentContent> = {}): AssessmentContent => ({
  interpreter: { present: false, language: null },
  languages: [],
  schooling: [],
  work: [],
  skills: [],
  wishes: { text: null, occupations: [] },
  availability: { from: null, hoursPerWeek: null, weekdays: null },
  ...over,
});
const signed = (id: string, over: Partial<AssessmentContent>, signedAt = `2026-0${id}-01T08:00:00.000000Z`) =>
  ({ id, signedAt, content: content(over) }) satisfies SignedAssessment;

describe('signing', () => {
  const whole = { languages: [language()], work: [work()] };

  it.each<[string, Partial<AssessmentContent>, string[]]>([
    ['a language and work are enough', whole, []],
    ['a language and schooling are enough', { ...whole, work: [], schooling: [schooling()] }, []],
    ['this year is not to come', { ...whole, work: [work({ lastYear: 2026 })] }, []],
    ['a year nobody knows is not to come', { ...whole, work: [work({ lastYear: null })] }, []],
    [
      'an empty draft lacks both, and says so of both',
      {},
      ['languages at_least_one', 'work work_or_schooling'],
    ],
    ['without a language', { work: [work()] }, ['languages at_least_one']],
    ['without schooling and work', { languages: [language()] }, ['work work_or_schooling']],
    [
      'skills and wishes do not stand in for work',
      {
        languages: [language()],
        skills: [{ description: 'Cooks', evidence: 'tested' }],
        wishes: { text: 'cook', occupations: ['5120'] },
      },
      ['work work_or_schooling'],
    ],
    [
      'years to come, each by its row',
      { ...whole, work: [work(), work({ lastYear: 2027 })], schooling: [schooling({ endedYear: 2100 })] },
      ['schooling[0].endedYear not_to_come', 'work[1].lastYear not_to_come'],
    ],
  ])('%s', (_, over, lacking) => {
    expect(lackingForSignature(content(over), TODAY).map(({ field, rule }) => `${field} ${rule}`)).toEqual(
      lacking,
    );
  });
});

describe('what changed', () => {
  const before = content({ languages: [language()], wishes: { text: 'cook', occupations: ['5120'] } });

  it.each<[string, Partial<AssessmentContent>, string[]]>([
    ['nothing', {}, []],
    ['the same, written anew', { languages: [language()] }, []],
    ['a level', { languages: [language({ spoken: 'B2' })] }, ['languages']],
    ['the order of rows', { languages: [language({ language: 'ara' }), language()] }, ['languages']],
    [
      'a wish, and the interpreter',
      { wishes: { text: null, occupations: ['5120'] }, interpreter: { present: true, language: 'tir' } },
      ['interpreter', 'wishes'],
    ],
  ])('%s', (_, over, parts) => {
    expect(changedParts(before, { ...before, ...over })).toEqual(parts);
  });
});

describe('the profile', () => {
  it('of nobody assessed is empty', () => {
    expect(profileOf([], TODAY)).toEqual({
      languages: [],
      occupations: [],
      skills: [],
      schooling: [],
      wishes: null,
      availability: null,
    });
  });

  const occupation = { occupation: '7411', lastYear: 2020, yearsSince: 6, coded: 'likely' };
  it.each<[string, SignedAssessment[], object[]]>([
    ['one job', [signed('1', { work: [work()] })], [{ ...occupation, years: 4, assessmentIds: ['1'] }]],
    [
      'two jobs of one assessment add up, also with the same year',
      [
        signed('1', {
          work: [work(), work({ years: 2 }), work({ years: 1, lastYear: 2024, coded: 'sure' })],
        }),
      ],
      [{ ...occupation, years: 7, lastYear: 2024, yearsSince: 2, coded: 'sure', assessmentIds: ['1'] }],
    ],
    [
      'a job told twice counts once, as told last',
      [signed('1', { work: [work({ years: 9 })] }), signed('2', { work: [work({ years: 4 })] })],
      [{ ...occupation, years: 4, assessmentIds: ['2'] }],
    ],
    [
      'a job only the first assessment tells of stays',
      [
        signed('1', { work: [work()] }),
        signed('2', { work: [work({ country: 'DK', years: 1, lastYear: 2026 })] }),
      ],
      [{ ...occupation, years: 5, lastYear: 2026, yearsSince: 0, assessmentIds: ['1', '2'] }],
    ],
    [
      'a year nobody knows says nothing of how recent it is',
      [signed('1', { work: [work({ lastYear: null })] })],
      [{ ...occupation, years: 4, lastYear: null, yearsSince: null, assessmentIds: ['1'] }],
    ],
    [
      'most years first',
      [signed('1', { work: [work(), work({ occupation: '5120', years: 8 })] })],
      [
        { ...occupation, occupation: '5120', years: 8, assessmentIds: ['1'] },
        { ...occupation, years: 4, assessmentIds: ['1'] },
      ],
    ],
  ])('occupations: %s', (_, assessments, expected) => {
    expect(profileOf(assessments, TODAY).occupations).toEqual(expected);
  });

  it.each<[string, SignedAssessment[], object[]]>([
    [
      'the best evidence wins, also over a newer claim',
      [
        signed('1', { skills: [{ description: 'Reads wiring diagrams', evidence: 'observed' }] }),
        signed('2', { skills: [{ description: 'reads  wiring Diagrams', evidence: 'claimed' }] }),
      ],
      [{ description: 'Reads wiring diagrams', evidence: 'observed', assessmentId: '1' }],
    ],
    [
      'of equal evidence the newest is named',
      [
        signed('1', { skills: [{ description: 'Welds', evidence: 'tested' }] }),
        signed('2', { skills: [{ description: 'Welds', evidence: 'tested' }] }),
      ],
      [{ description: 'Welds', evidence: 'tested', assessmentId: '2' }],
    ],
    [
      'best evidence first, then by name',
      [
        signed('1', {
          skills: [
            { description: 'b', evidence: 'claimed' },
            { description: 'a', evidence: 'claimed' },
            { description: 'c', evidence: 'documented' },
          ],
        }),
      ],
      [
        { description: 'c', evidence: 'documented', assessmentId: '1' },
        { description: 'a', evidence: 'claimed', assessmentId: '1' },
        { description: 'b', evidence: 'claimed', assessmentId: '1' },
      ],
    ],
  ])('skills: %s', (_, assessments, expected) => {
    expect(profileOf(assessments, TODAY).skills).toEqual(expected);
  });

  it('languages: the best level of each, whichever assessment found it', () => {
    const assessments = [
      signed('1', { languages: [language({ spoken: 'B2', read: 'A1', readsLatinScript: false })] }),
      signed('2', {
        languages: [
          language({ language: 'tir', motherTongue: true, spoken: null }),
          language({ spoken: 'B1', read: null, written: 'A2', readsLatinScript: true }),
        ],
      }),
    ];
    expect(profileOf(assessments, TODAY).languages).toEqual([
      {
        language: 'eng',
        motherTongue: false,
        spoken: 'B2',
        read: 'A1',
        written: 'A2',
        readsLatinScript: true,
        assessmentIds: ['1', '2'],
      },
      {
        language: 'tir',
        motherTongue: true,
        spoken: null,
        read: null,
        written: null,
        readsLatinScript: null,
        assessmentIds: ['2'],
      },
    ]);
  });

  it('schooling: highest first; what was told twice stands once, as told last', () => {
    const assessments = [
      signed('1', { schooling: [schooling(), schooling({ level: '6', field: null, endedYear: null })] }),
      signed('2', { schooling: [schooling({ field: 'electrical  installation', documents: 'copy' })] }),
    ];
    expect(profileOf(assessments, TODAY).schooling).toEqual([
      { ...schooling({ level: '6', field: null, endedYear: null }), assessmentId: '1' },
      { ...schooling({ field: 'electrical  installation', documents: 'copy' }), assessmentId: '2' },
    ]);
  });

  it('wishes and availability are those of the assessment signed last', () => {
    const early = signed(
      '9',
      { wishes: { text: 'cook', occupations: ['5120'] } },
      '2026-01-01T08:00:00.000000Z',
    );
    const late = signed(
      '1',
      { availability: { from: '2027-01-01', hoursPerWeek: 30, weekdays: ['mon'] } },
      '2026-01-01T08:00:00.000001Z',
    );
    expect(profileOf([late, early], TODAY)).toMatchObject({
      wishes: { text: null, occupations: [], assessmentId: '1' },
      availability: { from: '2027-01-01', hoursPerWeek: 30, weekdays: ['mon'], assessmentId: '1' },
    });
  });
});

describe('for any assessments', () => {
  const year = fc.option(fc.integer({ min: 2018, max: 2026 }));
  const level = fc.option(fc.constantFrom('A1', 'B2', 'C1'));
  const anyContent = fc.record({
    interpreter: fc.constant({ present: false, language: null }),
    languages: fc.uniqueArray(
      fc.record({
        language: fc.constantFrom('eng', 'tir', 'ara'),
        motherTongue: fc.boolean(),
        spoken: level,
        read: level,
        written: level,
        readsLatinScript: fc.option(fc.boolean()),
      }),
      { selector: (row) => row.language },
    ),
    schooling: fc.array(
      fc
        .record({
          level: fc.constantFrom('1', '3'),
          endedYear: year,
          years: year,
          documents: fc.constantFrom('copy', 'lost'),
        })
        .map((over) => schooling(over as Partial<Schooling>)),
      { maxLength: 3 },
    ),
    work: fc.array(
      fc
        .record({
          occupation: fc.constantFrom('7411', '5120'),
          years: fc.nat(5),
          lastYear: year,
          coded: fc.constantFrom('sure', 'guess'),
        })
        .map((over) => work(over as Partial<Work>)),
      { maxLength: 4 },
    ),
    skills: fc.array(
      fc.record({
        description: fc.constantFrom('Welds', 'welds', 'Cooks'),
        evidence: fc.constantFrom(...EVIDENCE),
      }),
      { maxLength: 4 },
    ),
    wishes: fc.record({ text: fc.option(fc.constantFrom('a', 'b')), occupations: fc.constant<string[]>([]) }),
    availability: fc.record({
      from: fc.constant(null),
      hoursPerWeek: fc.option(fc.constantFrom(20, 37)),
      weekdays: fc.constant(null),
    }),
  });
  const anyAssessments = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      signedAt: fc.constantFrom(
        '2026-01-01T08:00:00.000000Z',
        '2026-02-01T08:00:00.000000Z',
        '2026-02-01T08:00:00.000001Z',
      ),
      content: anyContent,
    }),
    { selector: ({ id }) => id, maxLength: 5 },
  );
  const shuffled = anyAssessments.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );

  it('their order does not change the profile', () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => expect(profileOf(other, TODAY)).toEqual(profileOf(one, TODAY))),
    );
  });

  it('nothing told is lost: every language, occupation, level of schooling and skill stands in the profile', () => {
    fc.assert(
      fc.property(anyAssessments, (all) => {
        const profile = profileOf(all, TODAY);
        for (const { content: told } of all) {
          expect(profile.languages.map((row) => row.language)).toEqual(
            expect.arrayContaining(told.languages.map((row) => row.language)),
          );
          expect(profile.occupations.map((row) => row.occupation)).toEqual(
            expect.arrayContaining(told.work.map((row) => row.occupation)),
          );
          expect(profile.schooling.map((row) => row.level)).toEqual(
            expect.arrayContaining(told.schooling.map((row) => row.level)),
          );
          const skills = profile.skills.map((row) => row.description.toLowerCase());
          expect(skills).toEqual(
            expect.arrayContaining(told.skills.map((row) => row.description.toLowerCase())),
          );
        }
      }),
    );
  });
});
