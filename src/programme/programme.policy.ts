import type { MayChange } from '../refugees/refugees.contract.js';

/** The contract is the caseworker's; the unit's leader stands in. */
export const mayWorkOnContract: MayChange = ({ role }, basis) =>
  basis === 'supervision' || (basis === 'case_work' && role === 'caseworker');

/** So are the visitation, talks, spells and Danish education. */
export const mayWorkOnProgramme: MayChange = mayWorkOnContract;
