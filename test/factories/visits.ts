import type { TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { aBooking } from './papers.js';
import { register } from './refugees.js';
import type { TestAccount } from './staff.js';

/** A visit under way, by one colleague: every step @throws unless it was done. */
export class VisitOf {
  private constructor(
    private readonly app: TestApp,
    private readonly by: TestAccount,
    readonly id: string,
  ) {}

  static async plan(app: TestApp, by: TestAccount, over: Record<string, unknown> = {}): Promise<VisitOf> {
    const centres = await app.as(by).get('/asylum-centres?q=sandholm');
    const plan = { centreId: centres.body.items[0].id, onDay: '2026-12-01', ...over };
    return new VisitOf(app, by, (await done(app.as(by), 'POST', '/visits', plan)).id);
  }

  async meet(refugeeId?: string): Promise<{ id: string; refugeeId: string }> {
    const person = refugeeId ?? (await register(this.app, this.by)).id;
    return done(this.app.as(this.by), 'POST', `/visits/${this.id}/participants`, { refugeeId: person });
  }

  async book(over: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
    return done(this.app.as(this.by), 'POST', `/visits/${this.id}/interpreter-bookings`, aBooking(over));
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came back, of whatever shape
  async read(): Promise<any> {
    return done(this.app.as(this.by), 'GET', `/visits/${this.id}`);
  }

  async end(participantId: string, outcome: string): Promise<void> {
    const path = `/visits/${this.id}/participants/${participantId}/outcome`;
    await done(this.app.as(this.by), 'PUT', path, { outcome });
  }

  async close(): Promise<void> {
    await done(this.app.as(this.by), 'POST', `/visits/${this.id}/closings`);
  }

  async cancel(): Promise<void> {
    const headers = { 'if-match': `"${(await this.read()).version}"` };
    await done(
      this.app.as(this.by),
      'POST',
      `/visits/${this.id}/cancellations`,
      { reason: 'Closed' },
      headers,
    );
  }

  /** What the timeline says of it, oldest first. */
  facts(): Promise<{ fact: string; case_ids: string[]; details: Record<string, unknown> }[]> {
    return this.app.database.asOwner(
      `select fact, case_ids, details from timeline where subject_type = 'visit' and subject_id = $1 order by id`,
      [this.id],
    );
  }
}

async function done(
  client: Client,
  ...request: Parameters<Client['send']>
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came back, of whatever shape
): Promise<any> {
  const { status, body } = await client.send(...request);
  if (status >= 300) throw new Error(`${request[0]} ${request[1]}: ${status} ${JSON.stringify(body)}`);
  return body;
}
