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
  sort_value: string;
  more: boolean;
  titleEn: string;
  titleDa: string | null;
}

/** `$1` what was typed, or null: the beginning of a code, or beginnings of words of a title. */
export const codesPage = (
  scheme: Scheme,
  sortValue: string,
  after: string,
  orderBy: string,
  limit: number,
): string => `
  with found as (
    select code as id, title_en as "titleEn", title_da as "titleDa", ${sortValue}
    from ${SCHEMES[scheme]}
    where ($1::text is null or starts_with(lower(code), lower($1))
           or words(title_en || ' ' || coalesce(title_da, '')) @@ beginnings($1))
      and ${after}
    order by ${orderBy} limit ${limit + 1}
  )
  select *, (select count(*) from found) > ${limit} as more from found limit ${limit}`;
