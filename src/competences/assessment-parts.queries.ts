import type { Language, Schooling, Skill, Work } from './competences.contract.js';

/** A list of an assessment: its table, and the column and type behind each field, in order. */
interface Part<Field extends string = string> {
  table: string;
  fields: Record<Field, `${string} ${'text' | 'int' | 'boolean'}`>;
}

const LANGUAGES: Part<keyof Language> = {
  table: 'assessment_languages',
  fields: {
    language: 'language text',
    motherTongue: 'mother_tongue boolean',
    spoken: 'spoken text',
    read: 'read text',
    written: 'written text',
    readsLatinScript: 'reads_latin_script boolean',
  },
};
const SCHOOLING: Part<keyof Schooling> = {
  table: 'assessment_schooling',
  fields: {
    level: 'level text',
    field: 'field text',
    country: 'country text',
    years: 'years int',
    endedYear: 'ended_year int',
    documents: 'documents text',
    recognition: 'recognition text',
  },
};
const WORK: Part<keyof Work> = {
  table: 'assessment_work',
  fields: {
    ownWords: 'own_words text',
    ownWordsLanguage: 'own_words_language text',
    danishText: 'danish_text text',
    occupation: 'occupation text',
    coded: 'coded text',
    country: 'country text',
    years: 'years int',
    lastYear: 'last_year int',
  },
};
const SKILLS: Part<keyof Skill> = {
  table: 'assessment_skills',
  fields: { description: 'description text', evidence: 'evidence text' },
};
const WISHED: Part<'occupation'> = {
  table: 'assessment_wished_occupations',
  fields: { occupation: 'occupation text' },
};

export const PARTS = {
  languages: LANGUAGES,
  schooling: SCHOOLING,
  work: WORK,
  skills: SKILLS,
  wished: WISHED,
};
export type PartName = keyof typeof PARTS;

/** Empties a part: `$1` assessment. */
export const deletePart = (name: PartName): string =>
  `delete from ${PARTS[name].table} where assessment_id = $1`;

/** Writes a part at once, however many rows: `$1` assessment, `$2` its rows as JSON, in order. */
export function insertPart(name: PartName): string {
  const { table, fields }: Part = PARTS[name];
  const columns = Object.entries(fields).map(([field, column]) => ({ field, column: column.split(' ') }));
  return `
    insert into ${table} (assessment_id, position, ${columns.map(({ column }) => column[0]).join(', ')})
    select $1, r.ordinality, ${columns.map(({ field }) => `r."${field}"`).join(', ')}
    from rows from (jsonb_to_recordset($2::jsonb) as (${columns.map(({ field, column }) => `"${field}" ${column[1]}`).join(', ')}))
         with ordinality as r`;
}

function rowsOf(name: PartName): string {
  const { table, fields }: Part = PARTS[name];
  const row = Object.entries(fields).map(([field, column]) => `'${field}', p.${column.split(' ')[0]}`);
  return `(select coalesce(json_agg(json_build_object(${row.join(', ')}) order by p.position), '[]')
    from ${table} p where p.assessment_id = a.id)`;
}

/** Select-list item: the `AssessmentContent` of assessment `a` as JSON. */
export const CONTENT = `json_build_object(
  'interpreter', json_build_object('present', a.interpreter_present, 'language', a.interpreter_language),
  'languages', ${rowsOf('languages')},
  'schooling', ${rowsOf('schooling')},
  'work', ${rowsOf('work')},
  'skills', ${rowsOf('skills')},
  'wishes', json_build_object('text', a.wishes, 'occupations',
    (select coalesce(json_agg(p.occupation order by p.position), '[]')
     from assessment_wished_occupations p where p.assessment_id = a.id)),
  'availability', json_build_object('from', a.available_from, 'hoursPerWeek', a.hours_per_week, 'weekdays', a.available_weekdays))`;
