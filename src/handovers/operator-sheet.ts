import { CsvError, parse } from 'csv-parse/sync';
import { cleanJson } from '../platform/http/body.js';
import { requestProblem, type FieldError } from '../platform/http/problem.js';
import { MOST_ERRORS } from '../platform/http/validation.js';
import type { FormField } from '../competences/forms.contract.js';
import { read } from './operator-cells.rules.js';

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
  const delimiter = /^[^\n\r]*;/.test(text) ? ';' : ',';
  if (text.split(delimiter).length > MOST_SEPARATORS) throw requestProblem.unreadable();
  const [header = [], ...rows] = linesOf(text, delimiter);
  if (rows.length !== 1) throw unusable({ field: 'body', rule: 'csv_one_row' });
  const [row] = rows;
  if (row.length !== header.length)
    throw unusable({
      field: 'body',
      rule: 'csv_columns',
      values: { columns: header.length, cells: row.length },
    });
  const names = header.map((name) => name.trim().slice(0, LONGEST_NAME));
  const twice = names.filter((name, i) => name !== '' && names.indexOf(name) < i);
  if (twice.length > 0) throw unusable(...twice.map((field) => ({ field, rule: 'once' })));
  return names.flatMap((name, i): Cell[] => (name === '' && row[i].trim() === '' ? [] : [[name, row[i]]]));
}

/** The header, and up to two rows: one more than there may be. */
function linesOf(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, to: 3, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unusable({ field: 'body', rule: 'csv', values: { line: error.lines ?? 1 } });
  }
}

/** What a cell says as the answer to a field; undefined when it says nothing. Text in JSON is read like text in CSV. */
export function answerIn(field: FormField, cell: unknown): { value: unknown } | FieldError {
  if (cell === null) return { value: undefined };
  if (typeof cell !== 'string') return { value: cell };
  try {
    return { value: read(field, cell, cleanJson) };
  } catch {
    return { field: field.name, rule: 'json_cell' };
  }
}

export const unusable = (...errors: FieldError[]): Error =>
  requestProblem.invalid({ errors: errors.slice(0, MOST_ERRORS) });
