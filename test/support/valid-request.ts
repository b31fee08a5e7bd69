import type { Role } from '../../src/staff/staff.contract.js';
import type { Office } from '../factories/office.js';

/** A request that is right in every respect, for a colleague of the office that made it. */
export interface ValidRequest {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** Instead of a body: a file, as its headers say. */
  file?: Buffer;
  headers?: Record<string, string>;
  /** Whose it is to ask, where not every role the route admits may. */
  as?: Role;
  /** Whom a file shows, where sight of the case is not all the route asks for. */
  shows?: string;
  /** The case it is about, where sight of that case is all the route asks for. */
  case?: string;
}

export type Make = (office: Office) => ValidRequest | Promise<ValidRequest>;

export const aboutKnownCase: Make = async (office) => {
  const { id } = await office.knownCase();
  return { params: { id }, case: id };
};
export const aboutNewPerson =
  (body?: () => Record<string, unknown>): Make =>
  async (office) => {
    const { id } = await office.person();
    return { params: { id }, case: id, ...(body && { body: body() }) };
  };
export const ifMatch = (version: number): Record<string, string> => ({ 'if-match': `"${version}"` });
