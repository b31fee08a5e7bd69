type Text = [da: string, en: string];
interface Field {
  name: string;
  kind: string;
  label: { da: string; en: string };
  requiredFor: 'signature' | 'handover' | null;
  bounds: { min: number; max: number } | null;
  options: { value: string; label: { da: string; en: string } }[] | null;
}

const field = (name: string, kind: string, [da, en]: Text, over: Partial<Field> = {}): Field => ({
  name,
  kind,
  label: { da, en },
  requiredFor: null,
  bounds: null,
  options: null,
  ...over,
});
const toSign = { requiredFor: 'signature' } as const;
const toHandOver = { requiredFor: 'handover' } as const;
const options = (...rows: [value: string, da: string, en: string][]): Pick<Field, 'options'> => ({
  options: rows.map(([value, da, en]) => ({ value, label: { da, en } })),
});
const from = (min: number, max: number): Pick<Field, 'bounds'> => ({ bounds: { min, max } });

const WEEK = options(
  ['mon', 'mandag', 'Monday'],
  ['tue', 'tirsdag', 'Tuesday'],
  ['wed', 'onsdag', 'Wednesday'],
  ['thu', 'torsdag', 'Thursday'],
  ['fri', 'fredag', 'Friday'],
  ['sat', 'lørdag', 'Saturday'],
  ['sun', 'søndag', 'Sunday'],
);
const ABILITY = options(
  ['alone', 'på egen hånd', 'on my own'],
  ['with_help', 'med hjælp', 'with help'],
  ['not_yet', 'ikke endnu', 'not yet'],
);
const CHILDCARE = options(
  ['not_needed', 'ikke nødvendig', 'not needed'],
  ['in_place', 'på plads', 'in place'],
  ['waiting', 'skrevet op', 'on a waiting list'],
  ['missing', 'mangler', 'missing'],
);

/**
 * The first published form: what a centre visit asks at least (languages, schooling, work, other competences, wishes,
 * availability), and what coordinators and caseworkers would otherwise ask again. Health is not asked.
 */
export const form1: readonly Field[] = [
  field('interpreter', 'interpreter', ['Tolk', 'Interpreter']),
  field('languages', 'languages', ['Sprog', 'Languages'], toSign),
  field('schooling', 'schooling', ['Skolegang og uddannelse', 'Schooling and education'], toSign),
  field('school_years', 'number', ['Års skolegang i alt', 'Years of school in all'], {
    ...toHandOver,
    ...from(0, 40),
  }),
  field('wants_education', 'text', ['Ønsker til uddannelse', 'Wishes for education']),
  field('papers_elsewhere', 'text', ['Papirer, der er et andet sted', 'Papers that are somewhere else']),
  field('work', 'work', ['Arbejde', 'Work'], toSign),
  field('work_years', 'number', ['Års arbejde i alt', 'Years of work in all'], {
    ...toHandOver,
    ...from(0, 70),
  }),
  field('last_worked_year', 'number', ['Seneste år i arbejde', 'Last year in work'], from(1901, 2150)),
  field('self_employed', 'yes_no', ['Har været selvstændig', 'Has been self-employed']),
  field('people_led', 'number', ['Har ledet så mange', 'Has led so many people'], from(0, 10_000)),
  field('unpaid_work', 'text', ['Ulønnet arbejde', 'Unpaid work']),
  field('work_on_the_way', 'text', ['Arbejde i andre lande', 'Work in other countries']),
  field('skills', 'skills', ['Færdigheder', 'Skills'], toHandOver),
  field('tools_and_machines', 'text', ['Værktøj og maskiner', 'Tools and machines']),
  field('licences', 'licences', ['Kørekort og certifikater', 'Driving licences and certificates'], toHandOver),
  field('drives', 'yes_no', ['Kører bil', 'Drives a car']),
  field('cycles', 'yes_no', ['Cykler', 'Rides a bicycle']),
  field('phone', 'choice', ['Bruger en smartphone', 'Uses a smartphone'], ABILITY),
  field('computer', 'choice', ['Bruger en computer', 'Uses a computer'], { ...toHandOver, ...ABILITY }),
  field('e_mail', 'choice', ['Skriver e-mails', 'Writes e-mails'], ABILITY),
  field('self_service', 'choice', ['Digital selvbetjening', 'Digital self-service'], ABILITY),
  field('has_cv', 'yes_no', ['Har et CV', 'Has a CV']),
  field('wishes', 'text', ['Ønsker til arbejde', 'Wishes for work'], toHandOver),
  field('wished_occupations', 'occupations', ['Ønskede stillinger', 'Wished occupations'], toHandOver),
  field('unwanted_work', 'text', ['Arbejde, der ikke ønskes', 'Work that is not wanted']),
  field('own_business', 'yes_no', ['Vil have egen virksomhed', 'Wants an own business']),
  field('works_outdoors', 'yes_no', ['Vil gerne arbejde ude', 'Likes to work outdoors']),
  field('works_with_people', 'yes_no', ['Vil gerne arbejde med mennesker', 'Likes to work with people']),
  field('available_from', 'day', ['Kan begynde', 'Can start on'], toHandOver),
  field('hours_per_week', 'number', ['Timer om ugen', 'Hours a week'], { ...toHandOver, ...from(1, 48) }),
  field('weekdays', 'choices', ['Ugedage', 'Weekdays'], { ...toHandOver, ...WEEK }),
  field('evenings', 'yes_no', ['Kan arbejde om aftenen', 'Can work evenings']),
  field('nights', 'yes_no', ['Kan arbejde om natten', 'Can work nights']),
  field('weekends', 'yes_no', ['Kan arbejde i weekenden', 'Can work weekends']),
  field('travel_minutes', 'number', ['Rejsetid højst, minutter', 'Travel at most, minutes'], {
    ...toHandOver,
    ...from(0, 240),
  }),
  field('childcare', 'choice', ['Børnepasning', 'Childcare'], { ...toHandOver, ...CHILDCARE }),
  field('danish_begun', 'yes_no', ['Er begyndt på dansk', 'Has begun Danish']),
  field('interests', 'text', ['Interesser', 'Interests']),
  field('volunteering', 'text', ['Frivilligt arbejde', 'Volunteering']),
  field('network', 'text', ['Kender nogen på arbejdsmarkedet', 'Knows people at work in Denmark']),
];
