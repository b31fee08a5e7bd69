import { setTimeout as sleep } from 'node:timers/promises';
import { declaredProblems } from '../src/platform/http/problem.filter.js';
import type { Role } from '../src/staff/staff.contract.js';
import { Office } from './factories/office.js';
import type { TestAccount } from './factories/staff.js';
import { attempt, nameOf } from './support/attempts.js';
import { Client, type Reply } from './support/client.js';
import { Api, type ApiDocument, type Media, type Operation, type Schema } from './support/openapi.js';
import { startProgram, type Program } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';
import type { ValidRequest } from './support/valid-request.js';
import { VALID_REQUESTS } from './support/valid-requests.js';

jest.setTimeout(600_000);

/** The days in the examples are meant from here: signed a week ago, taken over in two months. */
const NOW = new Date('2026-11-23T08:00:00Z');

describe('the OpenAPI document of the running program', () => {
  let program: Program;
  let document: ApiDocument;
  let api: Api;
  let operations: Operation[];
  let office: Office;

  beforeAll(async () => {
    program = await startProgram({ LOG_LEVEL: 'error' });
    document = (await (await fetch(`${program.address}/api/openapi.json`)).json()) as ApiDocument;
    api = new Api(document);
    operations = api.operations();
    await program.database.moveClock(NOW.toISOString());
    await sleep(1_000);
    office = await Office.open({ database: program.database, as: clientOf });
  });
  afterAll(() => program?.stop());

  const clientOf = (account: TestAccount): Client =>
    new Client(program.address, () => signed(claimsOf(account, NOW)));

  /** All that is wrong with the operations, by name; empty when all is well. */
  const wrongs = (look: (operation: Operation) => string[]): string[] =>
    operations.flatMap((operation) => look(operation).map((wrong) => `${nameOf(operation)}: ${wrong}`));

  it('says of each operation what it does, for whom, and what its parameters are', () => {
    const ids = operations.map(({ raw }) => raw.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const found = wrongs(({ raw: { operationId, summary, description, tags = [], parameters = [] } }) => [
      ...(/^[A-Z][A-Za-z]+_[a-z][A-Za-z]+$/.test(operationId) ? [] : [`the id ${operationId}`]),
      ...(summary && description && tags.length > 0 ? [] : ['write a /** doc */ above the route']),
      ...parameters.flatMap(({ name, description: says, example, schema }) => [
        ...(says ? [] : [`${name}: write a /** doc */ above the field of the query's DTO`]),
        ...(example === undefined ? [`${name}: give it an @example`] : []),
        ...api.misfits(schema, example, `the example of ${name}`),
      ]),
    ]);
    expect(found).toEqual([]);
  });

  it('shows an example of every body, whole, and as its schema wants it', () => {
    const found = wrongs(({ raw, body, replies }) => [
      ...(body ? wrongsOfExample(raw.requestBody!.content['application/json']) : []),
      ...[...replies].flatMap(([status, reply]) => {
        if (!reply) return [202, 204].includes(status) ? [] : [`${status} without a body`];
        return Object.values(raw.responses[status].content!).flatMap(wrongsOfExample);
      }),
    ]);
    expect([...new Set(found)]).toEqual([]);
  });

  it('says what each operation may refuse, each problem with its text and an example', () => {
    const found = wrongs(({ raw, problems, roles, method, uploads }) => {
      const expected = [
        '400 request.invalid',
        '503 server.unavailable',
        ...(roles.length > 0 ? ['401 request.unauthenticated', '403 request.forbidden'] : []),
        ...(method === 'GET' || uploads ? [] : ['413 request.too_large', '415 request.not_json']),
        ...(uploads ? ['413 files.too_large', '415 files.not_a_file'] : []),
        ...(raw.parameters?.some(({ name, required }) => name === 'If-Match' && required)
          ? ['412 request.stale', '428 request.unconditional']
          : []),
      ];
      return [
        ...expected.filter((one) => !problems.has(one)).map((one) => `without ${one}`),
        ...api.refusals(raw).flatMap(([, media]) => wrongsOfExample(media)),
      ];
    });
    expect([...new Set(found)]).toEqual([]);
  });

  it('leaves no declared problem without a route that may answer with it', () => {
    const listed = new Set(operations.flatMap(({ problems }) => [...problems]));
    const missing = declaredProblems().filter(({ status, code }) => !listed.has(`${status} ${code}`));
    expect(missing.map(({ code }) => `${code}: name it in @MayAnswer of the routes that throw it`)).toEqual(
      [],
    );
  });

  it('is good for generators: no empty schema, no word of OpenAPI 3.0, no reference to nothing', () => {
    const found: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { $ref, ...rest } = value as Record<string, unknown> & Schema;
      const [, , kind, name] = $ref?.split('/') ?? [];
      if ($ref && !(name in document.components[kind as 'schemas'])) found.push(`${path}: no ${$ref}`);
      if ('nullable' in rest) found.push(`${path}: nullable`);
      for (const [key, inner] of Object.entries(rest)) {
        if (/^(example|examples|enum)$/.test(key) && !path.endsWith('/properties')) continue;
        if (isSchemaAt(key, path) && isEmpty(inner as Schema)) found.push(`${path}/${key}: says nothing`);
        walk(inner, `${path}/${key}`);
      }
    };
    walk(document, '');
    expect(found).toEqual([]);
  });

  it('shows requests that the program takes, with ids of things that are there', async () => {
    const found: string[] = [];
    for (const operation of operations) {
      for (const example of bodiesOf(operation)) {
        const usual = await send(operation, await VALID_REQUESTS[nameOf(operation)](office));
        const right = await VALID_REQUESTS[nameOf(operation)](office);
        const { status, body } = await send(operation, { ...right, body: withReal(example, right.body!) });
        if (status !== usual.status) found.push(`${nameOf(operation)}: ${status} ${JSON.stringify(body)}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('shows filters and sorts that the program takes', async () => {
    const found: string[] = [];
    for (const operation of operations) {
      const examples = operation.query.filter(({ name }) => name !== 'cursor');
      if (examples.length === 0) continue;
      const right = await VALID_REQUESTS[nameOf(operation)](office);
      const query = Object.fromEntries(examples.map(({ name, example }) => [name, String(example)]));
      const { status, body } = await send(operation, { ...right, query });
      if (status >= 300) found.push(`${nameOf(operation)}: ${status} ${JSON.stringify(body)}`);
    }
    expect(found).toEqual([]);
  });

  function send(operation: Operation, request: ValidRequest): Promise<Reply> {
    const [role] = operation.roles as Role[];
    return attempt(role ? office.as(role) : new Client(program.address), operation, request);
  }

  function wrongsOfExample({ schema, example, examples }: Media): string[] {
    const shown = examples ? Object.values(examples).map(({ value }) => value) : [example];
    const name = schema.$ref?.split('/').at(-1) ?? 'the body';
    return shown.flatMap((one) => [
      ...(one === undefined ? [`${name} has no example`] : api.misfits(schema, one, name)),
      ...(examples ? [] : holes(schema, one, name).map((hole) => `${hole}: give it an @example in its DTO`)),
    ]);
  }

  /** Fields that the example leaves out. */
  function holes(of: Schema, example: unknown, path: string): string[] {
    const { properties = {}, items } = api.resolved(of);
    if (Array.isArray(example))
      return example.flatMap((item) => (items ? holes(items, item, `${path}[]`) : []));
    if (typeof example !== 'object' || example === null) return [];
    const shown = example as Record<string, unknown>;
    return Object.entries(properties).flatMap(([name, property]) =>
      name in shown ? holes(property, shown[name], `${path}.${name}`) : [`${path}.${name}`],
    );
  }
});

function bodiesOf({ raw }: Operation): Record<string, unknown>[] {
  const media = raw.requestBody?.content['application/json'];
  if (!media) return [];
  const shown = media.examples ? Object.values(media.examples).map(({ value }) => value) : [media.example];
  return shown as Record<string, unknown>[];
}

/** What is not to be taken word for word: what only a new person or account can have, and secrets. */
const NEW = /^(follows|fields|email|password|cpr|asylumPersonId|refreshToken)$/;
const AN_ID = '0190f9a0-0000-7000-8000-000000000000';

/** The example, with the ids and numbers of a right request; an id that one has no need of is left out. */
function withReal(example: Record<string, unknown>, right: Record<string, unknown>): Record<string, unknown> {
  const isId = (value: unknown): boolean => [value].flat()[0] === AN_ID;
  const kept = Object.entries(example).filter(([name, value]) => !isId(value) || name in right);
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      (isId(value) || NEW.test(name)) && name in right ? right[name] : value,
    ]),
  );
}

const isSchemaAt = (key: string, path: string): boolean =>
  /^(schema|items|additionalProperties)$/.test(key) || /\/(properties|schemas|allOf|anyOf|oneOf)$/.test(path);

const isEmpty = (schema: Schema): boolean =>
  typeof schema === 'object' && !['type', '$ref', 'allOf', 'anyOf', 'oneOf'].some((word) => word in schema);
