import type { TestApp } from '../support/app.js';
import type { TestAccount } from './staff.js';

/** What a person is registered with; invented, whole and valid. */
export const aPerson = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  givenNames: 'Selam',
  familyName: 'Tesfay',
  bornOn: '1990-01-01',
  sex: 'female',
  nationality: 'ER',
  motherTongue: 'tir',
  ...over,
});

/** Registers a person as `by` and returns the case as the reply shows it. */
export async function register(
  app: TestApp,
  by: TestAccount,
  over: Record<string, unknown> = {},
): Promise<{ id: string; version: number }> {
  const reply = await app.as(by).post('/refugees', aPerson(over));
  if (reply.status !== 201)
    throw new Error(`registering answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  return reply.body as { id: string; version: number };
}
