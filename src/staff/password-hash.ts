import { randomBytes } from 'node:crypto';
import { argon2id, hash, needsRehash, verify } from 'argon2';

/** OWASP's floor for argon2id: 19 MiB, two passes. */
const ARGON2 = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashed = (password: string): Promise<string> => hash(password, ARGON2);

/** Verified against when there is no password, so that a refusal costs the same work for every e-mail. */
const nobodys = hashed(randomBytes(16).toString('hex'));

/** One verification, also for an account without a password or none at all, which is never right. */
export async function isRight(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodys), password);
  return right && typeof passwordHash === 'string';
}

/** Whether a hash was made with less than what is asked for today. */
export const isOutdated = (passwordHash: string): boolean =>
  !passwordHash.startsWith('$argon2id$') || needsRehash(passwordHash, ARGON2);
