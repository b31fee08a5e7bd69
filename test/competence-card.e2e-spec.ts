import { randomUUID } from 'node:crypto';
import { makeEscoOccupation } from './factories/esco.js';
import { anAssessment } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { lettersOf } from './support/client.js';
import type { Reply } from './support/client.js';

describe('the competence card', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    south = await makeUnit(app.database);
    await app.moveClock('2026-11-23T09:00:00Z');
  });
  afterAll(() => app.close());

  async function assessed(content: Record<string, unknown> = anAssessment()): Promise<string> {
    const consultant = app.as(north.jobConsultant);
    const { id } = await register(app, north.jobConsultant);
    const draft = await consultant.post(`/refugees/${id}/assessments`, content);
    const signed = await consultant.post(`/assessments/${draft.body.id}/signatures`);
    if (signed.status >= 300) throw new Error(JSON.stringify([draft.body, signed.body]));
    return id;
  }
  const card = (id: string, query = '', by: TestAccount = north.jobConsultant): Promise<Reply> =>
    lettersOf(app.as(by).get(`/refugees/${id}/competence-card${query}`));
  const pagesOf = (pdf: string): number => Number(/\/Type \/Pages\b[^]{0,400}?\/Count (\d+)/.exec(pdf)?.[1]);

  it('is a page to keep, in each of the languages, under a name that tells nothing', async () => {
    const id = await assessed();
    for (const lang of ['ara', 'eng', 'fas', 'prs', 'tir', 'ukr']) {
      const { status, headers, body } = await card(id, `?lang=${lang}`);
      expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(headers.get('content-disposition')).toBe('attachment; filename="kompetencekort.pdf"');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatch(/^%PDF-/);
      expect(pagesOf(body)).toBe(1);
    }
  });

  it('is in the mother tongue unless a language is asked for', async () => {
    const id = await assessed();
    const own = await card(id);
    expect(own.body).toBe((await card(id, '?lang=tir')).body);
    expect(own.body).not.toBe((await card(id, '?lang=eng')).body);
  });

  it('never has a second page, however much there is to say, and sets what looks like markup as it stands', async () => {
    const markup = '#read("/etc/passwd") $x$ \\ `#panic()` ';
    const id = await assessed(
      anAssessment({
        skills: Array.from({ length: 100 }, (_, i) => ({
          danish: `${i} ${i % 2 ? markup.repeat(40).trim() : 'W'.repeat(1990)}`,
          evidence: { grade: 'observed' },
        })),
        work: Array.from({ length: 50 }, (_, i) => ({
          words: { text: 'مرحبا '.repeat(300).trim(), language: 'ara' },
          coded: { scheme: 'isco08', code: '7411', sure: 'sure' },
          years: 1,
          lastYear: 1960 + i,
        })),
      }),
    );
    for (const lang of ['ara', 'tir', 'eng']) expect(pagesOf((await card(id, `?lang=${lang}`)).body)).toBe(1);
  });

  it('calls an occupation in the language what an imported classification calls it', async () => {
    const id = await assessed();
    const before = await card(id, '?lang=tir');
    await app.database.asOwner(
      `insert into classification_titles (scheme, lang, code, kind, title, translation)
       values ('isco08', 'ti', '7411', 'preferred', 'ኤለትሪካውያን', 'official')`,
    );
    expect((await card(id, '?lang=tir')).body).not.toBe(before.body);
    await app.database.asOwner(`delete from classification_titles where lang = 'ti'`);
    expect((await card(id, '?lang=tir')).body).toBe(before.body);
  });

  it('calls an occupation and a skill what they were called, also once they are obsolete', async () => {
    const { occupation, skill } = await makeEscoOccupation(app.database);
    const coded = (scheme: string, code: string) => ({ coded: { scheme, code, sure: 'sure' } });
    const id = await assessed(
      anAssessment({
        work: [{ danish: 'Bådebyggeri', years: 4, ...coded('esco_occupation', occupation) }],
        skills: [{ danish: 'Samlede træ', ...coded('esco_skill', skill) }],
      }),
    );
    const before = await card(id, '?lang=eng');
    const titles = (change: string) =>
      app.database.asOwner(`${change} where code = any($1)`, [[occupation, skill]]);
    await titles(`update classification_titles set kind = 'obsolete'`);
    expect((await card(id, '?lang=eng')).body).toBe(before.body);
    await titles('delete from classification_titles');
    expect((await card(id, '?lang=eng')).body).not.toBe(before.body);
  });

  it('is a page that says so while nothing is signed', async () => {
    const { id } = await register(app, north.jobConsultant);
    const { status, body } = await card(id);
    expect([status, pagesOf(body)]).toEqual([200, 1]);
  });

  it('leaves in the read log that it was printed, by whom and why', async () => {
    const id = await assessed();
    await card(id, '', north.leader);
    const rows = await app.database.asOwner(
      `select what, purpose, person_ids, actor_id from read_log where what = 'competences.card' and $1 = any(person_ids)`,
      [id],
    );
    expect(rows).toEqual([
      { what: 'competences.card', purpose: 'supervision', person_ids: [id], actor_id: north.leader.id },
    ]);
  });

  it('is closed to another unit, as if there were nothing, and to roles without cases', async () => {
    const id = await assessed();
    for (const by of [south.jobConsultant, south.leader]) {
      const [theirs, nothing] = [await card(id, '', by), await card(randomUUID(), '', by)];
      expect(theirs).toMatchObject({ status: 404, body: { code: 'refugees.no_such_case' } });
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...nothing.body, requestId: '' });
      expect(theirs.headers.get('content-disposition')).toBeNull();
    }
    expect((await card(id, '', await makeAccount(app.database, north.id, 'analyst'))).status).toBe(403);
    expect((await app.anonymous.get(`/refugees/${id}/competence-card`)).status).toBe(401);
  });

  it('says in both languages which languages there are', async () => {
    const id = await assessed();
    for (const lang of ['dan', 'som', 'tir,ara', '']) {
      const refused = await card(id, `?lang=${lang}`);
      expect(refused).toMatchObject({
        status: 400,
        body: { code: 'request.invalid', errors: [{ field: 'lang' }] },
      });
      const english = await app.as(north.jobConsultant).get(`/refugees/${id}/competence-card?lang=${lang}`, {
        'accept-language': 'en',
      });
      expect(english.body.errors[0].message).not.toBe(refused.body.errors[0].message);
    }
  });
});
