/** `$1` id, `$2` SHA-256 in hexadecimal, `$3` bytes, `$4` media type, `$5` name in the store. */
export const ENTER = `
  insert into files (id, sha256, bytes, media_type, stored_as) values ($1, decode($2, 'hex'), $3, $4, $5)`;

/** `$1` file. */
export const LET_GO = 'update files set let_go_at = clock_now() where id = $1 and let_go_at is null';

/** Let go of ten minutes ago, so that whoever was just being given one still gets it whole: `$1` at most. */
export const TO_REMOVE = `
  select id, stored_as as name from files
  where removed_at is null and let_go_at < clock_now() - interval '10 minutes' order by let_go_at limit $1`;
export const REMOVED = 'update files set removed_at = clock_now() where id = $1';

/** Of names in the store, `$1`, those that nothing is known of. */
export const UNKNOWN = `
  select name from unnest($1::text[]) name where not exists (select from files where stored_as = name)`;
