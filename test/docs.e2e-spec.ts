import { readFile } from 'node:fs/promises';
import { jobsPage, problemsPage, routesPage } from '../scripts/docs.js';
import { declaredProblems } from '../src/platform/http/problem.filter.js';
import { declaredRules } from '../src/platform/http/rule-texts.js';
import { declaredJobs } from '../src/platform/jobs/job.js';
import { Sweeps } from '../src/platform/jobs/sweeper.js';
import { startApp, type TestApp } from './support/app.js';

describe('the generated pages say what the program does; if not, run `npm run docs`', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  test('docs/routes.md', async () => {
    const { declaredRoutes } = app.app.getHttpAdapter().getInstance();
    expect(await readFile('docs/routes.md', 'utf8')).toBe(routesPage(declaredRoutes));
  });

  test('docs/problems.md', async () => {
    expect(await readFile('docs/problems.md', 'utf8')).toBe(
      problemsPage(declaredProblems(), declaredRules()),
    );
  });

  test('docs/jobs.md', async () => {
    const sweeps = app.app.get(Sweeps).all.map(({ name }) => name);
    expect(await readFile('docs/jobs.md', 'utf8')).toBe(jobsPage(declaredJobs(), sweeps));
  });
});
