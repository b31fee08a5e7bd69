import { handoverDuties, handoverTexts, type HandoverFacts } from './handover.duties.js';

const facts = (over: Partial<HandoverFacts>): HandoverFacts => ({
  subjectId: 'case',
  offers: [],
  questions: [],
  forms: [],
  ...over,
});
const offer = (over: object = {}) =>
  ({ id: 'h1', toRole: 'coordinator', on: '2027-03-15', over: false, ...over }) as const;
const question = (over: object = {}) => ({
  id: 'q1',
  handoverId: 'h1',
  on: '2027-03-15',
  over: false,
  ...over,
});
const form = (over: object = {}) => ({ id: 'f1', on: '2027-03-15', over: false, ...over });

describe('the duties of a handover', () => {
  it('are none while nothing is handed over', () => {
    expect(handoverDuties(facts({}))).toEqual([]);
  });

  it.each([
    [facts({ offers: [offer()] }), 'handover.receive', 'coordinator', 'case-handovers/h1/acceptances'],
    [
      facts({ offers: [offer({ toRole: 'caseworker' })] }),
      'handover.receive',
      'caseworker',
      'case-handovers/h1/acceptances',
    ],
    [
      facts({ questions: [question()] }),
      'handover.answer_question',
      'job_consultant',
      'case-handovers/h1/questions/q1/answers',
    ],
    [
      facts({ forms: [form()] }),
      'handover.settle_answers',
      'job_consultant',
      'operator-forms/f1/settlements',
    ],
  ])('%#: %j', (given, key, role, path) => {
    expect(handoverDuties(given)).toMatchObject([
      {
        key,
        occurrence: 1,
        role,
        done: false,
        earliestOn: '2027-03-15',
        targetOn: '2027-03-15',
        latestOn: '2027-03-22',
        act: { method: 'POST', href: `/api/v1/${path}` },
        rules: [],
      },
    ]);
  });

  it.each([
    ['2027-03-15', '2027-03-22'],
    ['2027-03-19', '2027-03-31'],
    ['2027-03-20', '2027-03-31'],
  ])('from %s are due by %s, working days only: Easter 2027 begins on 25 March', (on, latestOn) => {
    for (const given of [
      facts({ offers: [offer({ on })] }),
      facts({ questions: [question({ on })] }),
      facts({ forms: [form({ on })] }),
    ])
      expect(handoverDuties(given)).toMatchObject([{ earliestOn: on, latestOn }]);
  });

  it('are each their own, and stay when they are done', () => {
    const duties = handoverDuties(
      facts({
        offers: [offer({ over: true }), offer({ id: 'h2' })],
        questions: [question({ over: true }), question({ id: 'q2' })],
      }),
    );
    expect(duties.map(({ key, occurrence, done }) => [key, occurrence, done])).toEqual([
      ['handover.receive', 1, true],
      ['handover.receive', 2, false],
      ['handover.answer_question', 1, true],
      ['handover.answer_question', 2, false],
    ]);
    expect(new Set(duties.map(({ series }) => series)).size).toBe(4);
  });

  it('have words in both languages', () => {
    const days = { earliestOn: '15. marts 2027', latestOn: '22. marts 2027', occurrence: 1 };
    for (const { title, reason, ifNothing } of Object.values(handoverTexts))
      for (const language of ['da', 'en'] as const) {
        expect(title[language] && ifNothing[language]).toBeTruthy();
        expect(reason[language](days)).toMatch(/15\. marts 2027.*22\. marts 2027/);
      }
    expect(Object.keys(handoverTexts).toSorted()).toEqual([
      'handover.answer_question',
      'handover.receive',
      'handover.settle_answers',
    ]);
  });
});
