import type { List } from '../platform/http/paging.js';

const RULE = `
  id, key, operator, value, unit, nullif(valid_from, '-infinity') as "validFrom", valid_to as "validTo",
  legal_basis as "legalBasis", source, confidence`;

export const ALL_RULES = `select ${RULE} from legislation_rules`;
export const RULE_BY_ID = `${ALL_RULES} where id = $1`;

/** `$1` key, `$2` day; either may be null. */
export const RULES = {
  name: 'legislation_rules.list',
  select: RULE,
  from: `
    from legislation_rules
    where ($1::text is null or key = $1) and ($2::date is null or $2 between valid_from and coalesce(valid_to, 'infinity'))`,
  sorts: { key: { sql: 'key', type: 'text' } },
  first: 'key',
  id: { sql: 'id', type: 'uuid' },
} satisfies List;

export const LATEST_OF_KEY = `
  select id, operator, value, unit, selects_by from legislation_rules where key = $1 order by valid_from desc limit 1`;

/** Closes the open row before a day: `$1` key, `$2` day. */
export const CLOSE_PREDECESSOR = `
  update legislation_rules set valid_to = $2::date - 1 where key = $1 and valid_to is null and valid_from < $2::date returning id`;

/** Lets a closed row go on after a rule that held for a while: `$1` the closed row, `$2` the last day of the other. */
export const RESUME_PREDECESSOR = `
  insert into legislation_rules (key, operator, value, unit, selects_by, valid_from, legal_basis, source, confidence, note, added_by)
  select key, operator, value, unit, selects_by, $2::date + 1, legal_basis, source, confidence, note, $3
  from legislation_rules where id = $1 returning ${RULE}`;

/** Whoever calculates by the law shares it; whoever adds to it waits for them, and they for him. */
export const SHARE_LAW = `select pg_advisory_xact_lock_shared(hashtext('ankomst.law'))`;
export const OWN_LAW = `select pg_advisory_xact_lock(hashtext('ankomst.law'))`;

export const INSERT_RULE = `
  insert into legislation_rules (key, operator, value, unit, selects_by, valid_from, valid_to, legal_basis, source, confidence, note, added_by)
  values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${RULE}`;

export const CLOSING_DAYS = 'select month, day from closing_days';
