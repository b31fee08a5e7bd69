import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Clock } from '../clock/clock.js';
import type { Config } from '../config/config.js';
import { Mailer, MailNotSent } from './mailer.js';

const KAREN = 'karen@example.dk';

/** A mail server that answers one command as told, and takes all others. */
async function serverThatSays(command: string, answer: string): Promise<Server> {
  const server = createServer((line) => {
    line.on('error', () => undefined).write('220 ready\r\n');
    line.on('data', (said) => line.write(String(said).startsWith(command) ? `${answer}\r\n` : '250 yes\r\n'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function failureOf(command: string, answer: string): Promise<MailNotSent> {
  const server = await serverThatSays(command, answer);
  const { port } = server.address() as AddressInfo;
  const config = { MAIL_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'ankomst@localhost' } as Config;
  const mailer = new Mailer(config, { now: () => new Date() } as Clock);
  const mail = { messageId: 'one@ankomst', to: KAREN, subject: 'x', text: 'x' };
  const failure: unknown = await mailer.send(mail).catch((error: unknown) => error);
  server.close();
  expect(failure).toBeInstanceOf(MailNotSent);
  return failure as MailNotSent;
}

describe('a mail that is not sent', () => {
  test.each([
    ['RCPT', `550 5.1.1 <${KAREN}>: no such mailbox`, true],
    ['RCPT', `450 4.2.1 <${KAREN}>: later`, false],
    ['MAIL', '421 closing', false],
  ])('%s: %s', async (command, answer, ofThisMailOnly) => {
    const failure = await failureOf(command, answer);
    expect(failure.ofThisMailOnly).toBe(ofThisMailOnly);
    expect(JSON.stringify([failure.message, failure, failure.stack])).not.toContain(KAREN);
  });
});
