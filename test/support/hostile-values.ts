import { INJECTIONS } from './injections.js';

const deep = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const text = (value: string): string => JSON.stringify(value);

export const EMOJI = '👩🏽‍🚀 Selam';
export const NFC = 'Æbleø Ångström'.normalize('NFC');
export const NFD = NFC.normalize('NFD');
export const RIGHT_TO_LEFT = 'abc\u202Efdp.exe';

/** Values no field expects, each as the JSON text that says it: some of it no JavaScript value can. */
export const HOSTILE_JSON: readonly string[] = [
  'null',
  'true',
  '5',
  '-1',
  '0',
  '-0',
  '1.5',
  '99999',
  '2147483648',
  '-2147483649',
  '9223372036854775808',
  '1e308',
  '1e400',
  '1e-320',
  '""',
  '" "',
  '" x "',
  '"x"',
  '"5"',
  '"true"',
  '"null"',
  '"NaN"',
  '"Infinity"',
  '"-Infinity"',
  '"infinity"',
  '"now"',
  '"2026-02-30"',
  '"0000-01-01"',
  '"10000-01-01"',
  '"1900-12-31"',
  '"1901-01-01"',
  '"2150-12-31"',
  '"2151-01-01"',
  '"2027-02-01T00:00:00Z"',
  '"２０２７-０２-０１"',
  '"०१०१९०-१२३४"',
  '"0190f9a0-0000-7000-8000-000000000000"',
  text(RIGHT_TO_LEFT),
  text(EMOJI),
  text(NFC),
  text(NFD),
  text('\r\n\u001b[31mFORGED'),
  text('\u2028\u0085\ufeff'),
  text('../../../../etc/passwd'),
  text('..%2f..%2fetc%2fpasswd'),
  text('<script>alert(1)</script>'),
  text('=cmd|calc'),
  text('${7*7}'),
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"$ne":null}',
  '{"length":1}',
  '{"then":1}',
  '{"toJSON":1,"valueOf":1,"toString":1}',
  `[${Array.from({ length: 10_000 }, (_, i) => i).join()}]`,
];

/** Values that are refused wherever they stand: text Postgres cannot keep, keys every object has, no end of depth. */
export const REFUSED_JSON: readonly string[] = [
  '"x\\u0000y"',
  '"A\\ud800B"',
  '"\\udc00"',
  '{"a\\u0000":1}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  deep(10_000, '[', ']'),
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
];

/** A megabyte, less what the rest of a body needs. */
export const LONG_TEXT = text('x'.repeat(900_000));

/** Fields nobody may send. */
export const HOSTILE_KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'isAdmin',
  'createdAt',
];

/** Words of an address that are no text. */
export const UNREADABLE_WORDS: readonly string[] = [
  '%00',
  'x%00y',
  '%ff',
  '%ED%A0%80',
  '%',
  '%zz',
  '%C0%AE%C0%AE',
];

/** Values of a parameter, already as they stand in an address. */
export const HOSTILE_WORDS: readonly string[] = [
  '',
  '%20',
  '%20x%20',
  '%E2%80%AEabc',
  encodeURIComponent(EMOJI),
  encodeURIComponent(NFD),
  '%0d%0aSet-Cookie:%20a=b',
  '-1',
  '0',
  '101',
  '1e9',
  'NaN',
  '1.5',
  '1e30',
  '9223372036854775808',
  'Infinity',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '2026-02-30',
  '0000-01-01',
  '10000-01-01',
  'infinity',
  '__proto__',
  'constructor',
  'toString',
  '..%2f..%2fetc%2fpasswd',
  '0190F9A0-0000-7000-8000-00000000000G',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(199),
  'x'.repeat(3000),
  'x'.repeat(20_000),
];

/** Values of the headers the program reads. */
export const HOSTILE_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'if-match': [
    '',
    '*',
    'W/"1"',
    '1',
    '"1", "2"',
    '"-1"',
    '"1.5"',
    '"1e9"',
    '"2147483648"',
    '"x"',
    '"æ"',
    '"'.repeat(4000),
  ],
  purpose: ['', 'curiosity', 'cover, cover', '__proto__', "' or 1=1--", 'æ', 'x'.repeat(4000)],
  'file-name': [
    '',
    '..%2f..%2fetc%2fpasswd',
    '%',
    '%00',
    'a%0d%0ab.pdf',
    '%E2%80%AEfdp.exe',
    'x'.repeat(4000),
  ],
  'accept-language': ['', '*', 'da;q=x', ',,,;;;', 'en;q=1e999', '__proto__', 'x-'.repeat(2000), 'en'],
  authorization: [
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Basic eDp5',
    'Bearer a.b.c',
    `Bearer ${'a'.repeat(8000)}`,
    'Bearer æ',
  ],
  accept: ['text/html', ''],
  'x-http-method-override': ['DELETE'],
  'x-forwarded-for': ["' or 1=1--"],
  cookie: ['__proto__=1'],
  'x-large': ['x'.repeat(20_000)],
};

let turn = 0;

/** The next few of the injections, so that all have their turn in a run. */
export function someInjections(count: number): string[] {
  return Array.from({ length: count }, () => INJECTIONS[turn++ % INJECTIONS.length]);
}
