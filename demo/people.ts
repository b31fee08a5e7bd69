import type { Day } from '../src/platform/calendar/calendar.js';
import type { PermitBasis } from '../src/refugees/refugees.contract.js';
import { Chance } from './chance.js';
import { NAMING } from './names.js';
import { OCCUPATIONS, type Occupation } from './occupations.js';

/** Somebody who does not exist, but could: what stays the same whenever the demo is seeded. */
export interface Person {
  /** From 1; the first 200 are seeded, each story plays one of those after them. */
  number: number;
  asylumPersonId: string;
  givenNames: string;
  familyName: string;
  bornOn: Day;
  sex: 'female' | 'male';
  nationality: string;
  motherTongue: string;
  languages: string[];
  interpreter: { needed: boolean; language: string | null };
  household: { adults: number; children: number; childcare: 'not_needed' | 'needed' | 'arranged' };
  permitBasis: PermitBasis;
  occupation: Occupation;
}

export const SEEDED = 200;

/** How many of the seeded people each country has: 200 in all. */
export const ORIGINS: Record<string, number> = {
  SY: 48,
  UA: 44,
  ER: 26,
  AF: 22,
  IR: 14,
  SO: 10,
  IQ: 8,
  CD: 8,
  XX: 8,
  ET: 6,
  SD: 6,
};

/** Grounds that fit a country; one that stands twice is twice as common. */
export const BASES: Record<string, PermitBasis[]> = {
  SY: ['aliens_act_7_1', 'aliens_act_7_1', 'aliens_act_7_3', 'aliens_act_7_3', 'family_reunification'],
  UA: ['ukraine_act'],
  ER: ['aliens_act_7_1', 'aliens_act_7_1', 'aliens_act_7_1', 'family_reunification'],
  AF: ['aliens_act_7_1', 'aliens_act_7_2', 'afghan_act', 'afghan_act'],
  IR: ['aliens_act_7_1', 'aliens_act_7_1', 'aliens_act_9b'],
  SO: ['aliens_act_7_1', 'aliens_act_7_2', 'aliens_act_7_3', 'family_reunification'],
  IQ: ['aliens_act_7_1', 'aliens_act_7_2'],
  CD: ['aliens_act_8'],
  XX: ['aliens_act_7_1', 'aliens_act_7_3', 'aliens_act_7_3'],
  ET: ['aliens_act_7_1', 'aliens_act_8'],
  SD: ['aliens_act_7_1', 'aliens_act_7_2'],
};

/** Quota refugees and reunified families: the municipality takes over when they are registered there. */
export const TAKEN_OVER_BY_REGISTRATION: readonly PermitBasis[] = ['aliens_act_8', 'family_reunification'];

/** The first `count` people, the same in every clone. */
export function invent(count: number): Person[] {
  const chance = new Chance(1994);
  const named = new Set<string>();
  const countries = Object.entries(ORIGINS).flatMap(([country, share]) => Array<string>(share).fill(country));
  let deck: string[] = [];
  return Array.from({ length: count }, (_, index) => {
    if (deck.length === 0) deck = chance.shuffled(countries);
    return person(index + 1, deck.pop()!, chance, named);
  });
}

/** The person of the n-th story, from 1: somebody whom the municipality takes over by a decision. */
export function inventForStory(n: number): Person {
  // of two people at least one is: no story has to look further
  const later = invent(SEEDED + 2 * n + 20).slice(SEEDED);
  return later.filter(({ permitBasis }) => !TAKEN_OVER_BY_REGISTRATION.includes(permitBasis))[n - 1];
}

function person(number: number, nationality: string, chance: Chance, named: Set<string>): Person {
  const sex = chance.hits(48) ? 'female' : 'male';
  const motherTongue = chance.oneOf(NAMING[nationality].tongues);
  return {
    number,
    asylumPersonId: String(7_100_000 + number * 37),
    ...unusedName(nationality, sex, chance, named),
    bornOn: birthday(nationality, chance),
    sex,
    nationality,
    motherTongue,
    languages: NAMING[nationality].besides.filter((language) => language !== motherTongue && chance.hits(45)),
    interpreter: chance.hits(75)
      ? { needed: true, language: motherTongue }
      : { needed: false, language: null },
    household: household(chance),
    permitBasis: chance.oneOf(BASES[nationality]),
    occupation: chance.oneOf(OCCUPATIONS),
  };
}

/** After very many stories a name may come again, as names do. */
function unusedName(nationality: string, sex: Person['sex'], chance: Chance, named: Set<string>) {
  const { [sex]: given, family } = NAMING[nationality];
  const draw = () => ({ givenNames: chance.oneOf(given), familyName: chance.oneOf(family) });
  const whole = (name: ReturnType<typeof draw>) => `${name.givenNames} ${name.familyName}`;
  let name = draw();
  for (let tries = 0; named.has(whole(name)) && tries < 100; tries++) name = draw();
  named.add(whole(name));
  return name;
}

/** Many people come without papers; who does not know the day is registered as born on 1 January. */
function birthday(nationality: string, chance: Chance): Day {
  const year = chance.between(1961, 2005);
  const [month, day] = [chance.between(1, 12), chance.between(1, 28)];
  const unknown = nationality !== 'UA' && chance.hits(35);
  return unknown ? `${year}-01-01` : `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

function household(chance: Chance): Person['household'] {
  const adults = chance.between(1, 2);
  const children = chance.hits(45) ? 0 : chance.between(1, 5);
  return {
    adults,
    children,
    childcare: children === 0 ? 'not_needed' : chance.oneOf(['needed', 'arranged']),
  };
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
