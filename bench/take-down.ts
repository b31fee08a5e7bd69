/** What was put up, the last first: at the end, and when somebody stops us before. */
export class TakeDown {
  /** Somebody stopped us: what fails now fails for that. */
  stopped = false;
  private readonly steps: (() => Promise<void>)[] = [];

  constructor() {
    const stop = (): void => {
      this.stopped = true;
      void this.now().finally(() => process.exit(130));
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  }

  add(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  async now(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) await step();
  }
}
