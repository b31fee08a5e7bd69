const RULE = `
  id, key, operator, value, unit, nullif(valid_from, '-infinity') as "validFrom", valid_to as "validTo",
  legal_basis as "legalBasis", source, confidence`;

export const ALL_RULES = `select ${RULE} from legislation_rules`;

/** `$1` key, `$2` day; either may be null. */
export const rulesPage = (sortValue: string, after: string, orderBy: string, limit: number): string => `
  with found as (
    select ${RULE}, ${sortValue} from legislation_rules
    where ($1::text is null or key = $1)
      and ($2::date is null or $2 between valid_from and coalesce(valid_to, 'infinity'))
      and ${after}
    order by ${orderBy} limit ${limit + 1}
  )
  select *, (select count(*) from found) > ${limit} as more from found limit ${limit}`;

/** The latest row of a key, locked: two who add a row to one rule do it one after the other. */
export const LATEST_OF_KEY = `
  select id, operator, value, unit, selects_by from legislation_rules where key = $1 order by valid_from desc limit 1 for update`;

/** Closes the row in force on the day a new one starts. */
export const CLOSE_PREDECESSOR = `
  update legislation_rules set valid_to = $2::date - 1 where key = $1 and valid_to is null and valid_from < $2::date`;

export const INSERT_RULE = `
  insert into legislation_rules (key, operator, value, unit, selects_by, valid_from, valid_to, legal_basis, source, confidence, note, added_by)
  values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${RULE}`;

export const CLOSING_DAYS = 'select month, day from closing_days';
