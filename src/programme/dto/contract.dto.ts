import { IsDay, Optional, Text } from '../../platform/http/fields.js';

export class DraftContract {
  /** What the person is heading for. @example Work as a cook within a year */
  @Text(4000) goal: string;
  /** What leads there. @example Danish course, internship in a canteen */
  @Text(4000) activities: string;
}

export class ReviseContract {
  @Optional() @Text(4000) goal?: string;
  @Optional() @Text(4000) activities?: string;
}

export class SignContract {
  /** The day both had signed; today when left out. */
  @Optional() @IsDay() signedOn?: string;
}

export class ContractView {
  id: string;
  version: number;
  refugeeId: string;
  /** @example Work as a cook within a year */
  goal: string;
  /** @example Danish course, internship in a canteen */
  activities: string;
  draftedAt: string;
  /** Null while it is a draft. */
  signedOn: string | null;
}

export class Contracts {
  items: ContractView[];
}
