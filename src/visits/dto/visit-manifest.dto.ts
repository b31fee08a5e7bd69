import { ApiProperty } from '@nestjs/swagger';
import { Count, OneOf, Text } from '../../platform/http/fields.js';
import { DeviceName, Reckoning } from './visit-operations.dto.js';

/** What a device counted, and what came of it. */
export class DeviceCount {
  accountId: string;
  /** @example tablet-1 */
  @DeviceName() deviceId: string;
  /** The pack it came with last. */
  packId: string;
  /** @example 40 */
  @Count() last: number;
  /** @example 38 */
  @Count() received: number;
  /** The first hundred numbers that did not come. */
  @ApiProperty({ type: [Number], example: [12, 13] }) missing: number[];
}

export class PackHolder {
  id: string;
  /** @example "Lone Bech" */
  name: string;
}

export class PackView {
  id: string;
  account: PackHolder;
  /** @example 1 */
  @Count() formVersion: number;
  issuedAt: string;
  expiresAt: string;
  /** `returned` once its account sent operations, or that there are none, or holds a newer one. */
  @OneOf(['out', 'returned', 'written_off']) state: string;
}

export class ManifestView extends Reckoning {
  devices: DeviceCount[];
  /** SHA-256 that operations name and nobody sent, the first hundred of those you sent or may read. */
  @ApiProperty({
    type: [String],
    example: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  })
  missingAttachments: string[];
  packs: PackView[];
}

export class WriteOff {
  /** Why it does not come back, or no more comes of it. @example "The tablet was stolen" */
  @Text(2000) reason: string;
}
