import { asylumPersonIdOf, FIRST_UNSEEDED } from './scale/person.js';
import { scaleCpr } from './scale/cpr.js';

/** A signed-in caseworker and the cases they have. */
export interface Caller {
  id: string;
  unitId: string;
  token: string;
  persons: string[];
}

export interface Ask {
  method: 'GET' | 'POST';
  path: string;
  body?: Record<string, unknown>;
}

/** One kind of request, as many people send it at once. */
export interface Traffic {
  /** Of its figure. */
  name: string;
  title: string;
  /** Least throughput, as a share of the reference's. */
  target: number;
  /** As the reference declares it. */
  route: { method: 'GET' | 'POST'; url: string };
  /** Whether it leaves something behind, so that none may be sent twice. */
  writes: boolean;
  /** The n-th request of somebody, from 0; `turn` is unique over the whole run where something is written. */
  ask(caller: Caller, turn: number): Ask;
}

const PREFIX = '/api/v1';

const get = (
  name: string,
  title: string,
  url: string,
  path: (caller: Caller, turn: number) => string,
): Traffic => ({
  name,
  title,
  target: 0.6,
  route: { method: 'GET', url: PREFIX + url },
  writes: false,
  ask: (caller, turn) => ({ method: 'GET', path: PREFIX + path(caller, turn) }),
});

export const TRAFFIC: readonly Traffic[] = [
  get('caseload_page', 'A page of 20 of the cases one sees', '/refugees', () => '/refugees?limit=20'),
  get('opened_case', 'One case, opened', '/refugees/:id', ({ persons }, turn) => {
    return `/refugees/${persons[turn % persons.length]}`;
  }),
  get('my_day', 'What needs one today', '/my-day', () => '/my-day?limit=20'),
  get(
    'classification_search',
    'An occupation looked for by what was typed',
    '/classifications/search',
    (_, turn) => {
      return `/classifications/search?scheme=isco08&lang=da&q=${encodeURIComponent(TYPED[turn % TYPED.length])}`;
    },
  ),
  get(
    'esco_search',
    'An occupation or a skill of imported ESCO looked for by what was typed',
    '/classifications/search',
    (_, turn) => {
      const [scheme, lang, typed] = ESCO_TYPED[turn % ESCO_TYPED.length];
      return `/classifications/search?scheme=${scheme}&lang=${lang}&q=${encodeURIComponent(typed)}`;
    },
  ),
  {
    name: 'registration',
    title: 'A person registered: both numbers, languages, permit, takeover day, follow-up and reminders',
    target: 0.5,
    route: { method: 'POST', url: `${PREFIX}/refugees` },
    writes: true,
    ask: (_, turn) => ({ method: 'POST', path: `${PREFIX}/refugees`, body: somebody(turn) }),
  },
];

/** As people type: words, beginnings, slips. */
const TYPED =
  'kok tømrer elektriker sygepl chauffør rengøring lærer mekaniker slagter bager syerske murer landbrug frisør kokk elektricker pædagog tolk vvs lager'.split(
    ' ',
  );
/** Those of an invented ESCO (`scale/esco`): words of a title, beginnings, slips, other names; neighbours differ in all three. */
const ESCO_TYPED = [
  ['esco_occupation', 'da', 'træmontør'],
  ['esco_skill', 'en', 'maintain wood'],
  ['esco_occupation', 'en', 'kitchen coo'],
  ['esco_skill', 'da', 'vedligeholde brødmaskiner'],
  ['esco_occupation', 'da', 'stilladsmontøor'],
  ['esco_skill', 'en', 'sort textile'],
  ['esco_occupation', 'en', 'welding technican'],
  ['esco_skill', 'da', 'rengøre køkkenoverflader'],
  ['esco_occupation', 'da', 'bageri'],
  ['esco_skill', 'en', 'assess patients'],
] as const;
const GIVEN = 'Selam Luwam Feven Rahwa Senait Winta Bana Helen Miriam Saba'.split(' ');
const FAMILY = 'Tesfay Haile Berhane Kidane Gebre Mehari Abraha Tekle Woldu'.split(' ');
const FIRST_YEAR = 1910;
const YEARS = 40;
const DAYS_A_YEAR = 12 * 28;

/** Nobody of the seeded: they are all born later. */
function somebody(turn: number): Record<string, unknown> {
  const day = turn % (YEARS * DAYS_A_YEAR);
  const [month, dayOfMonth] = [Math.floor((day % DAYS_A_YEAR) / 28) + 1, (day % 28) + 1];
  const bornOn = [FIRST_YEAR + Math.floor(day / DAYS_A_YEAR), month, dayOfMonth]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return {
    givenNames: GIVEN[turn % GIVEN.length],
    familyName: FAMILY[turn % FAMILY.length],
    bornOn,
    sex: 'female',
    nationality: 'ER',
    motherTongue: 'tir',
    languages: ['eng', 'arb'],
    interpreter: { needed: true, language: 'tir' },
    household: { adults: 1, children: 2, childcare: 'needed' },
    permit: { basis: 'aliens_act_7_1' },
    allocation: { decidedOn: yesterday() },
    asylumPersonId: asylumPersonIdOf(FIRST_UNSEEDED + turn),
    cpr: scaleCpr(bornOn, 'female', Math.floor(turn / (YEARS * DAYS_A_YEAR))),
  };
}

/** So that the takeover, and with it every reminder, lies ahead. */
const yesterday = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** What both programs are sent: the reference reads who asks what from `x-…`, ours from the token and the address. */
export const headersOf = (
  name: string,
  { id, unitId, token }: Caller,
  body?: unknown,
): Record<string, string> => ({
  'x-play': name,
  authorization: `Bearer ${token}`,
  'x-actor': id,
  'x-unit': unitId,
  ...(body ? { 'content-type': 'application/json' } : {}),
});
