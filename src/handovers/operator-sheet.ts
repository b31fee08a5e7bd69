import { CsvError, parse } from 'csv-parse/sync';
import { cleanJson } from '../platform/http/body.js';
import { requestProblem, type FieldError } from '../platform/http/problem.js';
import { MOST_ERRORS } from '../platform/http/validation.js';
import type { FormField } from '../competences/forms.contract.js';
import { read, wrongIn } from './operator-cells.rules.js';

/** Separators in a whole sheet: a line of very many cells takes its reader seconds. */
const MOST_SEPARATORS = 10_000;
const LONGEST_NAME = 100;

/** A column and what stands in it. */
export type Cell = [column: string, cell: unknown];

/** What came, as columns and cells: JSON by its keys, CSV by its header and its one row. @throws 400 */
export function cellsOf(body: unknown): Cell[] {
  return typeof body === 'string' ? cellsOfCsv(body) : Object.entries(body ?? {});
}

function cellsOfCsv(text: string): Cell[] {
  const { delimiter, sheet, line } = separated(text);
  if (sheet.split(delimiter).length > MOST_SEPARATORS)
    throw unusable({ field: 'body', rule: 'csv_separators', values: { max: MOST_SEPARATORS } });
  const [header = [], ...rows] = linesOf(sheet, delimiter, line);
  if (rows.length !== 1) throw unusable({ field: 'body', rule: 'csv_one_row' });
  const [row] = rows;
  if (row.length !== header.length)
    throw unusable({
      field: 'body',
      rule: 'csv_columns',
      values: { columns: header.length, cells: row.length },
    });
  const names = header.map((name) => name.trim().slice(0, LONGEST_NAME));
  const twice = [...new Set(names.filter((name, i) => name !== '' && names.indexOf(name) < i))];
  if (twice.length > 0) throw unusable(...twice.map((field) => ({ field, rule: 'once' })));
  return names.flatMap((name, i): Cell[] => (name === '' && row[i].trim() === '' ? [] : [[name, row[i]]]));
}

/** What separates the cells, by the line in which Excel says it or else by the header; and the sheet, from which line on. */
function separated(text: string): { delimiter: string; sheet: string; line: number } {
  const said = /^sep=([^"\r\n])(\r\n|\r|\n)/iu.exec(text);
  if (said) return { delimiter: said[1], sheet: text.slice(said[0].length), line: 2 };
  return { delimiter: /^[^\n\r]*;/.test(text) ? ';' : ',', sheet: text, line: 1 };
}

/** Which rule of ours a sheet breaks, by what its reader calls it. */
const BROKEN: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'csv_quote_open',
  INVALID_OPENING_QUOTE: 'csv_quote_inside',
  CSV_INVALID_CLOSING_QUOTE: 'csv_quote_inside',
};

/** The header, and up to two rows: one more than there may be. @param first the line of the body it begins in */
function linesOf(text: string, delimiter: string, first: number): string[][] {
  try {
    return parse(text, { delimiter, to: 3, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, lines = 1, bytes } = error as CsvError & { lines?: number; bytes?: number };
    // Of a quote that is never closed it knows the last line, and the byte where the cell begins.
    const line = code === 'CSV_QUOTE_NOT_CLOSED' && bytes !== undefined ? lineAt(text, bytes) : lines;
    const values = { line: line + first - 1 };
    throw unusable({ field: 'body', rule: BROKEN[code] ?? 'csv', values });
  }
}

const lineAt = (text: string, bytes: number): number =>
  Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .split(/\r\n|\r|\n/).length;

/** What a cell says as the answer to a field; undefined when it says nothing. Text in JSON is read like text in CSV. */
export function answerIn(field: FormField, cell: unknown): { value: unknown } | FieldError {
  if (cell === null) return { value: undefined };
  if (typeof cell !== 'string') return { value: cell };
  let value: unknown;
  try {
    value = read(field, cell, cleanJson);
  } catch {
    return { field: field.name, rule: 'json_cell' };
  }
  return wrongIn(field, value) ?? { value };
}

export const unusable = (...errors: FieldError[]): Error =>
  requestProblem.invalid({ errors: errors.slice(0, MOST_ERRORS) });
