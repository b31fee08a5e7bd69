import { readdir, readFile } from 'node:fs/promises';
import { hashed } from '../../src/staff/password-hash.js';
import type { Role } from '../../src/staff/staff.contract.js';
import { PasswordMails } from '../../src/staff/password-mails.service.js';
import { makeAccount, type TestAccount } from '../factories/staff.js';
import type { TestApp } from './app.js';

export const PASSWORD = 'Kanariefuglen synger kl. 7';
const hash = hashed(PASSWORD);

/** An account that signs in with `PASSWORD`. */
export const makeAccountThatEnters = async (
  app: TestApp,
  unitId: string,
  role: Role = 'caseworker',
): Promise<TestAccount> => makeAccount(app.database, unitId, role, await hash);

/** Lets the worker's sweep send what waits. */
export const sendPasswordMails = (app: TestApp): Promise<number> => app.app.get(PasswordMails).sweep();

/** The mails to an address about its password, oldest first. */
export async function passwordMailsTo(email: string): Promise<string[]> {
  const folder = process.env.MAIL_URL!.slice('file:'.length);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('password-'));
  const mails = await Promise.all(names.sort().map((name) => readFile(`${folder}/${name}`, 'utf8')));
  return mails.filter((mail) => mail.includes(`To: ${email}`)).map(unquoted);
}

/** The token behind the link of the newest mail to an address. */
export async function mailedToken(app: TestApp, email: string): Promise<string> {
  await sendPasswordMails(app);
  return /#token=([\w-]{43})\s/.exec((await passwordMailsTo(email)).at(-1)!)![1];
}

const unquoted = (mail: string): string =>
  Buffer.from(
    mail
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
