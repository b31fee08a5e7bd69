import { anAssessment } from '../factories/papers.js';
import { aboutKnownCase, aboutNewPerson, ifMatch, type Make } from './valid-request.js';

/** Of forms, assessments and what is handed over of them. */
export const COMPETENCE_REQUESTS: Record<string, Make> = {
  'POST /api/v1/refugees/:id/assessments': aboutNewPerson(anAssessment),
  'GET /api/v1/refugees/:id/assessments': aboutKnownCase,
  'GET /api/v1/refugees/:id/competence-profile': aboutKnownCase,
  'GET /api/v1/refugees/:id/competence-card': async (office) => ({
    ...(await aboutKnownCase(office)),
    query: { lang: 'tir' },
  }),
  'GET /api/v1/assessments/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.assessment }, case: known.id };
  },
  'PATCH /api/v1/assessments/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.assessment(person.id);
    const body = anAssessment({ skills: [] });
    return { params: { id }, body, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/assessments/:id/signatures': async (office) => {
    const person = await office.person();
    return { params: { id: (await office.assessment(person.id)).id }, case: person.id };
  },
  'POST /api/v1/assessments/:id/amendments': async (office) => {
    const person = await office.person();
    const id = await office.signedAssessment(person.id);
    return { params: { id }, body: { reason: 'The years were misheard' }, case: person.id };
  },
  'GET /api/v1/assessments/:id/comparisons/:otherId': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.assessment, otherId: known.assessment }, case: known.id };
  },
  'GET /api/v1/form-versions': () => ({ query: { sort: '-version' } }),
  'GET /api/v1/form-versions/:version': () => ({ params: { version: '1' } }),
  'POST /api/v1/form-versions': async (office) => ({ body: await office.nextForm() }),

  'GET /api/v1/refugees/:id/completeness': aboutKnownCase,
  'POST /api/v1/refugees/:id/operator-forms': async (office) => ({
    ...(await aboutNewPerson(() => ({ school_years: 9, wishes: 'Vil gerne arbejde ude' }))(office)),
    query: { datedOn: '2026-09-01', formVersion: '1' },
  }),
  'GET /api/v1/refugees/:id/operator-forms': aboutKnownCase,
  'GET /api/v1/operator-forms/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.operatorForm }, case: known.id };
  },
  'POST /api/v1/operator-forms/:id/settlements': async (office) => {
    const person = await office.person();
    await office.signedAssessment(person.id);
    const id = await office.operatorForm(person.id);
    return { params: { id }, body: { field: 'hours_per_week', take: true, revision: 0 }, case: person.id };
  },
  'POST /api/v1/refugees/:id/case-handovers': aboutNewPerson(() => ({ toRole: 'coordinator' })),
  'GET /api/v1/refugees/:id/case-handovers': aboutKnownCase,
  'GET /api/v1/case-handovers/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.caseHandover }, case: known.id };
  },
  'POST /api/v1/case-handovers/:id/acceptances': async (office) => {
    const person = await office.person();
    return { params: { id: await office.caseHandover(person.id) }, case: person.id };
  },
  'POST /api/v1/case-handovers/:id/returns': async (office) => {
    const person = await office.person();
    const body = { questions: [{ field: 'school_years', text: 'How many years?' }] };
    return { params: { id: await office.caseHandover(person.id) }, body, case: person.id };
  },
  'POST /api/v1/case-handovers/:id/questions/:questionId/answers': async (office) => {
    const person = await office.person();
    const { id, questionId } = await office.returnedCase(person.id);
    return { params: { id, questionId }, body: { text: 'His sister' }, case: person.id };
  },
};
