import { Office } from './factories/office.js';
import { aBooking, aContract, anAssessment } from './factories/papers.js';
import { startApp, type TestApp } from './support/app.js';
import type { Reply } from './support/client.js';
import { ROLES, type Role } from '../src/staff/staff.contract.js';

/** A thing in one of its states: the case it is about, and where it is. */
interface Thing {
  path: string;
  version?: number;
  participant?: string;
  person?: string;
}

/** Everything that can be tried on a thing, by whom, and what a step answers in each state: `done` or the code of the refusal. */
interface Machine {
  name: string;
  states: Record<string, (office: Office) => Promise<Thing>>;
  steps: Record<string, (office: Office, thing: Thing, role: Role) => Promise<Reply>>;
  may: Role[];
  table: Record<string, Record<string, string>>;
}

const whenSigned = {
  draft: 'programme.contract_exists',
  change: 'programme.contract_signed',
  discard: 'programme.contract_signed',
  'sign for the person': 'programme.contract_signed',
  'sign for both': 'programme.contract_signed',
  withdraw: 'programme.contract_signed',
};

const contract: Machine = {
  name: 'contract',
  states: {
    draft: async (office) => {
      const person = (await office.person()).id;
      const { id, version } = await office.contract(person);
      return { path: `/contracts/${id}`, version, person };
    },
    'half signed': async (office) => {
      const draft = await contract.states.draft(office);
      const { body } = await office.as('caseworker').post(`${draft.path}/signatures`, { by: 'municipality' });
      return { ...draft, version: body.version };
    },
    'in force': async (office) => {
      const draft = await contract.states.draft(office);
      const { body } = await office.as('caseworker').post(`${draft.path}/signatures`, { by: 'both' });
      return { ...draft, version: body.version };
    },
    'being revised': async (office) => {
      const signed = await contract.states['in force'](office);
      await office.as('caseworker').post(`${signed.path}/revisions`);
      return signed;
    },
    replaced: async (office) => {
      const signed = await contract.states['in force'](office);
      const { body } = await office.as('caseworker').post(`${signed.path}/revisions`);
      await office.as('caseworker').post(`/contracts/${body.id}/signatures`, { by: 'both' });
      return signed;
    },
  },
  steps: {
    draft: (office, { person }, role) => office.as(role).post(`/refugees/${person}/contracts`, aContract()),
    change: (office, { path, version }, role) =>
      office.as(role).patch(path, { activities: [] }, { 'if-match': `"${version}"` }),
    discard: (office, { path }, role) => office.as(role).delete(path),
    'sign for the person': (office, { path }, role) =>
      office.as(role).post(`${path}/signatures`, { by: 'person' }),
    'sign for both': (office, { path }, role) => office.as(role).post(`${path}/signatures`, { by: 'both' }),
    withdraw: (office, { path }, role) => office.as(role).delete(`${path}/signatures`),
    revise: (office, { path }, role) => office.as(role).post(`${path}/revisions`),
  },
  may: ['caseworker', 'team_leader'],
  table: {
    draft: {
      draft: 'programme.contract_exists',
      change: 'done',
      discard: 'done',
      'sign for the person': 'done',
      'sign for both': 'done',
      withdraw: 'programme.nobody_has_signed',
      revise: 'programme.contract_not_signed',
    },
    'half signed': {
      draft: 'programme.contract_exists',
      change: 'programme.contract_half_signed',
      discard: 'programme.contract_half_signed',
      'sign for the person': 'done',
      'sign for both': 'programme.party_has_signed',
      withdraw: 'done',
      revise: 'programme.contract_not_signed',
    },
    'in force': { ...whenSigned, revise: 'done' },
    'being revised': { ...whenSigned, revise: 'programme.revision_open' },
    replaced: { ...whenSigned, revise: 'programme.contract_replaced' },
  },
};

const talk: Machine = {
  name: 'talk',
  states: {
    planned: async (office) => {
      const person = (await office.person()).id;
      const { id, version } = await office.talk(person);
      return { path: `/talks/${id}`, version };
    },
    held: (office) => ended(office, { outcome: 'held', heldOn: '2026-10-12' }),
    cancelled: (office) => ended(office, { outcome: 'cancelled', reason: 'person_unable' }),
  },
  steps: {
    move: (office, { path, version }, role) =>
      office.as(role).patch(path, { plannedAt: '2026-10-13T09:30:00+02:00' }, { 'if-match': `"${version}"` }),
    hold: (office, { path }, role) =>
      office.as(role).post(`${path}/outcomes`, { outcome: 'held', heldOn: '2026-10-12' }),
    cancel: (office, { path }, role) =>
      office.as(role).post(`${path}/outcomes`, { outcome: 'cancelled', reason: 'municipality_unable' }),
    'take back': (office, { path }, role) =>
      office.as(role).post(`${path}/outcomes`, { outcome: 'cancelled', reason: 'recorded_by_mistake' }),
  },
  may: ['caseworker', 'team_leader'],
  table: {
    planned: {
      move: 'done',
      hold: 'done',
      cancel: 'done',
      'take back': 'done',
    },
    held: {
      move: 'talks.out_of_turn',
      hold: 'talks.out_of_turn',
      cancel: 'talks.out_of_turn',
      'take back': 'done',
    },
    cancelled: {
      move: 'talks.out_of_turn',
      hold: 'talks.out_of_turn',
      cancel: 'talks.out_of_turn',
      'take back': 'talks.out_of_turn',
    },
  },
};

async function ended(office: Office, outcome: object): Promise<Thing> {
  const { path } = await talk.states.planned(office);
  const { body } = await office.as('caseworker').post(`${path}/outcomes`, outcome);
  return { path, version: body.version };
}

const spell: Machine = {
  name: 'spell',
  states: {
    recorded: async (office) => {
      const person = (await office.person()).id;
      const { id, version } = await office.spell(person);
      return { path: `/spells/${id}`, version };
    },
    withdrawn: async (office) => {
      const { path } = await spell.states.recorded(office);
      const { body } = await office.as('caseworker').post(`${path}/withdrawals`);
      return { path, version: body.version };
    },
  },
  steps: {
    change: (office, { path, version }, role) =>
      office.as(role).patch(path, { toOn: '2026-10-31' }, { 'if-match': `"${version}"` }),
    withdraw: (office, { path }, role) => office.as(role).post(`${path}/withdrawals`),
  },
  may: ['caseworker', 'team_leader'],
  table: {
    recorded: { change: 'done', withdraw: 'done' },
    withdrawn: { change: 'spells.withdrawn', withdraw: 'spells.withdrawn' },
  },
};

const assessment: Machine = {
  name: 'assessment',
  states: {
    draft: async (office) => {
      const person = (await office.person()).id;
      const { id, version } = await office.assessment(person);
      return { path: `/assessments/${id}`, version, person };
    },
    signed: async (office) => {
      const draft = await assessment.states.draft(office);
      const { body } = await office.as('job_consultant').post(`${draft.path}/signatures`);
      return { ...draft, version: body.version };
    },
    'being amended': async (office) => {
      const signed = await assessment.states.signed(office);
      await office.as('job_consultant').post(`${signed.path}/amendments`, { reason: 'Misheard' });
      return signed;
    },
    superseded: async (office) => {
      const signed = await assessment.states.signed(office);
      const own = office.as('job_consultant');
      const { body } = await own.post(`${signed.path}/amendments`, { reason: 'Misheard' });
      await own.post(`/assessments/${body.id}/signatures`);
      return signed;
    },
  },
  steps: {
    change: (office, { path, version }, role) =>
      office.as(role).patch(path, anAssessment({ skills: [] }), { 'if-match': `"${version}"` }),
    sign: (office, { path }, role) => office.as(role).post(`${path}/signatures`),
    amend: (office, { path }, role) => office.as(role).post(`${path}/amendments`, { reason: 'Misheard' }),
  },
  may: ['job_consultant', 'team_leader'],
  table: {
    draft: { change: 'done', sign: 'done', amend: 'competences.not_signed' },
    signed: { change: 'competences.signed', sign: 'competences.signed', amend: 'done' },
    'being amended': {
      change: 'competences.signed',
      sign: 'competences.signed',
      amend: 'competences.amended',
    },
    superseded: {
      change: 'competences.signed',
      sign: 'competences.signed',
      amend: 'competences.amended',
    },
  },
};

/** Every step of a visit is refused alike. */
const allOf = (code: string): Record<string, string> =>
  Object.fromEntries(
    ['add', 'outcome', 'remove', 'invite', 'book', 'close', 'cancel'].map((step) => [step, code]),
  );

const visit: Machine = {
  name: 'visit',
  states: {
    'to be met': async (office) => {
      const person = (await office.person()).id;
      const id = await office.visitToday();
      return { path: `/visits/${id}`, participant: await office.participant(id, person), version: 2 };
    },
    met: async (office) => {
      const thing = await visit.states['to be met'](office);
      await visit.steps.outcome(office, thing, 'job_consultant');
      return { ...thing, version: 3 };
    },
    closed: async (office) => {
      const thing = await visit.states.met(office);
      const { body } = await visit.steps.close(office, thing, 'job_consultant');
      return { ...thing, version: body.version };
    },
    cancelled: async (office) => {
      const thing = await visit.states['to be met'](office);
      const { body } = await visit.steps.cancel(office, thing, 'job_consultant');
      return { ...thing, version: body.version };
    },
  },
  steps: {
    add: async (office, { path }, role) =>
      office.as(role).post(`${path}/participants`, { refugeeId: (await office.person()).id }),
    outcome: (office, { path, participant }, role) =>
      office.as(role).put(`${path}/participants/${participant}/outcome`, { outcome: 'met' }),
    remove: (office, { path, participant }, role) =>
      office.as(role).delete(`${path}/participants/${participant}`),
    invite: (office, { path, participant }, role) =>
      office.as(role).post(`${path}/invitations`, { participantIds: [participant], how: 'phone' }),
    book: (office, { path }, role) => office.as(role).post(`${path}/interpreter-bookings`, aBooking()),
    close: (office, { path }, role) => office.as(role).post(`${path}/closings`),
    cancel: (office, { path, version }, role) =>
      office.as(role).post(`${path}/cancellations`, { reason: 'Quarantine' }, { 'if-match': `"${version}"` }),
  },
  may: ['job_consultant', 'team_leader'],
  table: {
    'to be met': {
      add: 'done',
      outcome: 'done',
      remove: 'done',
      invite: 'done',
      book: 'done',
      close: 'visits.participants_open',
      cancel: 'done',
    },
    met: {
      add: 'done',
      outcome: 'done',
      remove: 'visits.outcome_recorded',
      invite: 'visits.outcome_recorded',
      book: 'done',
      close: 'done',
      cancel: 'visits.took_place',
    },
    closed: allOf('visits.closed'),
    cancelled: allOf('visits.cancelled'),
  },
};

const booking: Machine = {
  name: 'booking of an interpreter',
  states: {
    requested: async (office) => {
      const id = await office.visit();
      return { path: `/visits/${id}/interpreter-bookings/${(await office.booking(id)).id}` };
    },
    confirmed: async (office) => {
      const thing = await booking.states.requested(office);
      await booking.steps.confirm(office, thing, 'job_consultant');
      return thing;
    },
    cancelled: async (office) => {
      const thing = await booking.states.requested(office);
      await booking.steps.cancel(office, thing, 'job_consultant');
      return thing;
    },
  },
  steps: {
    confirm: (office, { path }, role) => office.as(role).post(`${path}/confirmations`, {}),
    cancel: (office, { path }, role) => office.as(role).delete(path),
  },
  may: ['job_consultant', 'team_leader'],
  table: {
    requested: { confirm: 'done', cancel: 'done' },
    confirmed: { confirm: 'visits.booking_done', cancel: 'done' },
    cancelled: { confirm: 'visits.booking_done', cancel: 'visits.booking_done' },
  },
};

/** A rule that names what is missing, not a step out of turn. */
const REFUSED_BY_RULE = ['visits.participants_open', 'visits.took_place'];

describe.each([contract, talk, spell, assessment, visit, booking])(
  'steps: $name',
  ({ states, steps, may, table }) => {
    let app: TestApp;
    let office: Office;

    beforeAll(async () => {
      app = await startApp();
      office = await Office.open(app);
    });
    afterAll(() => app.close());

    const every = Object.keys(states).flatMap((state) => Object.keys(steps).map((step) => ({ state, step })));

    it('are all in the table', () => {
      expect(Object.keys(table)).toEqual(Object.keys(states));
      for (const row of Object.values(table)) expect(Object.keys(row)).toEqual(Object.keys(steps));
    });

    it.each(every)('$state: $step', async ({ state, step }) => {
      const expected = table[state][step];
      for (const role of may) {
        const thing = await states[state](office);
        const before = await app.database.contents();
        const reply = await steps[step](office, thing, role);
        const said = reply.status < 300 ? 'done' : reply.body.code;
        expect([role, said]).toEqual([role, expected]);
        if (said === 'done') continue;
        expect(reply.status).toBe(REFUSED_BY_RULE.includes(said) ? 422 : 409);
        if (step === 'add') continue;
        expect(await app.database.contents()).toEqual(before);
      }
    });

    it.each(every)('$state: $step is 403 for everybody else', async ({ state, step }) => {
      const thing = await states[state](office);
      for (const role of ROLES.filter((one) => !may.includes(one))) {
        expect([role, (await steps[step](office, thing, role)).status]).toEqual([role, 403]);
      }
    });
  },
);
