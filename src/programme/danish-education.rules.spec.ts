import { faultsOfCourse, standingOf, type CourseSaid, type ExamSaid } from './danish-education.rules.js';

const TODAY = '2026-11-23';
const course = (over: Partial<CourseSaid> = {}): CourseSaid => ({
  education: 'du2',
  module: 3,
  fromOn: '2026-09-01',
  toOn: null,
  outcome: null,
  ...over,
});

describe('a Danish course', () => {
  it.each<[string, Partial<CourseSaid>, string[]]>([
    ['open', {}, []],
    ['of one day', { toOn: '2026-09-01' }, []],
    ['that ends before it begins', { toOn: '2026-08-31' }, ['toOn not_before']],
    ['planned to end', { toOn: '2026-12-18' }, []],
    ['completed today', { toOn: TODAY, outcome: 'completed' }, []],
    ['completed, nobody says when', { outcome: 'completed' }, ['toOn needed_for']],
    ['stopped tomorrow', { toOn: '2026-11-24', outcome: 'stopped' }, ['toOn not_in_future']],
  ])('%s', (_, over, expected) => {
    expect(faultsOfCourse(course(over), TODAY).map(({ field, rule }) => `${field} ${rule}`)).toEqual(
      expected,
    );
  });
});

describe('how far a person has come in Danish', () => {
  it.each<[string, Partial<CourseSaid>, boolean]>([
    ['open, begun', {}, true],
    ['begins today', { fromOn: TODAY }, true],
    ['begins tomorrow', { fromOn: '2026-11-24' }, false],
    ['ends today', { toOn: TODAY }, true],
    ['ended yesterday', { toOn: '2026-11-22' }, false],
    ['completed today', { toOn: TODAY, outcome: 'completed' }, false],
    ['stopped', { toOn: '2026-10-01', outcome: 'stopped' }, false],
  ])('current course: %s', (_, over, expected) => {
    const only = course(over);
    expect(standingOf([only], [], TODAY).currentCourse).toBe(expected ? only : null);
  });

  it('counts a module once, and only when it was completed', () => {
    const ended = (module: number, outcome: CourseSaid['outcome']) =>
      course({ module, toOn: '2026-10-01', outcome });
    const courses = [
      ended(2, 'completed'),
      ended(3, 'stopped'),
      ended(3, 'completed'),
      ended(3, 'completed'),
    ];
    expect(standingOf([...courses, course({ module: 4 })], [], TODAY).passedModules).toEqual([
      { education: 'du2', module: 2 },
      { education: 'du2', module: 3 },
    ]);
  });

  it.each<[ExamSaid[], string[]]>([
    [[], []],
    [[{ exam: 'pd2', passed: false }], []],
    [
      [
        { exam: 'pd2', passed: false },
        { exam: 'pd2', passed: true },
      ],
      ['pd2'],
    ],
    [
      [
        { exam: 'studieproeven', passed: true },
        { exam: 'pd1', passed: true },
        { exam: 'pd1', passed: true },
      ],
      ['pd1', 'studieproeven'],
    ],
  ])('exams %j: passed %j', (exams, expected) => {
    expect(standingOf([], exams, TODAY).passedExams).toEqual(expected);
  });
});
