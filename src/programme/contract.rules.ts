// Integration Act (integrationsloven) § 19: the contract is signed by the person and by the municipality; a signed one is revised by another.
import type { Day } from '../platform/calendar/calendar.js';
import type { Activity, ContractState, Party } from './contracts.contract.js';

/** The day each party signed. */
export type Signatures = Record<Party, Day | null>;

/** A contract beside the one that revises it. */
interface InTurn {
  signedOn: Day | null;
  revision: { signedOn: Day | null } | null;
}

/** The day both had signed: the later of the two. */
export function signedByBoth({ person, municipality }: Signatures): Day | null {
  if (person === null || municipality === null) return null;
  return person > municipality ? person : municipality;
}

export function stateOf({ signedOn, revision }: InTurn): ContractState {
  if (signedOn === null) return 'draft';
  return revision?.signedOn ? 'replaced' : 'in_force';
}

/** Why neither what it says can change, nor the whole be discarded; null when it can. */
export function whyFixed(signatures: Signatures): 'contract_signed' | 'contract_half_signed' | null {
  if (signedByBoth(signatures)) return 'contract_signed';
  return signatures.person || signatures.municipality ? 'contract_half_signed' : null;
}

/** Why these parties cannot sign; null when they can. */
export function whyNotSigned(
  signatures: Signatures,
  parties: readonly Party[],
): 'contract_signed' | 'party_has_signed' | null {
  if (signedByBoth(signatures)) return 'contract_signed';
  return parties.some((party) => signatures[party]) ? 'party_has_signed' : null;
}

/** Why there is no signature to withdraw; null when there is. */
export function whyNotWithdrawn(signatures: Signatures): 'contract_signed' | 'nobody_has_signed' | null {
  const why = whyFixed(signatures);
  if (why === 'contract_half_signed') return null;
  return why ?? 'nobody_has_signed';
}

/** Why it cannot be revised; null when it is the one in force and nobody has begun. */
export function whyNotRevised({
  signedOn,
  revision,
}: InTurn): 'contract_not_signed' | 'revision_open' | 'contract_replaced' | null {
  if (signedOn === null) return 'contract_not_signed';
  if (!revision) return null;
  return revision.signedOn ? 'contract_replaced' : 'revision_open';
}

/** The places in the list of those that end before they begin. */
export function endingBeforeTheyBegin(activities: Pick<Activity, 'fromOn' | 'untilOn'>[]): number[] {
  return activities.flatMap(({ fromOn, untilOn }, place) =>
    fromOn !== null && untilOn !== null && untilOn < fromOn ? [place] : [],
  );
}
