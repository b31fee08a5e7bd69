/** The day these forms are received, and the day they are of. */
export const TODAY = '2027-03-15';
export const DATED = '2027-03-12';

export const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
export const csv = (sheet: Record<string, string>, separator = ';', end = '\r\n'): string =>
  [Object.keys(sheet).join(separator), Object.values(sheet).map(quoted).join(separator), ''].join(end);
