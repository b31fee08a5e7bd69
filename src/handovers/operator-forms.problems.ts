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
});

declareRules({
  csv: {
    da: ({ line }) => `kan ikke læses som CSV (linje ${line})`,
    en: ({ line }) => `cannot be read as CSV (line ${line})`,
  },
  csv_one_row: {
    da: () => 'skal have feltnavnene i første linje og præcis én række svar',
    en: () => 'must have the names of the fields in its first line and exactly one row of answers',
  },
  csv_columns: {
    da: ({ columns, cells }) => `har ${columns} kolonner, men ${cells} celler i rækken`,
    en: ({ columns, cells }) => `has ${columns} columns, but ${cells} cells in its row`,
  },
  json_cell: {
    da: () => 'skal være et svar skrevet som JSON',
    en: () => 'must be an answer written as JSON',
  },
});
