import { fitsModulus11, maskedCpr } from './cpr.js';
import type { IdentifierView, RefugeeListItem, RefugeeView, RegisterRefugee } from './dto/refugee.dto.js';
import type { Refugee } from './refugee.entity.js';
import type { IdentifierRow, RefugeeListRow, RefugeeRow } from './refugees.queries.js';

/** The columns a request speaks of; `undefined` where it is silent. */
export function columnsOf(request: Partial<RegisterRefugee>): Partial<Refugee> {
  const {
    givenNames,
    familyName,
    bornOn,
    sex,
    nationality,
    motherTongue,
    interpreter,
    household,
    permit,
    allocation,
    handover,
  } = request;
  return {
    givenNames,
    familyName,
    bornOn,
    sex,
    nationality,
    motherTongue,
    ...(interpreter && {
      interpreterNeeded: interpreter.needed,
      interpreterLanguage: interpreter.language ?? null,
    }),
    ...(household !== undefined && {
      householdAdults: household?.adults ?? null,
      householdChildren: household?.children ?? null,
      childcare: household?.childcare ?? null,
    }),
    ...(permit !== undefined && {
      permitBasis: permit?.basis ?? null,
      permitGrantedOn: permit?.grantedOn ?? null,
      permitExpiresOn: permit?.expiresOn ?? null,
    }),
    ...(allocation && {
      allocationDecidedOn: allocation.decidedOn ?? null,
      registeredOn: allocation.registeredOn ?? null,
      takeoverAgreedOn: allocation.takeoverAgreedOn ?? null,
    }),
    ...(handover && {
      earlyCvHandoverOn: handover.earlyCvOn ?? null,
      earlyContractHandoverOn: handover.earlyContractOn ?? null,
      handoverOn: handover.on ?? null,
    }),
  };
}

export function listItem(row: RefugeeListRow): RefugeeListItem {
  return {
    id: row.id,
    caseNumber: Number(row.case_number),
    givenNames: row.given_names,
    familyName: row.family_name,
    nationality: row.nationality,
    permitBasis: row.permit_basis,
    takeoverOn: row.takeover_on,
    unitId: row.unit_id,
  };
}

export function wholeCase(row: RefugeeRow, cprOf: (identifier: IdentifierRow) => string): RefugeeView {
  return {
    ...listItem(row),
    version: row.version,
    bornOn: row.born_on,
    sex: row.sex,
    motherTongue: row.mother_tongue,
    languages: row.languages,
    interpreter: { needed: row.interpreter_needed, language: row.interpreter_language },
    household:
      row.household_adults === null
        ? null
        : { adults: row.household_adults, children: row.household_children!, childcare: row.childcare },
    permit:
      row.permit_basis === null
        ? null
        : ({
            basis: row.permit_basis,
            grantedOn: row.permit_granted_on,
            expiresOn: row.permit_expires_on,
          } as RefugeeView['permit']),
    allocation: {
      decidedOn: row.allocation_decided_on,
      registeredOn: row.registered_on,
      takeoverAgreedOn: row.takeover_agreed_on,
    },
    handover: {
      earlyCvOn: row.early_cv_handover_on,
      earlyContractOn: row.early_contract_handover_on,
      on: row.handover_on,
    },
    takeoverRuleIds: row.takeover_rule_ids,
    identifiers: row.identifiers.map((identifier) => identifierView(identifier, cprOf)),
    team: row.team,
  };
}

function identifierView(
  identifier: IdentifierRow,
  cprOf: (identifier: IdentifierRow) => string,
): IdentifierView {
  const { id, system, value, validFrom, validTo } = identifier;
  if (system !== 'cpr') return { id, system, value: value!, warnings: [], validFrom, validTo };
  const digits = cprOf(identifier);
  return {
    id,
    system,
    value: maskedCpr(digits),
    warnings: fitsModulus11(digits) ? [] : ['modulus_11'],
    validFrom,
    validTo,
  };
}
