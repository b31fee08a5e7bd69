import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';

export interface Mail {
  /** Unique for what is said to whom; sending it twice must show up once. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
}

/** Milliseconds; a mail server that says nothing must not hold up whoever waits behind this mail. */
const PATIENCE = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };
/** As many lines as the worker does jobs at once: a mail that was claimed waits for no other. */
const LINES = 10;
/** For one mail in all, its turn at the rate included: well within the two minutes a claim stands. */
const LONGEST_MS = 60_000;

interface Failure {
  code?: string;
  responseCode?: number;
  command?: string;
}

/** A mail that was not sent, or may not have been: what the server said stays out, for it quotes the address. */
export class MailNotSent extends Error {
  /** Nodemailer's name for what failed, such as `EENVELOPE`. */
  readonly code?: string;
  /** Of the server: 4xx for now, 5xx for good. */
  readonly responseCode?: number;
  /** The server refused whom this mail is for, and may well take the next. */
  readonly ofThisMailOnly: boolean;

  constructor(
    { code, responseCode, command }: Failure,
    /** The server had all of it and gave no answer: it may be out. */
    readonly mayBeOut: boolean,
  ) {
    super([code, responseCode].filter(Boolean).join(' '));
    this.name = 'MailNotSent';
    this.code = code;
    this.responseCode = responseCode;
    this.ofThisMailOnly = code === 'EENVELOPE' && command === 'RCPT TO' && (responseCode ?? 0) >= 500;
  }
}

/** Sends by SMTP, `MAILS_PER_SECOND` at most, or writes one `.eml` file a mail, as `MAIL_URL` says. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly server?: ReturnType<typeof pooled>;
  /** What is being read by the server, by Message-ID. */
  private readonly handedOver = new Map<string, Readable>();

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    if (!this.honoursMessageId) this.server = this.watched(pooled(config));
  }

  /** What is in the middle of being sent is sent. */
  onApplicationShutdown(): void {
    this.server?.close();
  }

  /** Whether sending the same `messageId` again leaves one mail: true of the folder, unknown of a mail server. */
  get honoursMessageId(): boolean {
    return this.config.MAIL_URL.startsWith('file:');
  }

  /** @throws MailNotSent when the server refuses it, is away, or does not say that it took it */
  async send(mail: Mail): Promise<void> {
    const message = {
      ...mail,
      from: this.config.MAIL_FROM,
      messageId: `<${mail.messageId}>`,
      date: this.clock.now(),
    };
    if (!this.server) return this.write(mail.messageId, message);
    try {
      await this.server.sendMail({ ...message, signal: AbortSignal.timeout(LONGEST_MS) });
    } catch (error) {
      const failure = error as Failure;
      const whole = this.handedOver.get(message.messageId)?.readableEnded ?? false;
      throw new MailNotSent(failure, whole && !failure.responseCode);
    } finally {
      this.handedOver.delete(message.messageId);
    }
  }

  private async write(messageId: string, message: object): Promise<void> {
    const folder = resolve(this.config.MAIL_URL.slice('file:'.length));
    const written = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
    await mkdir(folder, { recursive: true });
    // Written beside and renamed, so that a reader never sees half a mail and a kill leaves none.
    const beside = join(folder, `.${messageId}.${process.pid}`);
    await writeFile(beside, written.message as Buffer);
    await rename(beside, join(folder, `${messageId}.eml`));
  }

  /** Nodemailer does not say how far it came with a mail: whoever has read it to its end may have sent it. */
  private watched(server: ReturnType<typeof pooled>): ReturnType<typeof pooled> {
    return server.use('stream', ({ message }, done) => {
      const read = message.createReadStream.bind(message);
      message.createReadStream = (options) => {
        const stream = read(options);
        this.handedOver.set(message.messageId(), stream);
        return stream;
      };
      done();
    });
  }
}

const pooled = ({ MAIL_URL, MAILS_PER_SECOND }: Config) =>
  createTransport({
    url: MAIL_URL,
    pool: true,
    maxConnections: LINES,
    rateLimit: MAILS_PER_SECOND,
    ...PATIENCE,
  });
