import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { aJpeg, sha256Of } from './factories/file-bytes.js';
import { Office } from './factories/office.js';
import type { TestAccount } from './factories/staff.js';
import { Client } from './support/client.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { startProgram, type Program } from './support/program.js';
import { Tablet } from './support/tablet.js';
import { claimsOf, signed } from './support/tokens.js';

jest.setTimeout(120_000);

const DEVICES = 4;

describe('kill -9 of the program while devices come home', () => {
  let database: TestDatabase;
  let program: Program;
  let office: Office;

  beforeAll(async () => {
    database = await cloneDatabase();
    program = await startProgram({}, database);
    office = await Office.open({ database, as });
  });
  afterAll(async () => {
    await program?.stop();
    await database.drop();
  });
  const as = (account: TestAccount): Client => new Client(program.address, () => signed(claimsOf(account)));

  it.each([1, 2, 3])('leaves nothing undone and nothing twice once all is sent again (%i)', async (round) => {
    const visitId = await office.visit();
    const participant = await office.participant(visitId, (await office.person()).id);
    const devices: { device: Tablet; photo: Buffer }[] = [];
    for (let i = 0; i < DEVICES; i++) {
      const device = new Tablet(as(office.account('job_consultant')), visitId);
      await device.fetch();
      const [id, photo] = [randomUUID(), aJpeg(randomUUID())];
      device.says(participant, 'outcome', 'met');
      device.says(participant, 'assessmentId', id);
      for (let n = 0; n < 30; n++) device.answers(id, FIELDS[i], n + 1);
      device.answers(id, 'skills', [{ danish: `Nr. ${i}`, attachments: [sha256Of(photo)] }]);
      devices.push({ device, photo });
    }
    const send = async ({ device, photo }: { device: Tablet; photo: Buffer }) => {
      const client = as(office.account('job_consultant'));
      const again = Object.assign(new Tablet(client, visitId, device.deviceId), { pack: device.pack });
      const headers = { 'pack-id': device.pack.packId, 'content-type': 'image/jpeg' };
      await client.put(`/visits/${visitId}/attachments/${sha256Of(photo)}`, photo, headers);
      return again.send(device.log, { last: device.log.length });
    };
    const first = Promise.allSettled(devices.map(send));
    await sleep(40 * round);
    await program.kill();
    await first;
    program = await startProgram({}, database);

    const replies = [];
    for (const one of devices) replies.push(await send(one));
    expect(replies.map(({ status }) => status)).toEqual(devices.map(() => 200));
    const all = devices.reduce((sum, { device }) => sum + device.log.length + 1, 0);
    expect(replies.at(-1)!.body.manifest).toEqual({ expected: all, received: all });
    const [{ drafts, written, revisions }] = await database.asOwner<Record<string, number>>(
      `select (select count(*)::int from assessments a join visit_participants p using (refugee_id) where p.id = $1) as drafts,
         (select count(*)::int from visit_operations where visit_id = $2 and written is not null and subject_type = 'assessment') as written,
         (select sum(revision)::int from assessment_answers an join assessments a on a.id = an.assessment_id
          join visit_participants p using (refugee_id) where p.id = $1) as revisions`,
      [participant, visitId],
    );
    expect(drafts).toBe(1);
    expect(revisions).toBe(written);
  });
});

/** Each device answers one of its own. */
const FIELDS = ['people_led', 'hours_per_week', 'travel_minutes', 'school_years'];
