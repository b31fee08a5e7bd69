// No act: what the CSV files of ESCO hold, as the European Commission publishes them.

export type EscoKind = 'occupations' | 'skills' | 'relations';

export interface EscoFile {
  name: string;
  kind: EscoKind;
  /** ISO 639-1, as its name ends; relations say the same in every language. */
  lang: string | null;
}

const NAMES: Record<string, EscoKind> = {
  occupations: 'occupations',
  skills: 'skills',
  occupationSkillRelations: 'relations',
};

/** What a file of that name holds; nothing if it is none of those we import. */
export function escoFile(name: string): EscoFile | undefined {
  const [, what, , lang = null] = /^([A-Za-z]+)(_([a-z]{2}))?\.csv$/.exec(name) ?? [];
  const kind = Object.hasOwn(NAMES, what ?? '') ? NAMES[what] : undefined;
  return kind && { name, kind, lang };
}

/** ESCO's own folders are called `ESCO dataset - v1.2.0 - classification - en - csv`. */
export const releaseNamedBy = (folder: string): string | null =>
  /\bv(\d+(?:\.\d+){1,3})\b/.exec(folder)?.[1] ?? null;

export const isRelease = (text: string): boolean => /^\d{1,9}(\.\d{1,9}){1,3}$/.test(text);

/** Numbers compare as numbers: 1.9 is older than 1.10; what is not said is 0. */
export function isOlder(release: string, other: string): boolean {
  const [a, b] = [release, other].map((text) => text.split('.').map(Number));
  const place = [0, 1, 2, 3].find((at) => (a[at] ?? 0) !== (b[at] ?? 0));
  return place !== undefined && (a[place] ?? 0) < (b[place] ?? 0);
}

const LABELS = ['preferredLabel', 'altLabels', 'hiddenLabels', 'status'] as const;
/** What we read; a file may have more columns, and in any order. */
export const COLUMNS = {
  occupations: ['conceptType', 'conceptUri', 'iscoGroup', ...LABELS],
  skills: ['conceptType', 'conceptUri', 'skillType', 'reuseLevel', ...LABELS],
  relations: ['occupationUri', 'relationType', 'skillUri'],
} as const;

/** Which rule the header of a file breaks. */
export function wrongHeader(kind: EscoKind, header: readonly string[]): string | undefined {
  const missing = COLUMNS[kind].filter((column) => !header.includes(column));
  if (missing.length > 0)
    return `has no column ${missing.join(', ')} (columns are separated by commas and named as ESCO names them)`;
  const twice = COLUMNS[kind].find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  return twice && `has the column ${twice} twice`;
}

export type EscoRecord = Record<string, string>;
export type Judged = { row: (string | null)[] } | { wrong: string };

const LONGEST_LABEL = 500;
const LONGEST_WORD = 100;
// oxlint-disable-next-line no-control-regex -- control characters are what this finds
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The row to keep of a record, its columns in the order of `KEPT`, or the rule that it breaks. */
export function judge(kind: EscoKind, record: EscoRecord): Judged {
  return kind === 'relations' ? relation(record) : concept(kind, record);
}

/** The columns of the rows that `judge` makes. */
export const KEPT = {
  occupations: ['code', 'uri', 'isco_group', 'preferred', 'alternatives', 'hidden', 'status'],
  skills: ['code', 'uri', 'skill_type', 'reuse_level', 'preferred', 'alternatives', 'hidden', 'status'],
  relations: ['occupation', 'skill', 'relation'],
} as const;

const CONCEPT = {
  occupations: { type: 'Occupation', path: 'occupation' },
  skills: { type: 'KnowledgeSkillCompetence', path: 'skill' },
} as const;

function concept(kind: 'occupations' | 'skills', record: EscoRecord): Judged {
  const { type, path } = CONCEPT[kind];
  const { conceptType, conceptUri, status } = record;
  const code = codeOf(conceptUri, path);
  const labels = [record.preferredLabel, record.altLabels, record.hiddenLabels].map(linesOf);
  const words = kind === 'occupations' ? [record.iscoGroup] : [record.skillType, record.reuseLevel];
  if (conceptType !== type) return { wrong: `conceptType is ${shown(conceptType)}, not ${type}` };
  if (code === undefined) return { wrong: notAnAddress('conceptUri', conceptUri, path) };
  if (status !== 'released' && status !== 'obsolete')
    return { wrong: `status is ${shown(status)}, not released or obsolete` };
  if (labels[0].length > 1) return { wrong: 'preferredLabel has more than one line' };
  const label = labels.flat().find((text) => text.length > LONGEST_LABEL || CONTROL.test(text));
  if (label !== undefined)
    return { wrong: `label ${shown(label)} has control characters or more than ${LONGEST_LABEL} letters` };
  const word = words.find((text) => text.length > LONGEST_WORD || CONTROL.test(text));
  if (word !== undefined)
    return { wrong: `${shown(word)} has control characters or more than ${LONGEST_WORD} letters` };
  const [preferred, alternatives, hidden] = labels.map((lines) => orNull(lines.join('\n')));
  return { row: [code, conceptUri, ...words.map(orNull), preferred, alternatives, hidden, status] };
}

function relation({ occupationUri, relationType, skillUri }: EscoRecord): Judged {
  const [occupation, skill] = [codeOf(occupationUri, 'occupation'), codeOf(skillUri, 'skill')];
  if (occupation === undefined) return { wrong: notAnAddress('occupationUri', occupationUri, 'occupation') };
  if (skill === undefined) return { wrong: notAnAddress('skillUri', skillUri, 'skill') };
  if (relationType !== 'essential' && relationType !== 'optional')
    return { wrong: `relationType is ${shown(relationType)}, not essential or optional` };
  return { row: [occupation, skill, relationType] };
}

const BASE = 'http://data.europa.eu/esco/';

/** The code of a concept is the end of its address: in ESCO's own files a UUID. */
function codeOf(uri: string, path: string): string | undefined {
  const start = `${BASE}${path}/`;
  const end = uri.startsWith(start) ? uri.slice(start.length) : '';
  return /^[A-Za-z0-9_.-]{1,36}$/.test(end) ? end : undefined;
}

const notAnAddress = (column: string, uri: string, path: string): string =>
  `${column} is ${shown(uri)}, not ${BASE}${path}/ and a code of up to 36 characters`;

/** Labels stand one on a line. */
const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
