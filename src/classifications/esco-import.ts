import { readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Faults, ImportRefused } from './esco-faults.js';
import {
  ANALYZE_STAGING,
  BEGIN_IMPORT,
  CLAIM,
  CONCEPT_FAULTS,
  CONCEPTS,
  countUnchanged,
  END_IMPORT,
  FINISH,
  LAST_RELEASE,
  MAKE_STAGING,
  MAKE_TITLES,
  MERGE_RELATIONS,
  MERGE_TITLES,
  RELATION_FAULTS,
  TITLE_CHANGES,
  type Change,
  type ConceptCounts,
  type FaultRow,
} from './esco-import.queries.js';
import { readInto, type ReadFile } from './esco-reading.js';
import { escoFile, isOlder, isRelease, releaseNamedBy, type EscoFile, type EscoKind } from './esco.rules.js';

export interface ImportOptions {
  /** With the CSV files of a release, of one language or of several. */
  folder: string;
  /** Such as `1.2.0`; without it, the one that the folder's name says, if any. */
  release?: string;
  /** Also when it is older than what is here, or ends much of it. */
  force?: boolean;
  /** Is told what is being done. */
  tell: (doing: string) => void;
}

export interface Imported {
  id: number;
  release: string | null;
  files: ReadFile[];
  changes: Change[];
}

/** A killed import holds its lock until Postgres sees that nobody is there any more. */
const LOOKS_FOR_CLIENT_MS = 500;
const PATIENCE_MS = 3_000;
/** More concepts that end at once than any release has ended so far: rather half a file. */
const MANY = 100;
const MUCH = 0.2;

/**
 * Brings the classifications to what the folder says, in one transaction: whoever searches meanwhile sees all of the
 * old or all of the new, and a killed import leaves nothing. Needs the owning role: the serving one only reads these.
 * @throws ImportRefused with nothing changed
 */
export async function importEsco(client: pg.Client, options: ImportOptions): Promise<Imported> {
  const { folder, force = false, tell } = options;
  const files = await filesOf(folder);
  const release = options.release ?? releaseNamedBy(basename(resolve(folder)));
  if (release !== null && !isRelease(release))
    throw new ImportRefused(`${release} is no release of ESCO: write numbers and dots, such as 1.2.0`);
  await client.query('begin');
  try {
    await client.query(`set local client_connection_check_interval = ${LOOKS_FOR_CLIENT_MS}`);
    await claim(client, tell);
    if (!force) await refuseOlder(client, release);
    const read = await stage(client, folder, files, tell);
    const { rows } = await client.query<{ id: number }>(BEGIN_IMPORT, [release]);
    const [{ id }] = rows;
    const changes = await merge(client, id, new Set(files.map(({ kind }) => kind)), force, tell);
    await client.query(END_IMPORT, [id, JSON.stringify(read), JSON.stringify(changes)]);
    tell('sorting the titles in');
    await client.query(FINISH);
    await client.query('commit');
    return { id, release, files: read, changes };
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error says more
    throw error;
  }
}

async function filesOf(folder: string): Promise<EscoFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new ImportRefused(`${folder} is no folder that can be read (${error.code})`);
  });
  const files = names.toSorted().flatMap((name) => escoFile(name) ?? []);
  const unnamed = files.filter(({ kind, lang }) => kind !== 'relations' && lang === null);
  if (unnamed.length > 0)
    throw new ImportRefused(`${unnamed[0].name}: its name must end with its language, such as _en.csv`);
  if (files.length === 0)
    throw new ImportRefused(
      `${folder} has no file called occupations_en.csv, skills_en.csv or occupationSkillRelations_en.csv (or of another language)`,
    );
  return files;
}

async function claim(client: pg.Client, tell: ImportOptions['tell']): Promise<void> {
  const late = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>(CLAIM);
    if (rows[0].mine) return;
    if (performance.now() > late)
      throw new ImportRefused('another import is running: wait until it has ended, then start again');
    tell('another import is running');
    await sleep(200);
  }
}

async function refuseOlder(client: pg.Client, release: string | null): Promise<void> {
  const { rows } = await client.query<{ release: string }>(LAST_RELEASE);
  const last = rows[0]?.release;
  if (release !== null && last !== undefined && isOlder(release, last))
    throw new ImportRefused(
      `${release} is older than ${last}, which is here; --force imports it all the same`,
    );
}

/** @throws ImportRefused when a row breaks a rule */
async function stage(
  client: pg.Client,
  folder: string,
  files: EscoFile[],
  tell: ImportOptions['tell'],
): Promise<ReadFile[]> {
  const faults = new Faults();
  await client.query(MAKE_STAGING);
  const read: ReadFile[] = [];
  for (const file of files)
    read.push(
      await readInto(client, folder, file, faults, (percent) => tell(`reading ${file.name}: ${percent} %`)),
    );
  await client.query(ANALYZE_STAGING);
  await look(client, CONCEPT_FAULTS, faults);
  return read;
}

async function look(client: pg.Client, forFaults: string, faults = new Faults()): Promise<void> {
  const { rows } = await client.query<FaultRow>(forFaults);
  for (const { file, line, rule } of rows) faults.add(file, line, rule);
  faults.refuse();
}

async function merge(
  client: pg.Client,
  id: number,
  kinds: Set<EscoKind>,
  force: boolean,
  tell: ImportOptions['tell'],
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const kind of ['occupations', 'skills'] as const) {
    if (!kinds.has(kind)) continue;
    tell(`merging ${kind}`);
    const change = await mergeConcepts(client, id, kind);
    if (!force) refuseLoss(kind, change);
    changes.push(change);
  }
  if (kinds.has('relations')) await look(client, RELATION_FAULTS);
  if (kinds.has('occupations') || kinds.has('skills')) {
    await client.query(MAKE_TITLES);
    for (const [place, statement] of MERGE_TITLES.entries()) {
      tell(`merging titles, step ${place + 1} of ${MERGE_TITLES.length}`);
      await client.query(statement, [id]);
    }
    tell('counting what changed');
    for (const change of (await client.query<Change>(TITLE_CHANGES)).rows) {
      if (!force) refuseLoss(`titles in ${change.lang} of ${change.what}`, change);
      changes.push(change);
    }
  }
  if (kinds.has('relations')) {
    tell('merging relations');
    const { rows } = await client.query<Omit<Change, 'what' | 'lang'>>(MERGE_RELATIONS, [id]);
    const change: Change = { what: 'esco_occupation_skill', lang: null, ...rows[0] };
    if (!force) refuseLoss('relations', change);
    changes.push(change);
  }
  return changes;
}

async function mergeConcepts(client: pg.Client, id: number, kind: 'occupations' | 'skills'): Promise<Change> {
  const { what, table, merge: statement } = CONCEPTS[kind];
  const { rows } = await client.query<ConceptCounts>(statement, [id]);
  const rest = await client.query<{ unchanged: number }>(countUnchanged(table), [id]);
  return { what, lang: null, ...rows[0], ...rest.rows[0] };
}

function refuseLoss(kind: string, { changed, obsolete, unchanged }: Change): void {
  const before = changed + obsolete + unchanged;
  if (obsolete > MANY && obsolete > MUCH * before)
    throw new ImportRefused(
      `${obsolete} of ${before} ${kind} would be gone: is the file whole? --force imports it all the same`,
    );
}
