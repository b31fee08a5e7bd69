import { randomUUID } from 'node:crypto';
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './ankomst.js';

type Case = components['schemas']['RefugeeView'];

/** A client that signs in; every later request carries the access token. */
async function signIn(baseUrl: string, email: string, password: string): Promise<Client<paths>> {
  const api = createClient<paths>({ baseUrl, headers: { 'accept-language': 'en' } });
  const { data, error } = await api.POST('/api/v1/auth/sign-in', { body: { email, password } });
  if (!data) throw new Error(error.title);
  api.use({ onRequest: ({ request }) => request.headers.set('authorization', `Bearer ${data.accessToken}`) });
  return api;
}

/**
 * Registers a person, or finds who has the number already. `key` is made once for this person and kept until the reply
 * is there: the same request with the same key may be sent again, and still registers one.
 */
async function register(api: Client<paths>, cpr: string, key: string): Promise<string> {
  const { data, error } = await api.POST('/api/v1/refugees', {
    params: { header: { 'Idempotency-Key': key } },
    body: {
      givenNames: 'Selam',
      familyName: 'Tesfay',
      bornOn: '1990-01-01',
      sex: 'female',
      nationality: 'ER',
      cpr,
    },
  });
  if (data) return data.id;
  if (error.code !== 'refugees.cpr_taken') throw new Error(`${error.title} (${error.requestId})`);
  const found = await api.POST('/api/v1/refugees/lookups', { body: { cpr } });
  return found.data!.items[0].id;
}

/** Changes what was read; who comes too late reads again, and tries again. */
async function learnLanguage(api: Client<paths>, id: string, language: string): Promise<Case> {
  const address = { path: { id } };
  const { data: read } = await api.GET('/api/v1/refugees/{id}', { params: address });
  const { data, error } = await api.PATCH('/api/v1/refugees/{id}', {
    params: { ...address, header: { 'If-Match': `"${read!.version}"` } },
    body: { languages: [...read!.languages, language] },
  });
  if (data) return data;
  if (error.code === 'request.stale') return learnLanguage(api, id, language);
  throw new Error(error.errors?.map(({ field, message }) => `${field} ${message}`).join() ?? error.title);
}

/** All cases of a list, page by page. */
async function* cases(api: Client<paths>): AsyncGenerator<string> {
  for (let cursor: string | undefined, more = true; more;) {
    const query = { sort: 'name', limit: 2, cursor } as const;
    const { data } = await api.GET('/api/v1/refugees', { params: { query } });
    for (const { givenNames, familyName } of data!.items) yield `${givenNames} ${familyName}`;
    cursor = data!.nextCursor ?? undefined;
    more = cursor !== undefined;
  }
}

const [address, email, password, ...numbers] = process.argv.slice(2);
const api = await signIn(address, email, password);
const ids: string[] = [];
for (const cpr of numbers) ids.push(await register(api, cpr, randomUUID()));
const { languages, version } = await learnLanguage(api, ids[0], 'eng');
const names: string[] = [];
for await (const name of cases(api)) names.push(name);
process.stdout.write(JSON.stringify({ ids, languages, version, names }));
