import { completenessOf, itemOf, notAsked, percentOf, type StandingAnswer } from './completeness.rules.js';

const answer = (assessmentId: string, known: boolean, takenBack = false): StandingAnswer => ({
  assessmentId,
  known,
  takenBack,
  source: 'talk',
  on: '2027-03-12',
});
const known = (id: string) => answer(id, true);
const asked = (id: string) => answer(id, false);
const takenBack = (id: string) => answer(id, false, true);
const item = (answers: StandingAnswer[]) =>
  itemOf({
    field: 'school_years',
    meaning: 'school_years',
    label: { da: 'Års skolegang', en: 'Years of school' },
    requiredFor: 'handover',
    answers,
  });

describe('a required field', () => {
  it.each([
    ['nobody asked', [], 'not_asked', null],
    ['the draft knows', [known('draft'), known('signed')], 'known', 'draft'],
    ['only what is signed knows', [asked('draft'), known('signed')], 'known', 'signed'],
    ['two know', [known('newer'), known('older')], 'known', 'newer'],
    ['all asked in vain', [asked('draft'), asked('signed')], 'asked_unknown', 'draft'],
    ['the draft takes back', [takenBack('draft'), known('signed')], 'not_asked', null],
    ['the newer takes back', [takenBack('newer'), asked('older'), known('oldest')], 'not_asked', null],
    [
      'is asked again in vain',
      [asked('draft'), takenBack('newer'), known('older')],
      'asked_unknown',
      'draft',
    ],
    ['is known again', [known('draft'), takenBack('newer'), known('older')], 'known', 'draft'],
    ['was known again before', [asked('draft'), known('newer'), takenBack('older')], 'known', 'newer'],
  ])('that %s', (_, answers, state, assessmentId) => {
    expect(item(answers)).toMatchObject({ state, assessmentId });
  });

  it('says when and from whom, and not what', () => {
    expect(item([{ ...known('draft'), source: 'operator' }])).toEqual({
      field: 'school_years',
      meaning: 'school_years',
      label: { da: 'Års skolegang', en: 'Years of school' },
      requiredFor: 'handover',
      state: 'known',
      source: 'operator',
      on: '2027-03-12',
      assessmentId: 'draft',
    });
  });
});

describe('completeness', () => {
  it.each([
    [0, 15, 0],
    [1, 15, 6],
    [12, 14, 85],
    [14, 15, 93],
    [199, 200, 99],
    [15, 15, 100],
    [0, 0, 100],
  ])('%i of %i is %i %%', (answered, required, percent) => {
    expect(percentOf(answered, required)).toBe(percent);
  });

  it('counts what is known and what was asked, and names the rest', () => {
    const items = [item([known('a')]), item([asked('a')]), item([])];
    expect(completenessOf(items)).toEqual({ answered: 2, required: 3, percent: 66 });
    expect(notAsked(items)).toEqual([items[2]]);
  });
});
