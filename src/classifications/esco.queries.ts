/** Titles of a code, also of one that is obsolete; a language that was not imported has none. */
const titles = (scheme: 'esco_occupation' | 'esco_skill', code: string): string =>
  (['en', 'da'] as const)
    .map(
      (lang) => `left join classification_titles as ${scheme}_${lang}
        on (${scheme}_${lang}.scheme, ${scheme}_${lang}.lang, ${scheme}_${lang}.code) = ('${scheme}', '${lang}', ${code})
        and ${scheme}_${lang}.kind in ('preferred', 'obsolete')`,
    )
    .join('\n');

/** `$1` code. The skills come by their title, Danish before English. */
export const ESCO_OCCUPATION = `
  select o.code, o.uri, o.status, o.isco_group as "iscoGroup", i.release,
    esco_occupation_en.title as "titleEn", esco_occupation_da.title as "titleDa",
    coalesce(skills.of ->> 'essential', '[]')::json as "essentialSkills",
    coalesce(skills.of ->> 'optional', '[]')::json as "optionalSkills"
  from esco_occupations as o join classification_imports as i on i.id = o.import_id
  ${titles('esco_occupation', 'o.code')}
  cross join lateral (
    select json_object_agg(relation, list) as of from (
      select relation, json_agg(
          json_build_object('code', skill, 'titleEn', esco_skill_en.title, 'titleDa', esco_skill_da.title)
          order by coalesce(esco_skill_da.title, esco_skill_en.title), skill) as list
      from esco_occupation_skills ${titles('esco_skill', 'skill')}
      where occupation = o.code group by relation
    ) as lists
  ) as skills
  where o.code = $1`;

/** `$1` code. */
export const ESCO_SKILL = `
  select s.code, s.uri, s.status, s.skill_type as "skillType", s.reuse_level as "reuseLevel", i.release,
    esco_skill_en.title as "titleEn", esco_skill_da.title as "titleDa"
  from esco_skills as s join classification_imports as i on i.id = s.import_id
  ${titles('esco_skill', 's.code')}
  where s.code = $1`;
