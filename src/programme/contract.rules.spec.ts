import type { Day } from '../platform/calendar/calendar.js';
import {
  endingBeforeTheyBegin,
  signedByBoth,
  stateOf,
  whyFixed,
  whyNotRevised,
  whyNotSigned,
  whyNotWithdrawn,
} from './contract.rules.js';
import { PARTIES } from './contracts.contract.js';

const MON = '2027-02-15';
const FRI = '2027-02-19';
const SIGNED = 'contract_signed';
const nobody = { person: null, municipality: null };
const person = { person: MON, municipality: null };
const municipality = { person: null, municipality: MON };
const both = { person: MON, municipality: FRI };

describe('the contract (Integration Act § 19)', () => {
  it.each([
    ['nobody', nobody, null],
    ['the person alone', person, null],
    ['the municipality alone', municipality, null],
    ['both, the municipality later', both, FRI],
    ['both, the person later', { person: FRI, municipality: MON }, FRI],
    ['both on one day', { person: MON, municipality: MON }, MON],
  ])('is signed when both have, on the later day: %s', (_, signatures, day) => {
    expect(signedByBoth(signatures)).toBe(day);
  });

  it.each([
    // signatures    change or discard       withdraw             person signs        municipality signs  both sign
    [nobody, null, 'nobody_has_signed', null, null, null],
    [person, 'contract_half_signed', null, 'party_has_signed', null, 'party_has_signed'],
    [municipality, 'contract_half_signed', null, null, 'party_has_signed', 'party_has_signed'],
    [both, SIGNED, SIGNED, SIGNED, SIGNED, SIGNED],
  ])('signed so: %o', (signatures, fixed, notWithdrawn, personRefused, municipalityRefused, bothRefused) => {
    expect(whyFixed(signatures)).toBe(fixed);
    expect(whyNotWithdrawn(signatures)).toBe(notWithdrawn);
    expect(whyNotSigned(signatures, ['person'])).toBe(personRefused);
    expect(whyNotSigned(signatures, ['municipality'])).toBe(municipalityRefused);
    expect(whyNotSigned(signatures, PARTIES)).toBe(bothRefused);
  });

  const draft = { signedOn: null };
  const signed = { signedOn: FRI };
  it.each([
    // the contract, the one that revises it, its state, why it cannot be revised
    ['not signed', draft, null, 'draft', 'contract_not_signed'],
    ['signed', signed, null, 'in_force', null],
    ['signed, a revision drafted', signed, draft, 'in_force', 'revision_open'],
    ['signed, a revision signed', signed, signed, 'replaced', 'contract_replaced'],
  ])('%s', (_, { signedOn }, revision, state, refused) => {
    expect(stateOf({ signedOn, revision })).toBe(state);
    expect(whyNotRevised({ signedOn, revision })).toBe(refused);
  });

  const days = (fromOn: Day | null, untilOn: Day | null) => ({ fromOn, untilOn });
  it.each([
    ['no day', days(null, null), false],
    ['a first day', days(FRI, null), false],
    ['a last day', days(null, MON), false],
    ['one day', days(MON, MON), false],
    ['in order', days(MON, FRI), false],
    ['the wrong way round', days(FRI, MON), true],
  ])('an activity with %s', (_, activity, wrong) => {
    expect(endingBeforeTheyBegin([days(MON, FRI), activity])).toEqual(wrong ? [1] : []);
  });
});
