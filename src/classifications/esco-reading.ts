import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { stagingOf } from './esco-import.queries.js';
import { judge, wrongHeader, type EscoFile, type EscoRecord } from './esco.rules.js';
import type { Faults } from './esco-faults.js';

/** A quote that is never closed must not gather the rest of the file in memory. */
const LARGEST_RECORD = 1024 * 1024;
/** What goes to Postgres at a time, letters. */
const TOGETHER = 32 * 1024;

/** What was read of a file. */
export interface ReadFile {
  name: string;
  sha256: string;
  bytes: number;
  rows: number;
}

interface Parsed {
  record: EscoRecord;
  /** On which it begins. */
  line: number;
}

/**
 * Reads a file as a stream into its staging table. Rows that break a rule go into `faults`.
 * @throws ImportRefused when the file can be read no further
 */
export async function readInto(
  client: pg.Client,
  folder: string,
  file: EscoFile,
  faults: Faults,
  tell: (percent: number) => void,
): Promise<ReadFile> {
  const path = join(folder, file.name);
  const { size } = await stat(path);
  const hash = createHash('sha256');
  let bytes = 0;
  const rows = new Rows(file, faults);
  const seen = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      tell(Math.floor((100 * bytes) / Math.max(size, bytes)));
      yield chunk;
    }
  };
  const parser = parse({
    skip_empty_lines: true,
    max_record_size: LARGEST_RECORD,
    columns: (header: string[]) => rows.begin(header),
    // While it parses: what is wrong is told of a record before those that were parsed are taken.
    on_record: (record: EscoRecord, { lines }) => rows.parsed(record, lines),
  });
  try {
    await pipeline(
      createReadStream(path),
      seen,
      decoded,
      parser,
      (parsed: AsyncIterable<Parsed>) => rows.copied(parsed),
      client.query(copyFrom(stagingOf(file.kind))),
    );
  } catch (error) {
    const line = error instanceof NotUtf8 ? error.line : rows.nextLine;
    if (!(error instanceof Unreadable || error instanceof CsvError)) throw error;
    faults.add(file.name, line, error.message);
    faults.refuse();
  }
  return { name: file.name, sha256: hash.digest('hex'), bytes, rows: rows.count };
}

/** It can be read no further. */
class Unreadable extends Error {}

class NotUtf8 extends Unreadable {
  constructor(readonly line: number) {
    super('bytes that are not UTF-8');
  }
}

/** Text without a byte order mark. @throws NotUtf8 */
async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const [strict, lossy] = [new TextDecoder('utf-8', { fatal: true }), new TextDecoder('utf-8')];
  let line = 1;
  const text = (chunk?: Buffer): string => {
    const shown = lossy.decode(chunk, { stream: chunk !== undefined });
    try {
      const right = strict.decode(chunk, { stream: chunk !== undefined });
      line += newlinesIn(right);
      return right;
    } catch {
      throw new NotUtf8(line + newlinesIn(shown.slice(0, shown.indexOf('\ufffd'))));
    }
  };
  for await (const chunk of chunks) yield text(chunk);
  yield text();
}

const newlinesIn = (text: string): number => text.split('\n').length - 1;

/** The records of a file on their way into the staging table. */
class Rows {
  count = 0;
  /** On which the next record begins. */
  nextLine = 1;

  constructor(
    private readonly file: EscoFile,
    private readonly faults: Faults,
  ) {}

  begin(header: string[]): string[] {
    const wrong = wrongHeader(this.file.kind, header);
    if (wrong) throw new Unreadable(wrong);
    this.nextLine++;
    return header;
  }

  /** `last` line of the record. */
  parsed(record: EscoRecord, last: number): Parsed {
    const line = this.nextLine;
    this.nextLine = last + 1;
    return { record, line };
  }

  /** As `copy … from stdin` takes them, many at a time. */
  async *copied(parsed: AsyncIterable<Parsed>): AsyncGenerator<string> {
    let together = '';
    for await (const { record, line } of parsed) {
      this.count++;
      const judged = judge(this.file.kind, record);
      if ('wrong' in judged) this.faults.add(this.file.name, line, judged.wrong);
      else together += copyLine([this.file.lang, this.file.name, String(line), ...judged.row]);
      if (together.length > TOGETHER) {
        yield together;
        together = '';
      }
    }
    if (this.count === 0) throw new Unreadable('has no rows');
    yield together;
  }
}

const copyLine = (values: (string | null)[]): string => `${values.map(copyValue).join('\t')}\n`;

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const copyValue = (value: string | null): string =>
  value?.replace(/[\\\t\n\r]/g, (letter) => ESCAPED[letter]) ?? '\\N';
