import type { List } from '../platform/http/paging.js';
import type { KnownScheme } from './classifications.contract.js';

/** Each scheme is a table of its own, so that a column can point at the one it means. These are lists people read. */
export const SCHEMES = {
  isco08: 'isco_08_groups',
  isced_level: 'isced_levels',
  isced_field: 'isced_fields',
  esco_skill_group: 'esco_skill_groups',
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

/** ESCO's codes have no order for people: they are searched, and read one by one. */
const KNOWN: Record<KnownScheme, string> = {
  ...SCHEMES,
  esco_occupation: 'esco_occupations',
  esco_skill: 'esco_skills',
};

/** Those of the codes `$1` that the scheme does not have, and never had. */
export const unknownAmong = (scheme: KnownScheme): string => `
  select named.code from unnest($1::text[]) as named(code)
  where not exists (select from ${KNOWN[scheme]} known where known.code = named.code)`;

/** What can be searched: ESCO's occupations and skills are empty until they are imported. */
export const SEARCHED_SCHEMES = ['isco08', 'esco_skill_group', 'esco_occupation', 'esco_skill'] as const;
export type SearchedScheme = (typeof SEARCHED_SCHEMES)[number];

export interface HitRow {
  scheme: SearchedScheme;
  code: string;
  title: string;
  lang: string;
  translation: 'official' | 'own';
  score: number;
}

/**
 * What somebody may mean by what was typed, the likeliest first. `$1` scheme, `$2` language, `$3` what was typed,
 * `$4` how many. The score of a code is that of its best title, alternative and hidden ones included; the title shown
 * is the preferred one. Both sides are folded (`search_fold`), so capitals, accents and punctuation do not count.
 *
 * - 1: the title, or the code itself
 * - 0.9 to 0.99: the beginning of the code, higher the more of it; only if a digit was typed
 * - below 0.99: 0.99 × (0.9 × likeness + 0.1 × length typed ÷ length of the title, at most 1). Likeness is the mean over
 *   the four longest words typed, by their lengths, of how well the title holds each (`titles_with`): 1 as a word,
 *   0.95 as the beginning of one, 0.85 inside a compound, 0.75 with one slip, 0.7 × its similarity with more, else 0
 *
 * Less than 0.3 is no hit. Scores have three decimals. Of equal ones the longest code comes first, such as a unit
 * group before the groups it is in, then they come by code.
 */
export const SEARCH = `
  with typed as materialized (select search_fold($3) as text),
  word as materialized (
    select distinct word, length(word) as letters
    from typed, string_to_table(text, ' ') as word order by letters desc, word limit 4
  ),
  title as (
    select code, folded, sum(letters * quality) / (select sum(letters) from word) as likeness
    from word, titles_with($1, $2, word) group by code, title, folded
  ),
  hit as (
    select title.code, case when folded = ' ' || text then 1
      else 0.99 * (0.9 * likeness + 0.1 * least(1, length(text)::float8 / (length(folded) - 1))) end as score
    from title, typed
    union all
    select code, case when lower(code) = lower($3) then 1 else 0.9 + 0.09 * length($3) / length(code) end
    from classification_titles
    where scheme = $1 and lang = $2 and kind = 'preferred' and $3 ~ '[0-9]' and starts_with(lower(code), lower($3))
  ),
  best as (
    select code, round(max(score)::numeric, 3) as score from hit
    group by code having max(score) >= 0.3 order by score desc, length(code) desc, code limit $4
  )
  select scheme, t.code, title, lang, translation, score::float8
  from best join classification_titles as t on (scheme, lang, kind) = ($1, $2, 'preferred') and t.code = best.code
  order by best.score desc, length(t.code) desc, t.code`;
