import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpApp } from '../src/app.setup.js';
import { declaredProblems, type DeclaredProblem } from '../src/platform/http/problem.filter.js';
import { declaredRules, type DeclaredRule } from '../src/platform/http/rule-texts.js';
import type { DeclaredRoute } from '../src/platform/http/routes.js';
import { declaredJobs, type JobSpec } from '../src/platform/jobs/job.js';
import { Sweeps } from '../src/platform/jobs/sweeper.js';
import { ROLES, type Role } from '../src/staff/staff.contract.js';
import { startPostgres } from './embedded-postgres.js';
import { provision } from './provision.js';

const HEADINGS: Record<Role, string> = {
  job_consultant: 'job consultant',
  coordinator: 'coordinator',
  caseworker: 'caseworker',
  welcome_house_coordinator: 'Welcome House',
  team_leader: 'team leader',
  analyst: 'analyst',
  administrator: 'administrator',
};

/** Which role may enter which route. What a role sees behind it is for the case team and the policies to say. */
export function routesPage(routes: readonly DeclaredRoute[]): string {
  const rows = routes
    .filter(({ url }) => !/^\/(api\/docs|admin\/queues)\//.test(url))
    .toSorted((a, b) => compare(a.url, b.url) || compare(a.method, b.method))
    .map(({ method, url, access }) => [
      method,
      `\`${url}\``,
      ...ROLES.map((role) => (access.open ? 'open' : access.roles.includes(role) ? '●' : '')),
    ]);
  return `# Who may enter which route

Written by \`npm run docs\` from the running program: ● may enter, \`open\` also without signing in.
The pages of the OpenAPI document, with the files below \`/api/docs/\`, are open in development and in the demo; in
production they ask for an account of any role. The page of queues, with its files and its data below \`/admin/queues/\`,
also takes the cookie of a browser, and only while the session behind it runs.

${table(['method', 'URL', ...ROLES.map((role) => HEADINGS[role])], rows)}`;
}

/** What runs outside a request: the jobs of the queue, and the sweeps that find what the queue lost. */
export function jobsPage(jobs: readonly JobSpec[], sweeps: readonly string[]): string {
  const rows = jobs
    .toSorted((a, b) => compare(a.name, b.name))
    .map(({ name, queue, payload, attempts, schedule, zone }) => [
      `\`${name}\``,
      queue,
      `\`${payload}\``,
      String(attempts),
      schedule,
      zone,
    ]);
  return `# What runs outside a request

Written by \`npm run docs\` from the running program.

## Jobs

${table(['job', 'queue', 'payload', 'attempts', 'schedule', 'time zone'], rows)}
## Sweeps

Every \`SWEEP_SECONDS\`, in one worker at a time, in this order:

${sweeps.map((name) => `- ${name}\n`).join('')}`;
}

/** Everything a client can be refused with, and every rule a field can break, in both languages. */
export function problemsPage(problems: readonly DeclaredProblem[], rules: readonly DeclaredRule[]): string {
  return `# What can go wrong

Written by \`npm run docs\` from the running program.

A refusal is \`application/problem+json\`: test for its \`code\`, show its \`title\`, which is Danish, or English when
\`Accept-Language\` prefers it. Which route may answer with which stands in \`/api/openapi.json\`.

${table(
  ['code', 'status', 'Danish', 'English'],
  problems.map(({ code, status, da, en }) => [`\`${code}\``, String(status), da, en]),
)}
## Rules of fields

\`request.invalid\`, and some others, name in \`errors\` each field that is wrong, the rule it breaks, and what the rule
asks for; values of the rule stand here in braces.

${table(
  ['rule', 'Danish', 'English'],
  rules.map(({ rule, da, en }) => [`\`${rule}\``, da, en]),
)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Laid out as Prettier would. */
function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((_, i) => Math.max(3, ...[headings, ...rows].map((row) => row[i].length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |\n`;
  return [headings, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('');
}

/** Starts the program on a throw-away database and writes down what it declares. */
async function writePages(): Promise<void> {
  const home = join(tmpdir(), `ankomst-docs-${randomUUID().slice(0, 8)}`);
  const server = await startPostgres({ home, persistent: false });
  try {
    const passwords = { ownerPassword: 'owner', appPassword: 'app' };
    const urls = await provision(server.adminUrl, { database: 'ankomst_docs', ...passwords });
    // not above: a script that awaits at its top level is nothing Jest can load together with the pages
    const { migrate } = await import('./migrate.js');
    await migrate(urls.migrationDatabaseUrl);
    Object.assign(process.env, environment(urls.databaseUrl));
    const app = await createHttpApp();
    await app.init();
    const fastify = app.getHttpAdapter().getInstance();
    await fastify.ready();
    const sweeps = app.get(Sweeps).all.map(({ name }) => name);
    await mkdir('docs', { recursive: true });
    await writeFile('docs/routes.md', routesPage(fastify.declaredRoutes));
    await writeFile('docs/problems.md', problemsPage(declaredProblems(), declaredRules()));
    await writeFile('docs/jobs.md', jobsPage(declaredJobs(), sweeps));
    await app.close();
    // the queue's connections end a moment after it, and complain when the server is gone before
    await sleep(300);
  } finally {
    await server.stop();
  }
}

function environment(databaseUrl: string): Record<string, string> {
  const key = Buffer.alloc(32).toString('base64');
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
    TOKEN_KEYS: `k1:${key}`,
    DATA_KEYS: `k1:${key}`,
    INDEX_KEY: key,
    MAIL_URL: 'file:nowhere',
    FILES_AT: `file:${join(tmpdir(), 'ankomst-docs')}`,
    MAIL_FROM: 'Ankomst <ankomst@localhost>',
  };
}

if (basename(process.argv[1] ?? '') === 'docs.js') void writePages();
