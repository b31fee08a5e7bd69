/** What a proof counted and found. */
export class Ledger {
  requests = 0;
  /** Answered with success, so that what they wrote must be there. */
  acknowledged = 0;
  lost = 0;
  doubled = 0;
  /** 5xx while nothing was broken. */
  unexpected5xx = 0;
  /** Resets, refusals and silences that a client should not see, and answers of the wrong shape: how often each. */
  private readonly errors = new Map<string, number>();
  readonly claims: { holds: boolean; text: string }[] = [];
  /** What could not be tried here, and why. */
  readonly notes = new Set<string>();

  error(kind: string): void {
    this.errors.set(kind, (this.errors.get(kind) ?? 0) + 1);
  }

  get otherErrors(): number {
    return [...this.errors.values()].reduce((sum, count) => sum + count, 0);
  }

  get errorsInWords(): string {
    return [...this.errors].map(([kind, count]) => `${count} × ${kind}`).join(', ');
  }

  claim(holds: boolean, text: string): void {
    this.claims.push({ holds, text });
  }

  get holds(): boolean {
    const nothingWrong = this.lost + this.doubled + this.unexpected5xx + this.otherErrors === 0;
    return nothingWrong && this.claims.length > 0 && this.claims.every(({ holds }) => holds);
  }
}
