import { startApp } from './support/app.js';
import { Office } from './factories/office.js';
import { claimsOf, signed } from './support/tokens.js';
import { startProgram } from './support/program.js';

it('explores', async () => {
  const app = await startApp();
  console.log(app.app.getHttpAdapter().getInstance().declaredRoutes.filter((r: any) => r.url.startsWith('/admin')).map((r: any) => r.method + ' ' + r.url + ' ' + r.access.roles + r.access.page).join('\n'));
  await app.close();
  const program = await startProgram({ LOG_LEVEL: 'info' });
  const office = await Office.open({ database: program.database, as: () => undefined as any });
  const sid = await office.session('administrator');
  const token = signed({ ...claimsOf(office.account('administrator')), sid });
  const out: string[] = [];
  for (const [auth, path, headers] of [
    ['', '/admin/queues', { accept: 'text/html' }], ['', '/admin/queues', {}],
    [token, '/admin/queues', {}], [token, '/admin/queues/', {}], [token, '/admin/queues/api/queues', {}], [token, '/admin/queues/api/redis/stats', {}],
    [token, '/admin/queues/api/queues/reminders/workers', {}], [token, '/admin/queues/api/queues/nope/workers', {}],
    [token, '/admin/queues/static/js/main.f10757109b.js', {}], [token, '/admin/queues/static/js/nope.js', {}], [token, '/admin/queues/nope', {}],
    [token, '/admin/queues/api/job-schedulers', {}], [token, '/admin/queues/api/queues/reminders/metrics', {}], [token, '/admin/queues/api/queues/reminders/nope', {}],
    [token, '/admin/queues/api/queues?activeQueue=reminders&status=latest&page=1&jobsPerPage=10', {}],
  ] as const) {
    const r = await fetch(program.address + path, { headers: { ...headers, ...(auth && { authorization: `Bearer ${auth}` }) } });
    out.push(`${path} ${auth.length > 0} ${r.status} ${r.headers.get('content-type')} ${r.headers.get('cache-control')} CSP=${r.headers.get('content-security-policy')} ${(await r.text()).slice(0, 900)}`);
  }
  const r = await fetch(program.address + '/api/v1/auth/queue-page-passes', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  out.push(`${r.status} ${r.headers.get('set-cookie')} ${await r.text()}`);
  const c = r.headers.get('set-cookie')!.split(';')[0];
  out.push(String((await fetch(program.address + '/admin/queues', { headers: { cookie: c } })).status));
  console.log(out.join('\n\n'));
  console.log(program.output());
  await program.stop();
});
