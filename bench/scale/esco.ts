import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '../../demo/chance.js';
import { isco08 } from '../../migrations/data/isco-08.js';

/** As many as the real ones have. */
const ESCO_SIZE = { occupations: 3_000, skills: 13_900, skillsOfOccupation: 42 };

type Lang = 'en' | 'da';
type Words = Record<Lang, string[]>;

const words = (en: string, da: string): Words => ({ en: en.split(' '), da: da.split(' ') });

const FIELDS = words(
  'wood metal stone glass textile leather food dairy bakery meat fish fruit grain forest garden animal marine aviation railway road bus freight warehouse hotel kitchen restaurant cleaning laundry nursing dental hospital pharmacy school kindergarten language music theatre museum library bank insurance tax property energy wind solar electrical plumbing heating ventilation painting roofing masonry concrete paving scaffolding crane welding casting plastic rubber paper printing software network data game telephone radio film furniture jewellery bicycle motor tyre battery waste water laboratory chemical',
  'træ metal sten glas tekstil læder fødevare mejeri bageri kød fisk frugt korn skov have dyr skib fly jernbane vej bus fragt lager hotel køkken restaurant rengøring vaskeri pleje tand hospital apotek skole børnehave sprog musik teater museum bibliotek bank forsikring skat ejendom energi vind sol el vvs varme ventilation maler tag murer beton brolægger stillads kran svejse støbe plast gummi papir tryk software netværk data spil telefon radio film møbel smykke cykel motor dæk batteri affald vand laboratorie kemi',
);
const ROLES = words(
  'operator technician assistant manager engineer inspector worker teacher adviser planner installer mechanic designer supervisor driver specialist clerk cutter fitter tester buyer guide maker repairer researcher coordinator cook cleaner seller carer',
  'operatør tekniker assistent leder ingeniør inspektør medarbejder lærer rådgiver planlægger installatør mekaniker designer formand chauffør specialist kontorist skærer montør tester indkøber guide mager reparatør forsker koordinator kok rengører sælger hjælper',
);
const VERBS = words(
  'operate maintain repair inspect clean design plan manage use assess document prepare install measure test sort store transport sell explain order count mix cut drill polish paint pack load record calculate compare teach advise monitor adjust replace',
  'betjene vedligeholde reparere inspicere rengøre designe planlægge lede anvende vurdere dokumentere forberede installere måle afprøve sortere opbevare transportere sælge forklare bestille optælle blande skære bore polere lakere pakke læsse registrere beregne sammenligne undervise vejlede overvåge justere udskifte',
);
const OBJECTS = words(
  'machines tools equipment products materials records budgets teams customers patients pupils vehicles pipes cables surfaces samples schedules contracts recipes systems engines windows floors walls doors gates boxes labels letters forms reports maps drawings models moulds filters pumps valves sensors alarms screens',
  'maskiner værktøj udstyr produkter materialer journaler budgetter grupper kunder patienter elever køretøjer rør kabler overflader prøver skemaer kontrakter opskrifter systemer motorer vinduer gulve vægge døre porte kasser mærkater breve blanketter rapporter kort tegninger modeller forme filtre pumper ventiler følere alarmer skærme',
);
/** Before field and role where those are used up. */
const KINDS = words(
  'senior industrial mobile technical regional certified',
  'ledende industriel mobil teknisk regional certificeret',
);

const uuidOf = (kind: number, number: number): string =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const occupationUri = (number: number): string =>
  `http://data.europa.eu/esco/occupation/${uuidOf(1, number)}`;
const skillUri = (number: number): string => `http://data.europa.eu/esco/skill/${uuidOf(2, number)}`;

const at = (list: string[], place: number): string => list[place % list.length];

/** `turn` 0 is the preferred one, the others say it with other roles. */
function occupationTitle(number: number, lang: Lang, turn: number): string {
  const [fields, roles] = [FIELDS[lang], ROLES[lang]];
  const round = Math.floor(number / fields.length / roles.length);
  const [field, role] = [at(fields, number), at(roles, Math.floor(number / fields.length) + turn)];
  const kind = round === 0 ? '' : `${at(KINDS[lang], round)} `;
  if (lang === 'en') return turn % 2 === 0 ? `${kind}${field} ${role}` : `${kind}${role} of ${field}`;
  return turn % 2 === 0 ? `${kind}${field}${role}` : `${kind}${role} i ${field}`;
}

/** The lists are of lengths without a common divisor, so each comes as often as the others and no three come again. */
function skillTitle(number: number, lang: Lang, turn: number): string {
  const verb = at(VERBS[lang], number + turn);
  const [object, field] = [at(OBJECTS[lang], number), at(FIELDS[lang], number)];
  if (lang === 'en') return `${verb} ${field} ${object}`;
  return number % 5 === 0 ? `${verb} ${object} til ${field}` : `${verb} ${field}${object}`;
}

const GROUPS = isco08.map(([code]) => code).filter((code) => code.length === 4);
const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const SCHEMES =
  'http://data.europa.eu/esco/concept-scheme/occupations,\nhttp://data.europa.eu/esco/concept-scheme/member-occupations';
const CHANGED = '2024-05-08T10:00:00Z';
const described = (title: string): string =>
  `Invented for measuring: "${title}" is described here in about as many words as in the real files, which have a few sentences on each of theirs, with commas, and sometimes quotes.`;

function* occupations(size: number, lang: Lang): Generator<string[]> {
  yield 'conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description'.split(
    ',',
  );
  for (let number = 0; number < size; number++) {
    const title = occupationTitle(number, lang, 0);
    const others = Array.from({ length: 4 + (number % 13) }, (_, turn) =>
      occupationTitle(number, lang, turn + 1),
    );
    yield ['Occupation', occupationUri(number), at(GROUPS, number), title, others.join('\n'), '', 'released', CHANGED,
      'http://data.europa.eu/esco/regulated-professions/unregulated', '', '', SCHEMES, described(title)]; // prettier-ignore
  }
}

function* skills(size: number, lang: Lang): Generator<string[]> {
  yield 'conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description'.split(
    ',',
  );
  for (let number = 0; number < size; number++) {
    const title = skillTitle(number, lang, 0);
    const others = Array.from({ length: 2 + (number % 10) }, (_, turn) => skillTitle(number, lang, turn + 1));
    yield ['KnowledgeSkillCompetence', skillUri(number), number % 4 === 0 ? 'knowledge' : 'skill/competence',
      'sector-specific', title, others.join('\n'), '', 'released', CHANGED, '', '', SCHEMES, described(title)]; // prettier-ignore
  }
}

function* relations(size: typeof ESCO_SIZE): Generator<string[]> {
  yield 'occupationUri,relationType,skillType,skillUri'.split(',');
  const chance = new Chance(1_200);
  for (let number = 0; number < size.occupations; number++) {
    const some = new Set(
      Array.from({ length: size.skillsOfOccupation }, () => chance.between(0, size.skills - 1)),
    );
    for (const skill of some)
      yield [
        occupationUri(number),
        skill % 3 === 0 ? 'essential' : 'optional',
        'skill/competence',
        skillUri(skill),
      ];
  }
}

/** Files of invented concepts in the form of ESCO's, the same each time; a row at a time. */
export async function writeEsco(folder: string, langs: Lang[], what: 'occupations' | 'all'): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = async (name: string, rows: Generator<string[]>): Promise<void> => {
    const file = createWriteStream(join(folder, name));
    for (const row of rows) if (!file.write(`${row.map(quoted).join(',')}\n`)) await once(file, 'drain');
    file.end();
    await once(file, 'finish');
  };
  for (const lang of langs) await write(`occupations_${lang}.csv`, occupations(ESCO_SIZE.occupations, lang));
  if (what === 'occupations') return;
  for (const lang of langs) await write(`skills_${lang}.csv`, skills(ESCO_SIZE.skills, lang));
  await write('occupationSkillRelations_en.csv', relations(ESCO_SIZE));
}
