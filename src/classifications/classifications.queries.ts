import type { List } from '../platform/http/paging.js';

/** Each scheme is a table of its own, so that a column can point at the one it means. */
export const SCHEMES = {
  isco08: 'isco_08_groups',
  isced_level: 'isced_levels',
  cefr: 'cefr_levels',
  language: 'languages',
  country: 'countries',
} as const;
export type Scheme = keyof typeof SCHEMES;

export interface CodeRow {
  id: string;
  titleEn: string;
  titleDa: string | null;
}

/** `$1` what was typed, or null: the beginning of a code, or beginnings of words of a title. */
export const codes = (scheme: Scheme): List => ({
  name: `classifications.${scheme}`,
  select: 'code as id, title_en as "titleEn", title_da as "titleDa"',
  from: `
    from ${SCHEMES[scheme]}
    where ($1::text is null or starts_with(lower(code), lower($1))
           or words(title_en || ' ' || coalesce(title_da, '')) @@ beginnings($1))`,
  sorts: { code: { sql: 'code', type: 'text' } },
  first: 'code',
  id: { sql: 'code', type: 'text' },
});
