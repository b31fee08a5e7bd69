import { v5 as uuidv5 } from 'uuid';
import type { Role } from '../../src/staff/staff.contract.js';

const NAMESPACE = '0b0f6a52-3f0e-4f0a-9a9e-7d2b6f6f3c55';
const PERSONS_A_UNIT = 4_000;
const CASES_OF_A_CASEWORKER = 120;
const CONSULTANTS_A_UNIT = 5;
const COORDINATORS_A_UNIT = 3;

const GIVEN =
  'Anne Bo Camilla Dorte Erik Freja Gorm Hanne Ib Jette Kaj Lis Mette Niels Ole Per Rikke Sven Tove Ulla'.split(
    ' ',
  );
const FAMILY =
  'Andersen Bech Christensen Dam Eriksen Friis Gade Holm Iversen Juhl Krogh Lund Møller Nygaard Olsen Poulsen'.split(
    ' ',
  );

/** An invented colleague. */
export interface Member {
  id: string;
  unitId: string;
  role: Role;
  email: string;
  name: string;
}

export interface OfficeUnit {
  id: string;
  name: string;
  leader: Member;
  caseworkers: Member[];
  consultants: Member[];
  coordinators: Member[];
}

/** The municipality's units for so many persons; a caseworker has about 120 cases. */
export function officeFor(persons: number): OfficeUnit[] {
  const units = Math.ceil(persons / PERSONS_A_UNIT);
  const caseworkers = Math.ceil(persons / units / CASES_OF_A_CASEWORKER);
  return Array.from({ length: units }, (_, place) => unitOf(place + 1, caseworkers));
}

function unitOf(number: number, caseworkers: number): OfficeUnit {
  const id = uuidv5(`unit ${number}`, NAMESPACE);
  const members = (role: Role, count: number): Member[] =>
    Array.from({ length: count }, (_, place) => member(id, role, number * 100 + place));
  return {
    id,
    name: `Integration ${number}`,
    leader: members('team_leader', 1)[0],
    caseworkers: members('caseworker', caseworkers),
    consultants: members('job_consultant', CONSULTANTS_A_UNIT),
    coordinators: members('coordinator', COORDINATORS_A_UNIT),
  };
}

function member(unitId: string, role: Role, number: number): Member {
  const email = `${role.replaceAll('_', '-')}.${number}@scale.ankomst.dk`;
  const name = `${GIVEN[number % GIVEN.length]} ${FAMILY[(number * 7) % FAMILY.length]}`;
  return { id: uuidv5(email, NAMESPACE), unitId, role, email, name };
}

export const membersOf = ({ leader, caseworkers, consultants, coordinators }: OfficeUnit): Member[] => [
  leader,
  ...caseworkers,
  ...consultants,
  ...coordinators,
];

/** Who has a person's case. */
export interface Hands {
  unit: OfficeUnit;
  caseworker: Member;
  consultant: Member;
  coordinator: Member;
  /** Had the case before the caseworker of today, where it was passed on. */
  caseworkerBefore: Member;
  /** May be granted sight of the case, from outside its team. */
  guest: Member;
}

const inTurn = (members: Member[], place: number): Member => members[place % members.length];

export function handsFor(number: number, units: readonly OfficeUnit[]): Hands {
  const unit = units[number % units.length];
  const turn = Math.floor(number / units.length);
  return {
    unit,
    caseworker: inTurn(unit.caseworkers, turn),
    consultant: inTurn(unit.consultants, turn),
    coordinator: inTurn(unit.coordinators, turn),
    caseworkerBefore: inTurn(unit.caseworkers, turn + 1),
    guest: inTurn(unit.coordinators, turn + 1),
  };
}
