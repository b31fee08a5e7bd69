// No act says so: the practice of the field (NIST SP 800-63B), length over signs, and nothing that stands on the door.

/** Whether a password is nothing but its owner's e-mail or name, however it is written. */
export function isOwnersName(password: string, { email, name }: { email: string; name: string }): boolean {
  const own = [email, email.split('@')[0], name, name.split(' ').toReversed().join(' ')];
  return own.map(letters).includes(letters(password));
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
