import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../support/database.js';

/** As an import would leave them. */
export async function makeEscoOccupation(
  database: TestDatabase,
): Promise<{ occupation: string; skill: string }> {
  const [occupation, skill] = [randomUUID(), randomUUID()];
  await database.asOwner(
    `with import as (
       insert into classification_imports (release, files, changes, started_at, finished_at)
       values ('1.2.0', '[]', '[]', clock_now(), clock_now()) returning id
     ), occupation as (
       insert into esco_occupations
       select $1, 'http://data.europa.eu/esco/occupation/' || $1, '7115', 'released', id from import returning code
     ), skill as (
       insert into esco_skills
       select $2, 'http://data.europa.eu/esco/skill/' || $2, 'skill/competence', 'cross-sector', 'released', id
       from import returning code
     ), relation as (
       insert into esco_occupation_skills
       select occupation.code, skill.code, 'essential', id from occupation, skill, import
     )
     insert into classification_titles (scheme, lang, code, kind, title, translation, import_id)
     select scheme, lang, code, 'preferred', title, 'official', id from import, (values
       ('esco_occupation', 'en', $1, 'boat builder'), ('esco_occupation', 'da', $1, 'bådebygger'),
       ('esco_skill', 'en', $2, 'join wood'), ('esco_skill', 'da', $2, 'samle træ')) as t (scheme, lang, code, title)`,
    [occupation, skill],
  );
  return { occupation, skill };
}
