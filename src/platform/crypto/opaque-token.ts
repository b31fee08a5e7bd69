import { createHash, randomBytes } from 'node:crypto';

/** A token that says nothing and cannot be guessed: for a session, an invitation, a reset. */
export const opaqueToken = (): string => randomBytes(32).toString('base64url');

/** What it is found by: the token itself is kept nowhere. */
export const opaqueTokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
