import { HOSTILE_JSON, HOSTILE_KEYS, LONG_TEXT, REFUSED_JSON, someInjections } from './hostile-values.js';
import type { Api, Operation, Schema } from './openapi.js';

type Body = Record<string, unknown>;
type Path = (string | number)[];

/** A body with one thing wrong, made from the right one. */
export interface HostileBody {
  what: string;
  text: (right: Body) => string;
  expects?: number;
}

const MARK = '\u0001HOSTILE\u0001';

/** Every field of a body left out and replaced, and fields nobody asked for at every level of it. */
export function bodiesFor(operation: Operation, body: Schema, api: Api, injections: number): HostileBody[] {
  const places = [...placesOf(body, api)];
  const at = (path: Path, json: string | undefined, expects?: number): HostileBody => ({
    what: `${path.join('.')} ${json === undefined ? 'left out' : `= ${json.slice(0, 60)}`}`,
    expects,
    text: (right) => written(right, body, api, path, json),
  });
  const replaced = places.flatMap(({ path, schema }) => [
    at(path, undefined),
    ...HOSTILE_JSON.map((json) => at(path, json)),
    ...edgesOf(schema, api).map((json) => at(path, json)),
    ...REFUSED_JSON.map((json) => at(path, json, 400)),
    ...someInjections(injections).map((text) => at(path, JSON.stringify(text))),
  ]);
  const objects = [{ path: [], schema: body }, ...places].filter(
    ({ schema }) => api.resolved(schema).properties,
  );
  const unasked = objects.flatMap(({ path, schema }) =>
    [...HOSTILE_KEYS, ...shownBy(operation, api)]
      .filter((key) => !Object.hasOwn(api.resolved(schema).properties!, key))
      .map((key) => at([...path, key], '{"polluted":true}', 400)),
  );
  return [...replaced, ...unasked];
}

/** The fields of the reply, which a client might send back. */
function shownBy({ replies }: Operation, api: Api): string[] {
  return [...replies.values()].flatMap((reply) =>
    Object.keys(reply ? (api.resolved(reply.schema).properties ?? {}) : {}),
  );
}

/** Just past what the schema allows, and a great deal past it. */
function edgesOf(of: Schema, api: Api): string[] {
  const { minimum, maximum, maxLength, items } = api.resolved(of);
  const edges: string[] = [];
  if (minimum !== undefined) edges.push(`${minimum - 1}`, `${minimum}`, `${minimum + 0.5}`);
  if (maximum !== undefined) edges.push(`${maximum}`, `${maximum + 1}`);
  if (maxLength !== undefined) {
    const texts = ['x'.repeat(maxLength), 'x'.repeat(maxLength + 1), '💥'.repeat(maxLength)];
    edges.push(...texts.map((text) => JSON.stringify(text)), LONG_TEXT);
  }
  if (items) {
    const item = JSON.stringify(api.sample(items));
    edges.push(`[${Array.from({ length: items.$ref ? 3_000 : 10_000 }, () => item).join()}]`);
  }
  return edges;
}

/** Every field of a body, however deep; of a list its first element. */
function* placesOf(of: Schema, api: Api, at: Path = []): Generator<{ path: Path; schema: Schema }> {
  const { properties = {}, items } = api.resolved(of);
  for (const [name, schema] of Object.entries(properties)) {
    yield { path: [...at, name], schema };
    yield* placesOf(schema, api, [...at, name]);
  }
  if (items) {
    yield { path: [...at, 0], schema: items };
    yield* placesOf(items, api, [...at, 0]);
  }
}

/** The body as JSON, with other JSON at one place; what must be around the place is made, if it is not there. */
function written(body: Body, schema: Schema, api: Api, path: Path, json: string | undefined): string {
  const copy = structuredClone(body);
  let inside: Record<string | number, unknown> = copy;
  let shape = api.resolved(schema);
  for (const step of path.slice(0, -1)) {
    const next = typeof step === 'number' ? shape.items! : shape.properties![step];
    const there = inside[step];
    if (typeof there !== 'object' || there === null || (Array.isArray(there) && there.length === 0))
      inside[step] = api.sample(next);
    inside = inside[step] as Body;
    shape = api.resolved(next);
  }
  const last = path.at(-1)!;
  // Defined, not assigned: a place can be called __proto__.
  if (json === undefined) delete inside[last];
  else Object.defineProperty(inside, last, { value: MARK, enumerable: true, configurable: true });
  return JSON.stringify(copy).replace(JSON.stringify(MARK), () => json ?? '');
}
