import { OneOf, Optional } from '../../platform/http/fields.js';
import { PRINTED_LANGUAGES, type PersonsLanguage } from '../../platform/pages/tongue.js';

export class InvitationQuery {
  /** ISO 639-3, beside Danish; the person's own unless it is said. @example tir */
  @Optional() @OneOf(PRINTED_LANGUAGES) lang?: PersonsLanguage;
}
