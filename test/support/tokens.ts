import jwt, { type JwtHeader } from 'jsonwebtoken';
import type { TestAccount } from '../factories/staff.js';

/** What an access token says of an account. */
export function claimsOf({ id, role, unitId }: TestAccount, now = new Date()): Record<string, unknown> {
  const iat = Math.floor(now.getTime() / 1000);
  const at = { iat, exp: iat + 600, iss: 'ankomst', aud: 'ankomst-api' };
  return { sub: id, role, unit: unitId, sid: id, ...at };
}

/** Signs claims as the program does; a test forges by what it changes. */
export function signed(
  claims: Record<string, unknown>,
  secret: string = process.env.TOKEN_SECRET!,
  header: Partial<JwtHeader> = {},
): string {
  return jwt.sign(claims, secret, { algorithm: 'HS256', header: { alg: 'HS256', ...header } });
}

/** A token of parts made by hand, signed by nobody. */
export function unsigned(header: object, claims: object, signature = ''): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}
