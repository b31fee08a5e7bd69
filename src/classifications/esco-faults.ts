/** An import that was refused: nothing is changed. Its message says why, for whoever typed the command. */
export class ImportRefused extends Error {}

const SHOWN = 20;

/** What is wrong with the files: each with file, line and rule. */
export class Faults {
  private readonly lines: string[] = [];
  private count = 0;

  /** `line` is that on which the row begins, from 1; the header is the first. */
  add(file: string, line: number, rule: string): void {
    if (this.count++ < SHOWN) this.lines.push(`${file}, line ${line}: ${rule}`);
  }

  /** @throws ImportRefused when anything is wrong */
  refuse(): void {
    if (this.count === 0) return;
    const more = this.count > SHOWN ? [`and ${this.count - SHOWN} more`] : [];
    throw new ImportRefused([...this.lines, ...more].join('\n'));
  }
}
