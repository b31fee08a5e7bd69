import { problems } from '../http/problem.js';
import { declareRules } from '../http/rule-texts.js';

export const fileProblem = problems('files', {
  not_a_file: {
    kind: 'unsupported',
    da: 'Send filens bytes som de er, som application/octet-stream eller den type, filen har.',
    en: 'Send the bytes of the file as they are, as application/octet-stream or the type the file has.',
  },
  encoded: {
    kind: 'unsupported',
    da: 'Send filens bytes som de er, uden Content-Encoding: de pakkes ikke ud.',
    en: 'Send the bytes of the file as they are, without Content-Encoding: they are not unpacked.',
  },
  type_not_allowed: {
    kind: 'unsupported',
    da: 'Filen skal være PDF, JPEG, PNG, WebP eller HEIC. Det er indholdet, der afgør det, ikke navnet.',
    en: 'The file must be PDF, JPEG, PNG, WebP or HEIC. Its content decides, not its name.',
  },
  too_large: {
    kind: 'too_large',
    da: 'Filen er for stor.',
    en: 'The file is too large.',
  },
  empty: {
    kind: 'invalid',
    da: 'Filen er tom.',
    en: 'The file is empty.',
  },
  other_bytes: {
    kind: 'refused',
    da: 'Det, der kom frem, har en anden SHA-256 end den, du oplyste. Send filen igen.',
    en: 'What arrived has another SHA-256 than you said. Send the file again.',
  },
});

declareRules({
  file_name: {
    da: ({ max }) =>
      `skal være et filnavn på 1 til ${max} tegn i procentkodet UTF-8, uden mapper og uden tegn, som et filsystem ikke tager`,
    en: ({ max }) =>
      `must be a file name of 1 to ${max} characters in percent-encoded UTF-8, without folders and without characters that a file system refuses`,
  },
});
