import { SPELL_KINDS } from './spells.contract.js';
import { faultsOf, rivalsOf, type SpellSaid } from './spells.rules.js';

const TODAY = '2026-11-23';
const said = (over: Partial<SpellSaid>): SpellSaid => ({
  kind: 'benefit',
  fromOn: '2026-11-01',
  toOn: null,
  employer: null,
  hoursPerWeek: null,
  ...over,
});
const job = { employer: 'Hotel Fjorden', hoursPerWeek: 18.5 };

describe('a spell', () => {
  it.each<[string, Partial<SpellSaid>, string[]]>([
    ['open', {}, []],
    ['of one day', { toOn: '2026-11-01' }, []],
    ['that ends before it begins', { toOn: '2026-10-31' }, ['toOn not_before']],
    ['in the future', { fromOn: '2027-02-01', toOn: '2027-03-01' }, []],
    ['of work', { kind: 'work', ...job }, []],
    ['of work, hours unknown', { kind: 'work', ...job, hoursPerWeek: null }, []],
    ['of work with nobody', { kind: 'work' }, ['employer needed_for']],
    ['of wage subsidy', { kind: 'wage_subsidy', ...job }, []],
    ['of wage subsidy with nobody', { kind: 'wage_subsidy', hoursPerWeek: 30 }, ['employer needed_for']],
    ['of education', { kind: 'education' }, []],
    ['of education in hours', { kind: 'education', hoursPerWeek: 37 }, []],
    ['of education with an employer', { kind: 'education', employer: 'x' }, ['employer not_for']],
    [
      'of illness in hours, with an employer',
      { kind: 'illness', ...job },
      ['employer not_for', 'hoursPerWeek not_for'],
    ],
    ['of birth', { kind: 'birth', toOn: '2026-11-01' }, []],
    ['of birth today', { kind: 'birth', fromOn: TODAY, toOn: TODAY }, []],
    [
      'of birth tomorrow',
      { kind: 'birth', fromOn: '2026-11-24', toOn: '2026-11-24' },
      ['fromOn not_in_future'],
    ],
    ['of birth that lasts', { kind: 'birth', toOn: '2026-11-02' }, ['toOn one_day']],
    ['of birth without end', { kind: 'birth' }, ['toOn one_day']],
    [
      'with everything wrong',
      { kind: 'birth', fromOn: '2027-01-02', toOn: '2027-01-01', ...job },
      ['toOn not_before', 'toOn one_day', 'fromOn not_in_future', 'employer not_for', 'hoursPerWeek not_for'],
    ],
  ])('%s', (_, over, expected) => {
    expect(faultsOf(said(over), TODAY).map(({ field, rule }) => `${field} ${rule}`)).toEqual(expected);
  });
});

describe('one at a time', () => {
  it('are benefit or self-supporting, wage subsidy, leave, illness and suspension', () => {
    expect(Object.fromEntries(SPELL_KINDS.map((kind) => [kind, rivalsOf(kind).join()]))).toEqual({
      benefit: 'benefit,self_supporting',
      self_supporting: 'benefit,self_supporting',
      work: '',
      wage_subsidy: 'wage_subsidy',
      education: '',
      leave: 'leave',
      birth: '',
      illness: 'illness',
      suspended: 'suspended',
    });
  });
});
