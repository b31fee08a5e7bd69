import createClient from 'openapi-fetch';
import type { paths } from './ankomst.js';

const api = createClient<paths>({ baseUrl: 'http://localhost' });
const person = { familyName: 'Tesfay', bornOn: '1990-01-01', sex: 'female', nationality: 'ER' } as const;
const path = { id: '0190f9a0-0000-7000-8000-000000000000' };
const header = { 'If-Match': '"1"' };

/** What a client must not do: the compiler refuses each line. Compiled by `tsc`, never run. */
export async function misuse(): Promise<void> {
  // @ts-expect-error -- there is no such address
  await api.GET('/api/v1/refugee');
  // @ts-expect-error -- the field is called givenNames
  await api.POST('/api/v1/refugees', { body: { ...person, firstName: 'Selam' } });
  // @ts-expect-error -- a word that is not listed
  await api.POST('/api/v1/refugees', { body: { ...person, givenNames: 'Selam', sex: 'f' } });
  // @ts-expect-error -- a name can be changed, not emptied
  await api.PATCH('/api/v1/refugees/{id}', { params: { path, header }, body: { givenNames: null } });
  // @ts-expect-error -- nothing is changed without If-Match
  await api.PATCH('/api/v1/refugees/{id}', { params: { path }, body: { languages: [] } });
  // @ts-expect-error -- the list has no such sort
  await api.GET('/api/v1/refugees', { params: { query: { sort: 'familyName' } } });

  const { data, error } = await api.GET('/api/v1/refugees/{id}', { params: { path } });
  // @ts-expect-error -- a reply has no such field
  void data?.firstName;
  // @ts-expect-error -- the day is not always known
  void data?.takeoverOn.length;
  // @ts-expect-error -- a read is not refused with this code
  void (error?.code === 'refugees.cpr_taken');
}
