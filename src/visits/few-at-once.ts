/**
 * Lets so many work at once and keeps the others waiting in the order they came: without a connection, which they would
 * take from everybody while they wait for each other's locks.
 */
export class FewAtOnce {
  private readonly waiting: (() => void)[] = [];
  private working = 0;

  constructor(private readonly most: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.working === this.most) await new Promise<void>((go) => this.waiting.push(go));
    else this.working += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.working -= 1;
    }
  }
}
