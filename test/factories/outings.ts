import { Clock } from '../../src/platform/clock/clock.js';
import { startApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { Tablet } from '../support/tablet.js';
import { claimsOf, signed } from '../support/tokens.js';
import { register } from './refugees.js';
import { makeUnit, type TestAccount, type TestUnit } from './staff.js';

/** The day of every visit here, which the clock stands on. */
const DAY = '2027-01-11';

/** Visits of a unit today, and devices that go along. */
export class Outings {
  private constructor(
    readonly app: TestApp,
    readonly unit: TestUnit,
    private readonly centreId: string,
  ) {}

  static async open(): Promise<Outings> {
    const app = await startApp();
    const unit = await makeUnit(app.database);
    await app.moveClock(`${DAY}T07:00:00Z`);
    const { items } = (await app.as(unit.jobConsultant).get('/asylum-centres?limit=1')).body;
    return new Outings(app, unit, items[0].id);
  }

  get consultant(): Client {
    return this.app.as(this.unit.jobConsultant);
  }

  async plan(consultantIds: string[] = []): Promise<string> {
    const visit = { centreId: this.centreId, onDay: DAY, consultantIds };
    return (await this.consultant.post('/visits', visit)).body.id;
  }

  async person(visitId: string, by: TestAccount = this.unit.jobConsultant) {
    const { id: refugeeId } = await register(this.app, by);
    const { id } = (await this.app.as(by).post(`/visits/${visitId}/participants`, { refugeeId })).body;
    return { id: id as string, refugeeId };
  }

  async tablet(visitId: string, account: TestAccount = this.unit.jobConsultant): Promise<Tablet> {
    const one = new Tablet(this.app.as(account), visitId);
    const reply = await one.fetch();
    if (reply.status !== 200)
      throw new Error(`the pack answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return one;
  }

  /** For a request that no client of ours sends. */
  get bearer(): string {
    return `Bearer ${signed(claimsOf(this.unit.jobConsultant, this.app.app.get(Clock).now()))}`;
  }

  async answersOf(assessmentId: string) {
    return (await this.app.as(this.unit.leader).get(`/assessments/${assessmentId}`)).body.answers;
  }
}

export const outcomes = (body: { results: { outcome: string; reason?: string }[] }): string[] =>
  body.results.map(({ outcome, reason }) => (reason ? `${outcome} ${reason}` : outcome));
