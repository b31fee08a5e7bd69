import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Clock } from '../clock/clock.js';
import type { Config } from '../config/config.js';
import { Mailer, MailNotSent } from './mailer.js';

const KAREN = 'karen@example.dk';
const MAIL = { messageId: 'one@ankomst', to: KAREN, subject: 'x', text: 'x' };

/** A mail server that takes everything, and what it was told; `answer` may say something else, or nothing. */
async function serverThat(
  answer: (said: string, line: Socket) => string | undefined,
): Promise<{ server: Server; lines: Set<Socket> }> {
  const lines = new Set<Socket>();
  const server = createServer((line) => {
    lines.add(line);
    line.on('error', () => undefined).write('220 ready\r\n');
    line.on('data', (data) => {
      const said = String(data);
      const usual = said.startsWith('DATA') ? '354 go on' : '250 yes';
      const reply = answer(said, line) ?? usual;
      if (reply) line.write(`${reply}\r\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, lines };
}

async function withMailer<T>(
  answer: (said: string, line: Socket) => string | undefined,
  work: (mailer: Mailer, lines: Set<Socket>) => Promise<T>,
  perSecond = 1000,
): Promise<T> {
  const { server, lines } = await serverThat(answer);
  const { port } = server.address() as AddressInfo;
  const config = {
    MAIL_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'ankomst@localhost',
    MAILS_PER_SECOND: perSecond,
  } as Config;
  const mailer = new Mailer(config, { now: () => new Date() } as Clock);
  try {
    return await work(mailer, lines);
  } finally {
    mailer.onApplicationShutdown();
    server.close();
  }
}

const failureOf = (answer: (said: string, line: Socket) => string | undefined) =>
  withMailer(answer, async (mailer) => {
    const failure: unknown = await mailer.send(MAIL).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MailNotSent);
    return failure as MailNotSent;
  });

const isEndOfMail = (said: string) => said.endsWith('\r\n.\r\n');
const leave = (line: Socket) => {
  line.destroy();
  return '';
};

describe('a mail that is not sent', () => {
  test.each([
    ['RCPT', `550 5.1.1 <${KAREN}>: no such mailbox`, true],
    ['RCPT', `450 4.2.1 <${KAREN}>: later`, false],
    ['MAIL', '421 closing', false],
    ['MAIL', '550 5.1.8 we do not know you', false],
  ])('%s: %s', async (command, answer, ofThisMailOnly) => {
    const failure = await failureOf((said) => (said.startsWith(command) ? answer : undefined));
    expect(failure).toMatchObject({ ofThisMailOnly, mayBeOut: false });
    expect(JSON.stringify([failure.message, failure, failure.stack])).not.toContain(KAREN);
  });

  test.each([
    [
      'may be out when the server leaves without a word after it has all of it',
      isEndOfMail,
      (line: Socket) => leave(line),
      true,
    ],
    ['is not out when the server says so', isEndOfMail, () => '451 full', false],
    [
      'is not out when the server leaves before',
      (said: string) => said.startsWith('DATA'),
      (line: Socket) => leave(line),
      false,
    ],
  ])('%s', async (_, when, then, mayBeOut) => {
    expect(await failureOf((said, line) => (when(said) ? then(line) : undefined))).toMatchObject({
      mayBeOut,
    });
  });

  it('may be out when the server has all of it and hangs', async () => {
    const failure = await failureOf((said) => (isEndOfMail(said) ? '' : undefined));
    expect(failure).toMatchObject({ code: 'ETIMEDOUT', mayBeOut: true });
  });
});

describe('mails', () => {
  const mails = (howMany: number) =>
    Array.from({ length: howMany }, (_, i) => ({ ...MAIL, messageId: `${i}@ankomst` }));

  it('go out over a few lines, each by itself, no faster than told', async () => {
    const taken: number[] = [];
    const began = performance.now();
    const lines = await withMailer(
      (said) => void (isEndOfMail(said) && taken.push(performance.now() - began)),
      async (mailer, opened) => {
        await Promise.all(mails(50).map((mail) => mailer.send(mail)));
        return opened.size;
      },
      20,
    );
    expect(taken).toHaveLength(50);
    expect(lines).toBeLessThanOrEqual(10);
    for (const at of [0, 1000]) {
      const within = taken.filter((ms) => ms >= at && ms < at + 1000).length;
      expect(within).toBeLessThanOrEqual(30); // the rate, and the first of each line
    }
  });

  it('are tried over another line when the server has left an idle one', async () => {
    await withMailer(
      () => undefined,
      async (mailer, lines) => {
        const [first, second] = mails(2);
        await mailer.send(first);
        for (const line of lines) line.end();
        await expect(mailer.send(second)).resolves.toBeUndefined();
      },
    );
  });
});
