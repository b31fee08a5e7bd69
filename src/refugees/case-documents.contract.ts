/** What a document of a case is. */
export const DOCUMENT_KINDS = [
  'permit_letter',
  'signed_contract',
  'statement',
  'certificate',
  'school_paper',
  'work_paper',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** 10 MiB. */
export const LARGEST_DOCUMENT_BYTES = 10 * 1024 * 1024;
