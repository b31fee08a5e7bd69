import { randomUUID } from 'node:crypto';
import { register } from './factories/refugees.js';
import { VisitOf } from './factories/visits.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { lettersOf } from './support/client.js';

describe('what is printed of a visit', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    [north, south] = [await makeUnit(app.database), await makeUnit(app.database)];
    await app.moveClock('2026-11-23T09:00:00Z');
  });
  afterAll(() => app.close());

  const plan = (over: Record<string, unknown> = {}) => VisitOf.plan(app, north.jobConsultant, over);
  const letter = (
    { id }: VisitOf,
    participantId: string,
    query = '',
    by: TestAccount = north.jobConsultant,
  ) => lettersOf(app.as(by).get(`/visits/${id}/participants/${participantId}/invitation${query}`));
  const sheet = ({ id }: { id: string }, by: TestAccount = north.jobConsultant, language = 'da') =>
    lettersOf(app.as(by).get(`/visits/${id}/day-sheet`, { 'accept-language': language }));
  const readsOf = async (refugeeId: string, what: string) =>
    app.database.asOwner(`select purpose, actor_id from read_log where what = $2 and $1 = any(person_ids)`, [
      refugeeId,
      what,
    ]);

  it('is a letter in each language, which does not say by itself that it was sent', async () => {
    const visit = await plan();
    await visit.book();
    const one = await visit.meet((await register(app, north.jobConsultant, { motherTongue: 'tir' })).id);
    const own = await letter(visit, one.id);
    expect(own.status).toBe(200);
    expect(own.headers.get('content-type')).toBe('application/pdf');
    expect(own.headers.get('content-disposition')).toBe('attachment; filename="invitation.pdf"');
    for (const lang of ['ara', 'eng', 'fas', 'prs', 'tir', 'ukr']) {
      const { status, body } = await letter(visit, one.id, `?lang=${lang}`);
      expect([status, body.slice(0, 5), body === own.body]).toEqual([200, '%PDF-', lang === 'tir']);
    }
    expect((await visit.read()).participants).toMatchObject([{ invitedOn: null }]);
    expect(await readsOf(one.refugeeId, 'visits.invitation')).toHaveLength(7);
    expect(await letter(visit, one.id, '?lang=som')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'lang' }] },
    });
  });

  it('is no letter when nobody is to come any more', async () => {
    const [cancelled, closed] = [await plan(), await plan({ onDay: '2026-11-23' })];
    const [one, other] = [await cancelled.meet(), await closed.meet()];
    await cancelled.cancel();
    await closed.end(other.id, 'absent');
    await closed.close();
    expect(await letter(cancelled, one.id)).toMatchObject({
      status: 409,
      body: { code: 'visits.cancelled' },
    });
    expect(await letter(closed, other.id)).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
    for (const visit of [cancelled, closed]) expect((await sheet(visit)).body).toMatch(/^%PDF-/);
  });

  it('is a sheet of those whose case one sees, in one’s own language', async () => {
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const visit = await plan({ consultantIds: [colleague.id] });
    const empty = await sheet(visit);
    const mine = await visit.meet();
    const [danish, english] = [await sheet(visit), await sheet(visit, north.leader, 'en')];
    expect(danish).toMatchObject({ status: 200 });
    expect(danish.headers.get('content-disposition')).toBe('attachment; filename="dagsliste.pdf"');
    expect(new Set([empty.body, danish.body, english.body]).size).toBe(3);
    expect(await readsOf(mine.refugeeId, 'visits.day_sheet')).toEqual([
      { purpose: 'case_work', actor_id: north.jobConsultant.id },
      { purpose: 'supervision', actor_id: north.leader.id },
    ]);
    // who sees no case of it prints what somebody prints of a visit without participants
    expect((await sheet(visit, colleague)).body).toBe(empty.body);
  });

  it('is closed to others, as if there were nothing', async () => {
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const visit = await plan({ consultantIds: [colleague.id] });
    const one = await visit.meet();
    for (const by of [south.jobConsultant, south.leader, colleague])
      expect(await letter(visit, one.id, '', by)).toMatchObject({
        status: 404,
        body: { code: 'visits.no_such_participant' },
      });
    expect(await letter(visit, randomUUID())).toMatchObject({ status: 404 });
    expect(await letter(await plan(), one.id)).toMatchObject({ status: 404 });
    for (const id of [visit.id, randomUUID()])
      expect(await sheet({ id }, south.jobConsultant)).toMatchObject({
        status: 404,
        body: { code: 'visits.no_such_visit' },
      });
    for (const by of [north.caseworker, north.coordinator]) {
      expect((await letter(visit, one.id, '', by)).status).toBe(403);
      expect((await sheet(visit, by)).status).toBe(403);
    }
  });
});
