import { Chance } from '../../demo/chance.js';
import { NAMING } from '../../demo/names.js';
import { BASES, ORIGINS } from '../../demo/people.js';
import type { Day } from '../../src/platform/calendar/calendar.js';
import type { PermitBasis } from '../../src/refugees/refugees.contract.js';
import { NUMBERS_A_DAY, scaleCpr } from './cpr.js';

/** Somebody who does not exist: the same for the same number in every seeding. */
export interface ScalePerson {
  /** From 1, in the order of registration. */
  number: number;
  asylumPersonId: string;
  cpr: string;
  givenNames: string;
  familyName: string;
  bornOn: Day;
  sex: 'female' | 'male';
  nationality: string;
  motherTongue: string;
  languages: string[];
  interpreterNeeded: boolean;
  adults: number;
  children: number;
  permitBasis: PermitBasis;
}

const COUNTRIES = Object.entries(ORIGINS).flatMap(([country, share]) => Array<string>(share).fill(country));
const FIRST_YEAR = 1950;
const YEARS = 50;

/** Every third is registered as born on 1 January; the numbers of those days end first. */
export const MOST_PERSONS = 3 * 2 * YEARS * NUMBERS_A_DAY;

/** Numbers from here on belong to nobody who is seeded. */
export const FIRST_UNSEEDED = 1_000_000;

export const asylumPersonIdOf = (number: number): string => `90${String(number).padStart(7, '0')}`;

export function scalePerson(number: number, chance: Chance): ScalePerson {
  const nationality = chance.oneOf(COUNTRIES);
  const { [sexOf(number)]: given, family, tongues, besides } = NAMING[nationality];
  const motherTongue = chance.oneOf(tongues);
  return {
    number,
    asylumPersonId: asylumPersonIdOf(number),
    ...birthOf(number),
    givenNames: chance.oneOf(given),
    familyName: chance.oneOf(family),
    nationality,
    motherTongue,
    languages: besides.filter((language) => language !== motherTongue && chance.hits(45)),
    interpreterNeeded: chance.hits(75),
    adults: chance.between(1, 2),
    children: chance.hits(45) ? 0 : chance.between(1, 5),
    permitBasis: chance.oneOf(BASES[nationality]),
  };
}

export const mayGiveBirth = ({ sex, bornOn }: ScalePerson): boolean => sex === 'female' && bornOn >= '1970';

const sexOf = (number: number): ScalePerson['sex'] => (Math.floor(number / 3) % 2 === 0 ? 'female' : 'male');

/** Day and CPR number follow from the person's number, so that nobody has to remember which are taken. */
function birthOf(number: number): Pick<ScalePerson, 'bornOn' | 'sex' | 'cpr'> {
  const sex = sexOf(number);
  const turn = Math.floor(number / 6);
  const year = FIRST_YEAR + (turn % YEARS);
  const rest = Math.floor(turn / YEARS);
  if (number % 3 === 0) return born(`${year}-01-01`, sex, rest);
  // The others in two turns over the days of a year that every month has, but 1 January.
  const day = ((2 * rest + (number % 3) - 1) % 335) + 1;
  const place = Math.floor((2 * rest + (number % 3) - 1) / 335);
  return born(`${year}-${twoDigits(Math.floor(day / 28) + 1)}-${twoDigits((day % 28) + 1)}`, sex, place);
}

function born(bornOn: Day, sex: ScalePerson['sex'], place: number): ReturnType<typeof birthOf> {
  return { bornOn, sex, cpr: scaleCpr(bornOn, sex, place) };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
