import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const OCCUPATION_HEADER =
  'conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description';
export const SKILL_HEADER =
  'conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description';
export const RELATION_HEADER = 'occupationUri,relationType,skillType,skillUri';

export const occupationUri = (code: string): string => `http://data.europa.eu/esco/occupation/${code}`;
const skillUri = (code: string): string => `http://data.europa.eu/esco/skill/${code}`;

interface Labels {
  alternatives?: string[];
  hidden?: string[];
  status?: string;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const row = (cells: string[]): string => cells.map(quoted).join(',');

export const anOccupation = (
  code: string,
  title: string,
  { alternatives = [], hidden = [], status = 'released', group = '7115' }: Labels & { group?: string } = {},
): string => {
  const labels = [title, alternatives.join('\n'), hidden.join('\n')];
  const schemes = 'http://data.europa.eu/esco/concept-scheme/occupations,\nx';
  const told = ['2024-05-08T10:00:00Z', '', '', '', schemes, 'Of several\nlines, with "quotes".'];
  return row(['Occupation', occupationUri(code), group, ...labels, status, ...told]);
};

export const aSkill = (
  code: string,
  title: string,
  { alternatives = [], hidden = [], status = 'released' }: Labels = {},
): string => {
  const labels = [title, alternatives.join('\n'), hidden.join('\n')];
  const kind = ['skill/competence', 'cross-sector'];
  const told = ['2024-05-08T10:00:00Z', '', '', '', 'Described.'];
  return row(['KnowledgeSkillCompetence', skillUri(code), ...kind, ...labels, status, ...told]);
};

export const aRelation = (occupation: string, relation: string, skill: string): string =>
  row([occupationUri(occupation), relation, 'skill/competence', skillUri(skill)]);

export const csv = (...rows: string[]): string => `${rows.join('\n')}\n`;

/** Makes a folder of files, by their names. */
export async function folderOf(
  files: Record<string, string | Buffer>,
  called: string = randomUUID(),
): Promise<string> {
  const folder = join(process.env.TEST_HOME!, randomUUID(), called);
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
