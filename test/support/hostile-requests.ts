import { gzipSync } from 'node:zlib';
import { addressOf } from './attempts.js';
import { bodiesFor } from './hostile-bodies.js';
import {
  HOSTILE_HEADERS,
  HOSTILE_KEYS,
  HOSTILE_WORDS,
  someInjections,
  UNREADABLE_WORDS,
} from './hostile-values.js';
import type { Api, Operation } from './openapi.js';
import type { ValidRequest } from './valid-request.js';
import type { Shot } from './wire.js';

/** One thing wrong with a request that is otherwise right. */
export interface Attack {
  /** Where and what, for whoever reads that it succeeded. */
  what: string;
  shot(right: ValidRequest): Shot;
  /** The only right answer, where there is only one. */
  expects?: number;
}

const MARK = '\u0001HOSTILE\u0001';
/** Longer than the head of a request may be: the answer is 431, whatever else is wrong. */
const TOO_LONG = 10_000;

/** Every attack on an operation; `injections` is how many of them each place gets. */
export function attacksOn(operation: Operation, api: Api, injections: number): Attack[] {
  const { body } = operation;
  return [
    ...operation.params.flatMap((name) => pathAttacks(operation, name, injections)),
    ...queryAttacks(operation, injections),
    ...headerAttacks(operation),
    ...(operation.method === 'GET' ? [] : rawBodyAttacks(operation)),
    ...(body ? bodiesFor(operation, body, api, injections) : []).map(({ what, text, expects }) => ({
      what: `body ${what}`,
      expects,
      shot: (right: ValidRequest) => rightShot(operation, right, { body: text(right.body ?? {}) }),
    })),
  ];
}

/** What is wrong with the address by one attack and, by another, with the headers and the body. */
export function both(one: Attack, other: Attack): Attack {
  return {
    what: `${one.what} and ${other.what}`,
    shot: (right) => {
      const [{ path }, { method, headers, body }] = [one.shot(right), other.shot(right)];
      return { method, path, headers, body };
    },
  };
}

/** The request as it is, not attacked. */
function rightShot({ method, url }: Operation, right: ValidRequest, over: Partial<Shot> = {}): Shot {
  const query = new URLSearchParams(right.query).toString();
  return {
    method,
    path: `${addressOf(url, right.params)}${query && `?${query}`}`,
    body: right.file ?? (right.body === undefined ? undefined : JSON.stringify(right.body)),
    ...over,
    headers: { ...(right.body && { 'content-type': 'application/json' }), ...right.headers, ...over.headers },
  };
}

function pathAttacks(operation: Operation, name: string, injections: number): Attack[] {
  const words = [
    ...HOSTILE_WORDS,
    ...UNREADABLE_WORDS,
    ...someInjections(injections).map(encodeURIComponent),
  ];
  return words.map((word) => ({
    what: `path ${name}=${word.slice(0, 60)}`,
    expects: UNREADABLE_WORDS.includes(word) ? 400 : undefined,
    shot: (right) => {
      const marked = addressOf(operation.url, { ...right.params, [name]: MARK });
      return rightShot(operation, right, { path: marked.replace(encodeURIComponent(MARK), word) });
    },
  }));
}

function queryAttacks(operation: Operation, injections: number): Attack[] {
  const attack = (text: string, expects?: number): Attack => ({
    what: `query ${text.slice(0, 80)}`,
    expects: text.length > TOO_LONG ? undefined : expects,
    shot: (right) => {
      const { path } = rightShot(operation, { ...right, query: without(right.query, text) });
      return rightShot(operation, right, { path: `${path}${path.includes('?') ? '&' : '?'}${text}` });
    },
  });
  const known = operation.query.flatMap(({ name }) => [
    ...[...HOSTILE_WORDS, ...someInjections(injections).map(encodeURIComponent)].map((word) =>
      attack(`${name}=${word}`, ['limit', 'cursor', 'sort'].includes(name) ? 400 : undefined),
    ),
    ...UNREADABLE_WORDS.map((word) => attack(`${name}=${word}`, 400)),
    ...[`${name}=5&${name}=5`, `${name}[]=5`, `${name}[a]=5`].map((text) => attack(text, 400)),
  ]);
  // A route without parameters does not look at them; keys that every object has are refused everywhere.
  const unknown = operation.query.length > 0 ? 400 : undefined;
  return [
    ...known,
    ...HOSTILE_KEYS.map((key) => attack(`${key}=1`, key in Object.prototype ? 400 : unknown)),
    ...['%00=1', '%ff', '%'].map((text) => attack(text, 400)),
    ...['constructor[prototype][polluted]=1', '=', 'x=1&'.repeat(2000)].map((text) => attack(text, unknown)),
    attack('&&&'),
  ];
}

/** A parameter that is attacked is not sent a second time as it should be. */
function without(query: Record<string, string> = {}, text: string): Record<string, string> {
  const name = /^\w+/.exec(text)?.[0];
  return Object.fromEntries(Object.entries(query).filter(([key]) => key !== name));
}

function headerAttacks(operation: Operation): Attack[] {
  return Object.entries(HOSTILE_HEADERS).flatMap(([name, values]) =>
    values.map((value) => ({
      what: `header ${name}: ${value.slice(0, 60)}`,
      expects: name === 'authorization' && operation.roles.length > 0 ? 401 : undefined,
      shot: (right: ValidRequest) => rightShot(operation, right, { headers: { [name]: value } }),
    })),
  );
}

type RawBody = [
  what: string,
  expects: number | undefined,
  type: string | undefined,
  body: string | Uint8Array,
];

const JSON_TYPE = 'application/json';
const NO_OBJECT = [
  '{"',
  '{}x',
  '{}{}',
  ' ',
  'null',
  '[]',
  '[{}]',
  '"text"',
  '5',
  'true',
  'NaN',
  "{'a':1}",
  '{"a":1,}',
];
const NO_UTF8 = [
  Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d),
  Uint8Array.of(0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d),
  Buffer.from('{"a":1}', 'utf16le'),
  gzipSync('{}'),
];
const OTHER_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/vnd.api+json',
  ';;=',
  undefined,
];
const RAW_BODIES: RawBody[] = [
  ...NO_OBJECT.map((body): RawBody => [body, 400, JSON_TYPE, body]),
  ...NO_UTF8.map((body, i): RawBody => [`bytes that are no UTF-8 (${i})`, 400, JSON_TYPE, body]),
  ...OTHER_TYPES.map((type): RawBody => [`as ${type}`, 415, type, '{}']),
  ['2 MB', 413, JSON_TYPE, `"${'x'.repeat(2_000_000)}"`],
  ['nothing', undefined, JSON_TYPE, ''],
  ['byte order mark', undefined, JSON_TYPE, '\uFEFF{}'],
  ['another charset', undefined, `${JSON_TYPE}; charset=latin1`, '{}'],
];

function rawBodyAttacks(operation: Operation): Attack[] {
  const { uploads } = operation;
  return RAW_BODIES.map(([what, expects, type, body]) => ({
    what: `raw ${what}`,
    // a file is none of these, whatever is in it
    expects: uploads ? 415 : expects,
    shot: (right) => {
      const { 'content-type': _, ...headers } = rightShot(operation, right).headers;
      const typed = { ...headers, ...(type !== undefined && { 'content-type': type }) };
      return { ...rightShot(operation, right, { body }), headers: typed };
    },
  }));
}
