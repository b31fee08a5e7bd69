import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const operatorFormProblem = problems('operator_forms', {
  no_such_form: {
    kind: 'not_found',
    da: 'Operatørens skema findes ikke, eller du arbejder ikke med sagen.',
    en: 'There is no such operator’s form, or you do not work on the case.',
  },
  no_such_question: {
    kind: 'not_found',
    da: 'Operatørens svar på feltet rejser intet spørgsmål.',
    en: 'What the operator answered in the field raises no question.',
  },
  dated_in_the_future: {
    kind: 'refused',
    da: 'Et skema kan ikke være fra en dag, der ikke er kommet.',
    en: 'A form cannot be from a day that has not come.',
  },
  answers_nothing: {
    kind: 'refused',
    da: 'Skemaet besvarer ingenting.',
    en: 'The form answers nothing.',
  },
  draft_of_older_form: {
    kind: 'conflict',
    da: 'Personens kladde svarer på en ældre udgave af skemaet. Underskriv den først.',
    en: 'The person’s draft answers an older version of the form. Sign it first.',
  },
  settled: {
    kind: 'conflict',
    da: 'Spørgsmålet er afgjort.',
    en: 'The question is settled.',
  },
  agreed: {
    kind: 'conflict',
    da: 'Kladden siger nu det samme som operatøren. Der er ikke noget at afgøre.',
    en: 'The draft says by now what the operator says. There is nothing to settle.',
  },
  moved_on: {
    kind: 'conflict',
    da: 'Svaret i kladden er ændret, siden du læste spørgsmålet. Se, hvad der står nu, og vælg igen.',
    en: 'The answer in the draft has changed since you read the question. See what stands now, then choose again.',
  },
});

const listed = (words: unknown): string => (words as string[]).join(', ');

declareRules({
  csv: {
    da: ({ line }) => `kan ikke læses som CSV (linje ${line})`,
    en: ({ line }) => `cannot be read as CSV (line ${line})`,
  },
  csv_quote_open: {
    da: ({ line }) => `har et anførselstegn i linje ${line}, der aldrig lukkes`,
    en: ({ line }) => `has a quotation mark in line ${line} that is never closed`,
  },
  csv_quote_inside: {
    da: ({ line }) =>
      `har et anførselstegn midt i en celle (linje ${line}): sæt hele cellen i anførselstegn, og skriv dem inde i den to gange`,
    en: ({ line }) =>
      `has a quotation mark in the middle of a cell (line ${line}): put the whole cell in quotation marks, and write those inside it twice`,
  },
  csv_separators: {
    da: ({ max }) => `har mere end ${max} skilletegn`,
    en: ({ max }) => `has more than ${max} separators`,
  },
  csv_one_row: {
    da: () => 'skal have feltnavnene i første linje og præcis én række svar',
    en: () => 'must have the names of the fields in its first line and exactly one row of answers',
  },
  csv_columns: {
    da: ({ columns, cells }) => `har ${columns} kolonner, men ${cells} celler i rækken`,
    en: ({ columns, cells }) => `has ${columns} columns, but ${cells} cells in its row`,
  },
  cell_flag: {
    da: () => 'skal være ja eller nej (eller yes/no, sand/falsk, true/false)',
    en: () => 'must be yes or no (or ja/nej, sand/falsk, true/false)',
  },
  cell_day: {
    da: () =>
      'skal være en dag i kalenderen, 1901-2150, med dagen før måneden: DD.MM.ÅÅÅÅ, DD-MM-ÅÅÅÅ eller DD/MM/ÅÅÅÅ; eller ÅÅÅÅ-MM-DD',
    en: () =>
      'must be a day of the calendar, 1901-2150, with the day before the month: DD.MM.YYYY, DD-MM-YYYY or DD/MM/YYYY; or YYYY-MM-DD',
  },
  cell_option: {
    da: ({ wrong, danish }) => `kender ikke ${listed(wrong)}; der kan svares: ${listed(danish)}`,
    en: ({ wrong, english }) => `does not know ${listed(wrong)}; it can be answered with: ${listed(english)}`,
  },
  json_cell: {
    da: () => 'skal være et svar skrevet som JSON',
    en: () => 'must be an answer written as JSON',
  },
});
