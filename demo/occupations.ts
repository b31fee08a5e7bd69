/** What a person of the demo may have worked as, as an assessment and a contract speak of it. */
export interface Occupation {
  /** ISCO-08 unit group. */
  code: string;
  /** ISCED level of the schooling that usually goes with it. */
  level: string;
  /** ISCED-F 2013 field of that schooling. */
  field: string | null;
  ownWords: string;
  danish: string;
  skill: string;
  goal: string;
}

const of = (
  code: string,
  level: string,
  field: string | null,
  ownWords: string,
  danish: string,
  skill: string,
  goal: string,
): Occupation => ({ code, level, field, ownWords, danish, skill, goal });

export const OCCUPATIONS: readonly Occupation[] = [
  of(
    '7411',
    '3',
    '0713',
    'I put the wiring into new houses and flats',
    'Trak ledninger i nye huse og lejligheder',
    'Reads wiring diagrams',
    'Work as an electrician’s assistant, later the trade test',
  ),
  of(
    '5120',
    '2',
    null,
    'I cooked in a restaurant, up to eighty guests an evening',
    'Kok på en restaurant, op til firs gæster om aftenen',
    'Plans a menu and buys for it',
    'Work in a canteen or restaurant kitchen',
  ),
  of(
    '9112',
    '1',
    null,
    'I cleaned offices, mornings and evenings',
    'Gjorde rent på kontorer morgen og aften',
    'Works fast and leaves nothing out',
    'Part-time cleaning beside the Danish course, then full time',
  ),
  of(
    '8322',
    '2',
    null,
    'I drove a taxi in the city',
    'Kørte taxa i byen',
    'Driving licence category B for many years',
    'A Danish driving licence and work as a van driver',
  ),
  of(
    '7231',
    '3',
    '0716',
    'I repaired cars in my uncle’s workshop',
    'Reparerede biler på min onkels værksted',
    'Finds faults in petrol and diesel engines',
    'Internship in a garage and an adult apprenticeship',
  ),
  of(
    '5311',
    '3',
    null,
    'I looked after twelve children in a kindergarten',
    'Passede tolv børn i en børnehave',
    'Calms and occupies small children',
    'Work as an assistant in a day-care centre',
  ),
  of(
    '2341',
    '6',
    '0113',
    'I taught the first four classes',
    'Underviste i de første fire klasser',
    'Plans lessons and speaks before parents',
    'Recognition of the degree, work as a language assistant in a school',
  ),
  of(
    '2221',
    '6',
    '0913',
    'I was a nurse on a surgical ward',
    'Var sygeplejerske på en kirurgisk afdeling',
    'Dresses wounds and keeps a ward journal',
    'Danish authorisation as a nurse; until then work in elderly care',
  ),
  of(
    '7531',
    '2',
    '0723',
    'I sewed dresses and altered clothes at home',
    'Syede kjoler og lagde tøj om hjemme',
    'Cuts from a pattern',
    'Work in an alteration shop',
  ),
  of(
    '6111',
    '1',
    null,
    'We grew vegetables and wheat on the family’s land',
    'Vi dyrkede grøntsager og hvede på familiens jord',
    'Drives a tractor and knows irrigation',
    'Work in a nursery garden or with green areas',
  ),
  of(
    '5221',
    '2',
    null,
    'I had a grocery shop with my brother',
    'Havde en købmandsbutik sammen med min bror',
    'Keeps the till and the stock',
    'Work in a supermarket, later a shop of one’s own',
  ),
  of(
    '7115',
    '3',
    '0722',
    'I made doors, windows and kitchens',
    'Lavede døre, vinduer og køkkener',
    'Works after drawings with machine saws',
    'Internship with a joiner and an adult apprenticeship',
  ),
  of(
    '7126',
    '2',
    '0732',
    'I laid water pipes in buildings',
    'Lagde vandrør i bygninger',
    'Solders and welds pipes',
    'Work as a plumber’s assistant',
  ),
  of(
    '5141',
    '2',
    null,
    'I had a chair in a hairdresser’s shop',
    'Havde en stol i en frisørsalon',
    'Cuts and colours hair',
    'Internship in a salon',
  ),
  of(
    '7512',
    '2',
    null,
    'I baked bread at night',
    'Bagte brød om natten',
    'Makes dough without a recipe',
    'Work in a bakery',
  ),
  of(
    '3313',
    '5',
    '0411',
    'I kept the books of a trading company',
    'Førte regnskab for et handelsfirma',
    'Spreadsheets and a closing of accounts',
    'Office internship with bookkeeping',
  ),
  of(
    '2512',
    '6',
    '0613',
    'I wrote programs for a bank',
    'Skrev programmer for en bank',
    'Java and SQL',
    'Work as a developer in an English-speaking team',
  ),
  of(
    '9333',
    '1',
    null,
    'I loaded lorries at the market',
    'Læssede lastbiler på markedet',
    'Counts and stacks goods safely',
    'A forklift licence and work in a warehouse',
  ),
];
