import { Count, IsDay, Nullable, OneOf, Optional } from '../../platform/http/fields.js';
import { VISITATION_CATEGORIES, type VisitationCategory } from '../visitations.contract.js';

export class RecordVisitation {
  /** The day it was held. @example 2026-11-16 */
  @IsDay() heldOn: string;
  /** @example job_ready */
  @Nullable() @OneOf(VISITATION_CATEGORIES) category?: VisitationCategory | null;
}

export class CorrectVisitation {
  /** @example 2026-11-17 */
  @Optional() @IsDay() heldOn?: string;
  /** @example activity_ready */
  @Nullable() @OneOf(VISITATION_CATEGORIES) category?: VisitationCategory | null;
}

export class VisitationView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** @example 2026-11-16 */
  heldOn: string;
  /** @example job_ready */
  category: VisitationCategory | null;
  recordedAt: string;
}
