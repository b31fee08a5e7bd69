import { problems } from '../platform/http/problem.js';

export const documentProblem = problems('documents', {
  no_such_document: {
    kind: 'not_found',
    da: 'Dokumentet findes ikke, eller du arbejder ikke med sagen.',
    en: 'There is no such document, or you do not work on the case.',
  },
  no_content: {
    kind: 'not_found',
    da: 'Dokumentet findes ikke, er trukket tilbage, eller du arbejder ikke med sagen.',
    en: 'There is no such document, it was withdrawn, or you do not work on the case.',
  },
  id_taken: {
    kind: 'conflict',
    da: 'Der er et andet dokument med dette id: vælg et nyt id.',
    en: 'There is another document with this id: choose a new id.',
    constraint: 'case_documents_pkey',
  },
  withdrawn: {
    kind: 'conflict',
    da: 'Dokumentet er trukket tilbage.',
    en: 'The document was withdrawn.',
    constraint: 'case_documents_withdrawn',
  },
});
