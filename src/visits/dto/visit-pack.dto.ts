import { ApiProperty } from '@nestjs/swagger';
import { FormFieldView } from '../../competences/dto/form-version.dto.js';
import { Count, Optional } from '../../platform/http/fields.js';
import type { CodeLists } from '../visit-packs.queries.js';
import { DeviceName } from './visit-operations.dto.js';

export class PackQuery {
  /** Which device asks, as it names itself when it sends operations. @example tablet-1 */
  @Optional() @DeviceName() deviceId?: string;
}

export class PackedForm {
  /** @example 1 */
  @Count() version: number;
  @ApiProperty({ type: [FormFieldView] }) fields: unknown[];
}

/** No more of a person than a talk begins with. */
export class PackedPerson {
  id: string;
  /** @example Selam */
  givenNames: string;
  /** @example Tesfay */
  familyName: string;
  /** @example 1990 */
  @Count() birthYear: number;
  /** ISO 639-3. @example tir */
  motherTongue: string | null;
  /** ISO 639-3. @example ["eng"] */
  @ApiProperty({ type: [String] }) languages: string[];
  interpreterNeeded: boolean;
  /** ISO 639-3. @example tir */
  interpreterLanguage: string | null;
}

export class PackedParticipant {
  id: string;
  refugee: PackedPerson;
  /** The form that the person's assessment answers. @example 1 */
  @Count() formVersion: number;
  /** By field: `outcome`, `assessmentId`, and those of the form, as they stand in the open draft or were told earlier. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { outcome: null, assessmentId: null, school_years: 9 },
  })
  values: Record<string, unknown>;
  /** By field; left out is 0: nobody has answered yet. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 0 },
    example: { outcome: 0, assessmentId: 0 },
  })
  revisions: Record<string, number>;
}

export class VisitPack {
  packId: string;
  visitId: string;
  issuedAt: string;
  /** From then on another pack is given out; what comes back with this one is taken in all the same. */
  expiresAt: string;
  forms: PackedForm[];
  /** By scheme: codes with their titles, and the codes answers are made of. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'object', additionalProperties: true } },
    example: { cefr: [{ code: 'A1', da: null, en: 'Beginner' }] },
  })
  codes: CodeLists;
  participants: PackedParticipant[];
  /** Participants of your earlier packs who were erased: remove all you hold of them. */
  @Optional() @ApiProperty({ type: [String], format: 'uuid', required: false }) wipe?: string[];
}
