import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import jwt, { type JwtHeader } from 'jsonwebtoken';
import { keyRing } from '../../src/platform/crypto/key-ring.js';
import type { TestAccount } from '../factories/staff.js';

/** What an access token says of an account. */
export function claimsOf({ id, role, unitId }: TestAccount, now = new Date()): Record<string, unknown> {
  const iat = Math.floor(now.getTime() / 1000);
  const at = { iat, exp: iat + 600, iss: 'ankomst', aud: 'ankomst-api' };
  return { sub: id, role, unit: unitId, sid: id, ...at };
}

/** The key the program signs with: the first of the ring. */
export function signingKey(): { kid: string; secret: Buffer } {
  const { current: kid, keys } = keyRing(process.env.TOKEN_KEYS!);
  return { kid, secret: keys.get(kid)! };
}

/** Signs claims as the program does; a test forges by what it changes. */
export function signed(
  claims: Record<string, unknown>,
  secret: string | Buffer = signingKey().secret,
  header: Partial<JwtHeader> = {},
): string {
  const { kid } = signingKey();
  return jwt.sign(claims, secret, { algorithm: 'HS256', header: { alg: 'HS256', kid, ...header } });
}

const GUESSES = ['secret', 'password', 'ankomst', 'change-me', 'key', 'jwt', 'test', '123456', 'null', ' '];

/** Tokens that say `claims` and that nobody who may has signed, by what is wrong with them. */
export function forgedTokens(claims: Record<string, unknown>): Record<string, string> {
  const { kid, secret } = signingKey();
  const [head, body, signature] = signed(claims).split('.');
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const handMade = (header: object, key: string | Buffer): string => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  return {
    ...Object.fromEntries(
      ['none', 'None', 'nOnE', 'NONE', ''].flatMap((alg) => [
        [`alg ${alg}`, `${part({ alg, typ: 'JWT', kid })}.${part(claims)}.`],
        [`alg ${alg} with a signature`, `${part({ alg, typ: 'JWT', kid })}.${part(claims)}.${signature}`],
      ]),
    ),
    ...Object.fromEntries(GUESSES.map((guess) => [`guess ${guess}`, signed(claims, guess)])),
    'empty secret': handMade({ alg: 'HS256', kid }, ''),
    'no algorithm': handMade({ typ: 'JWT', kid }, secret),
    HS384: jwt.sign(claims, secret, { algorithm: 'HS384', keyid: kid }),
    HS512: jwt.sign(claims, secret, { algorithm: 'HS512', keyid: kid }),
    RS256: jwt.sign(claims, privateKey, { algorithm: 'RS256', keyid: kid }),
    'public key as secret': handMade(
      { alg: 'HS256', kid },
      String(publicKey.export({ type: 'spki', format: 'pem' })),
    ),
    'other claims under a good signature': `${head}.${part({ ...claims, sub: randomUUID() })}.${signature}`,
    'half a signature': `${head}.${body}.${signature.slice(0, 20)}`,
    'no signature': `${head}.${body}.`,
    'two parts': `${head}.${body}`,
  };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
