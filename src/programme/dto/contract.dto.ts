import { Count, IsDay, Optional, Text } from '../../platform/http/fields.js';

export class DraftContract {
  /** What the person is heading for. @example "Work as a cook within a year" */
  @Text(4000) goal: string;
  /** What leads there. @example "Danish course, internship in a canteen" */
  @Text(4000) activities: string;
}

export class ReviseContract {
  /** @example "Work in a kitchen within a year" */
  @Optional() @Text(4000) goal?: string;
  /** @example "Danish course, internship in a hotel kitchen" */
  @Optional() @Text(4000) activities?: string;
}

export class SignContract {
  /** The day both had signed; today when left out. @example 2026-11-16 */
  @Optional() @IsDay() signedOn?: string;
}

export class ContractView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** @example "Work as a cook within a year" */
  goal: string;
  /** @example "Danish course, internship in a canteen" */
  activities: string;
  draftedAt: string;
  /** Null while it is a draft. @example 2026-11-16 */
  signedOn: string | null;
}

export class Contracts {
  items: ContractView[];
}
