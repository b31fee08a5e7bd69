import { Count } from '../../platform/http/fields.js';

export class AttachmentView {
  /** Of the bytes, in small hexadecimal. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;
  /** @example 181234 */
  @Count() bytes: number;
  receivedAt: string;
}
