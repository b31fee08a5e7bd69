import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { median, rounded, type Figure } from './figures.js';
import { HOME } from './home.js';
import { startAnswering } from './programs.js';
import { writeEsco } from './scale/esco.js';

export interface ImportOrder {
  /** Of the owning role. */
  url: string;
  folder: string;
}

export interface ImportTime {
  seconds: number;
  /** The most it held of the machine's memory. */
  megabytes: number;
}

const ROUNDS = 3;
const ENGLISH_OCCUPATIONS = join(HOME, 'esco', 'occupations');
const ALL = join(HOME, 'esco', 'all');

/** Deleted, not truncated: other tables may point at them. */
const EMPTY = `
  delete from classification_titles where import_id is not null;
  delete from esco_occupation_skills;
  delete from esco_occupations;
  delete from esco_skills;
  delete from classification_imports`;
const VACUUM = 'vacuum analyze classification_titles';

/**
 * 3,000 occupations in English into an empty ESCO, beside a bare COPY of their file; then all of ESCO in two languages,
 * which stays for the searches.
 */
export async function escoImport(url: string): Promise<Figure[]> {
  await writeEsco(ENGLISH_OCCUPATIONS, ['en'], 'occupations');
  await writeEsco(ALL, ['en', 'da'], 'all');
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    const rounds: { ours: ImportTime; reference: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await owner.query(EMPTY);
      await owner.query(VACUUM);
      rounds.push({ reference: await bareCopy(owner), ours: await imported(url, ENGLISH_OCCUPATIONS) });
    }
    await owner.query(EMPTY);
    const all = await imported(url, ALL);
    await owner.query(VACUUM);
    return figuresOf(rounds, all);
  } finally {
    await owner.end();
  }
}

const said = (name: string, value: number, unit: string, reference = 'none'): Figure => ({
  name,
  value,
  unit,
  reference,
});

function figuresOf(rounds: { ours: ImportTime; reference: number }[], all: ImportTime): Figure[] {
  const ratio = median(rounds.map(({ ours, reference }) => reference / ours.seconds));
  const seconds = median(rounds.map(({ ours }) => ours.seconds));
  const bare = median(rounds.map(({ reference }) => reference));
  return [
    said('esco_import', ratio, 'ratio', 'bare_copy'),
    said('esco_import_time', seconds, 's', `bare_copy:${rounded(bare)}`),
    said('esco_import_all_time', all.seconds, 's'),
    {
      ...said('esco_import_all_memory', all.megabytes, 'MB'),
      target: { op: '<=', bound: 200 },
    },
  ];
}

async function imported(url: string, folder: string): Promise<ImportTime> {
  const importing = startAnswering('bench/importing.js');
  try {
    return await importing.ask<ImportTime>({ url, folder });
  } finally {
    await importing.stop();
  }
}

/** The file as it is into a table without a key, s. */
async function bareCopy(owner: pg.Client): Promise<number> {
  const columns = Array.from({ length: 13 }, (_, place) => `column_${place} text`).join(', ');
  await owner.query(`create temp table bare (${columns})`);
  const began = performance.now();
  const file = createReadStream(join(ENGLISH_OCCUPATIONS, 'occupations_en.csv'));
  await pipeline(file, owner.query(copyFrom('copy bare from stdin (format csv, header)')));
  const seconds = (performance.now() - began) / 1000;
  await owner.query('drop table bare');
  return seconds;
}
