import { type Office } from '../factories/office.js';
import { anAssessment } from '../factories/papers.js';
import type { Reply } from './client.js';
import type { TestDatabase } from './database.js';

/** A word that stands nowhere by chance. */
export const CANARY = 'Kanariegul';
/** What may be a CPR number, wherever it stands. */
export const CPR = /\b[0-3]\d[01]\d{3}-?\d{4}\b/;

/** A person whose every free word is the canary. */
export async function plantCanaries(office: Office): Promise<{ id: string }> {
  const { id } = await office.person({ givenNames: CANARY, familyName: `${CANARY} ${CANARY}` });
  const own = office.as('job_consultant');
  const { body: draft } = await own.post(`/refugees/${id}/assessments`, sung(anAssessment()));
  await own.post(`/assessments/${draft.id}/signatures`);
  await own.post(`/assessments/${draft.id}/amendments`, { reason: CANARY });
  await own.post(`/refugees/${id}/operator-forms?datedOn=2026-09-01`, { interests: CANARY });
  const { body: handover } = await own.post(`/refugees/${id}/case-handovers`, {
    toRole: 'coordinator',
    note: CANARY,
  });
  const { body: returned } = await office
    .as('coordinator')
    .post(`/case-handovers/${handover.id}/returns`, { questions: [{ text: CANARY }] });
  await own.post(`/case-handovers/${handover.id}/questions/${returned.questions[0].id}/answers`, {
    text: CANARY,
  });
  const caseworker = office.as('caseworker');
  const { body: contract } = await caseworker.post(`/refugees/${id}/contracts`, {
    goals: [{ kind: 'education', description: CANARY }],
    activities: [{ kind: 'other', description: CANARY }],
  });
  const { body: note } = await own.post(`/refugees/${id}/notes`, { text: CANARY });
  await own.patch(`/notes/${note.id}`, { text: `${CANARY} ${CANARY}` }, { 'if-match': '"1"' });
  await own.post(`/notes/${await office.frozenNote(id)}/amendments`, { text: CANARY, reason: CANARY });
  await caseworker.post(`/contracts/${contract.id}/signatures`, { by: 'both' });
  const document = await office.document(id, `${CANARY}.pdf`);
  await caseworker.post(`/documents/${document}/withdrawals`, { reason: CANARY });
  const talk = { heldOn: '2026-10-12', form: 'phone', summary: CANARY };
  await caseworker.post(`/refugees/${id}/talks`, talk);
  const job = { kind: 'work', fromOn: '2026-10-01', employer: CANARY };
  await caseworker.post(`/refugees/${id}/spells`, job);
  await office.participant(await office.visit(), id);
  return { id };
}

/** The same, with the canary for every word that is no code. */
function sung<Part>(part: Part): Part {
  if (typeof part === 'string') return (/ /.test(part) ? CANARY : part) as Part;
  if (Array.isArray(part)) return part.map(sung) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, sung(inner)])) as Part;
}

/** Every table of the database, the queue's too, with one of the texts in a row of it. */
export async function tablesWith(database: TestDatabase, texts: string[]): Promise<string[]> {
  const tables = await database.asOwner<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema in ('public', 'bullmq') order by table_name`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await database.asOwner<{ row: string }>(`select t::text as row from ${name} t`);
    if (rows.some(({ row }) => texts.some((text) => row.includes(text))))
      found.push(name.replace('public.', ''));
  }
  return found;
}

/** A serial number that fits modulus 11 after 110589, or does not. */
export function serialThat(fits: boolean): string {
  const sum = (digits: string) =>
    [4, 3, 2, 7, 6, 5, 4, 3, 2, 1].reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const serials = Array.from({ length: 9000 }, (_, i) => String(i + 1000));
  return serials.find((serial) => (sum(`110589${serial}`) % 11 === 0) === fits)!;
}

/** What a failure of ours must not be: anything but a problem document without insides. */
export function wrongsOfFailure({ status, headers, body }: Reply): string[] {
  const text = JSON.stringify(body);
  return [
    ...(headers.get('content-type')?.startsWith('application/problem+json')
      ? []
      : ['is no problem document']),
    ...(body.status === status && body.code === 'server.failed' && body.title && body.requestId
      ? []
      : [`says ${text}`]),
    ...(/\bat \/|select|insert|permission|read_log|refugee|sealed|crypto|authenticate/i.test(text)
      ? [`shows ${text}`]
      : []),
  ];
}
