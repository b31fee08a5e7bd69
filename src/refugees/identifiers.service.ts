import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Config } from '../platform/config/config.js';
import { blindIndex, Sealer } from '../platform/crypto/sealer.js';
import { cprDigits } from './cpr.js';
import {
  END_IDENTIFIER,
  INSERT_IDENTIFIER,
  IS_CURRENT_IDENTIFIER,
  type IdentifierRow,
} from './refugees.queries.js';

/** A person's numbers: an asylum person id as it is, a CPR number sealed to its row and found by its blind index. */
@Injectable()
export class IdentifiersService {
  private readonly sealer: Sealer;
  private readonly indexKey: Buffer;

  constructor(config: Config) {
    this.sealer = new Sealer(config.DATA_KEYS);
    this.indexKey = Buffer.from(config.INDEX_KEY, 'base64');
  }

  /**
   * Makes `value`, checked at the door, the person's current number in the system; the one before is history.
   * @returns the id of its row; nothing when it is the current one already
   */
  async put(
    tx: EntityManager,
    refugeeId: string,
    system: IdentifierRow['system'],
    value: string,
  ): Promise<string | undefined> {
    const found = system === 'cpr' ? [null, this.find(value)] : [value, null];
    const [current] = await tx.query<object[]>(IS_CURRENT_IDENTIFIER, [refugeeId, system, ...found]);
    if (current) return undefined;
    const id = uuidv7();
    await tx.query(END_IDENTIFIER, [refugeeId, system]);
    const kept =
      system === 'cpr'
        ? [null, this.sealer.seal(cprDigits(value)!, id), this.find(value)]
        : [value, null, null];
    await tx.query(INSERT_IDENTIFIER, [id, refugeeId, system, ...kept]);
    return id;
  }

  /** What a CPR number is found by. */
  find(cpr: string): Buffer {
    return blindIndex(this.indexKey, cprDigits(cpr)!);
  }

  /** The ten digits of a stored CPR number. */
  reveal({ id, sealed }: { id: string; sealed: Buffer | string | null }): string {
    return this.sealer.open(typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : sealed!, id);
  }
}
