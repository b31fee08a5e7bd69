import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Config } from '../src/platform/config/config.js';
import { Sweeper, Sweeps, type Sweep } from '../src/platform/jobs/sweeper.js';
import { startApp, type TestApp } from './support/app.js';

describe('the sweeps of a worker', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const workerWith = (...all: Sweep[]): Sweeper => {
    const sweeps = new Sweeps();
    for (const sweep of all) sweeps.add(sweep);
    return new Sweeper(app.app.get(Config), app.app.get(DataSource), sweeps);
  };
  const noting = (name: string, done: string[], work: () => Promise<unknown> = async () => 0): Sweep => ({
    name,
    sweep: async () => {
      done.push(name);
      await work();
      return 0;
    },
  });

  it('go one after the other, also after one that fails', async () => {
    const done: string[] = [];
    await workerWith(
      noting('first', done, async () => {
        await sleep(100);
        done.push('first has ended');
        throw new Error('no');
      }),
      noting('second', done),
    ).once();
    expect(done).toEqual(['first', 'first has ended', 'second']);
  });

  it('do not wait long for one that hangs, which is not begun again meanwhile, by whomever', async () => {
    const done: string[] = [];
    let letGo = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (letGo = resolve));
    const sweeps = [noting('hangs', done, () => hanging), noting('due reminders', done)];
    const [one, other] = [workerWith(...sweeps), workerWith(...sweeps)];
    await one.once();
    expect(done).toEqual(['hangs', 'due reminders']);
    await other.once();
    await one.once();
    expect(done).toEqual(['hangs', 'due reminders', 'due reminders', 'due reminders']);
    const left = one.beforeApplicationShutdown();
    letGo();
    await left;
    await other.once();
    expect(done.at(-2)).toBe('hangs');
  });
});
