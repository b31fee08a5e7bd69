import type { Chance } from '../../demo/chance.js';

/** Ids as the program makes them (UUID version 7, by the instant), but the same in every seeding of a day. */
export class Ids {
  private made = 0;

  /** @param owner whose ids they are: its number stands in them, so that no two owners share one */
  constructor(
    private readonly owner: number,
    private readonly chance: Chance,
  ) {}

  at(instant: Date): string {
    const time = instant.getTime().toString(16).padStart(12, '0');
    const [a, b] = [this.chance.below(0x1000), this.chance.below(0x1000)].map((part) => hex(part, 3));
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-8${b}-${hex(this.owner, 8)}${hex(this.made++, 4)}`;
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
