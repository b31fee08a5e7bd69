import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Config } from '../platform/config/config.js';
import { blindIndex, Sealer } from '../platform/crypto/sealer.js';
import { requestProblem } from '../platform/http/problem.js';
import { cprDigits } from './cpr.js';
import type { IdentifierRow } from './refugees.queries.js';

const INSERT = `
  insert into refugee_identifiers (id, refugee_id, system, value, sealed, blind_index) values ($1, $2, $3, $4, $5, $6)`;
const END_CURRENT = `
  update refugee_identifiers set valid_to = clock_now() where refugee_id = $1 and system = $2 and valid_to is null`;

/** A person's numbers: an asylum person id as it is, a CPR number sealed to its row and found by its blind index. */
@Injectable()
export class IdentifiersService {
  private readonly sealer: Sealer;
  private readonly indexKey: Buffer;

  constructor(config: Config) {
    this.sealer = new Sealer(config.DATA_KEYS);
    this.indexKey = Buffer.from(config.INDEX_KEY, 'base64');
  }

  /** Makes `value` the person's current number in the system; the one before is history. */
  async put(
    tx: EntityManager,
    refugeeId: string,
    system: IdentifierRow['system'],
    value: string,
  ): Promise<string> {
    const id = uuidv7();
    await tx.query(END_CURRENT, [refugeeId, system]);
    if (system === 'cpr') {
      const digits = this.digits(value);
      await tx.query(INSERT, [
        id,
        refugeeId,
        system,
        null,
        this.sealer.seal(digits, id),
        this.indexOf(digits),
      ]);
    } else {
      await tx.query(INSERT, [id, refugeeId, system, asylumPersonId(value), null, null]);
    }
    return id;
  }

  /** What a CPR number is found by. */
  find(cpr: string): Buffer {
    return this.indexOf(this.digits(cpr));
  }

  /** The ten digits of a stored CPR number. */
  reveal({ id, sealed }: Pick<IdentifierRow, 'id'> & { sealed: Buffer | string | null }): string {
    return this.sealer.open(typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : sealed!, id);
  }

  private indexOf(digits: string): Buffer {
    return blindIndex(this.indexKey, digits);
  }

  private digits(value: string): string {
    const digits = cprDigits(value);
    if (!digits) throw requestProblem.invalid({ errors: [{ field: 'cpr', rule: 'cpr' }] });
    return digits;
  }
}

function asylumPersonId(value: string): string {
  if (/^[A-Z0-9][A-Z0-9-]{2,19}$/.test(value)) return value;
  throw requestProblem.invalid({
    errors: [{ field: 'value', rule: 'pattern', values: { form: 'A-Z 0-9 -' } }],
  });
}
