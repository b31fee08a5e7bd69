// Kept free of any package, so that pure rules may ask it, too.

/** Id of a row, as anybody may write it: Postgres writes it in small letters. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** SHA-256 of bytes, in small hexadecimal. */
export const SHA_256 = /^[0-9a-f]{64}$/;

export const isSha256 = (value: unknown): value is string => typeof value === 'string' && SHA_256.test(value);
