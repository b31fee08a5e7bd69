import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
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

/** A mail that was not sent: what the server said stays out, for it quotes the address. */
export class MailNotSent extends Error {
  constructor(
    /** Nodemailer's name for what failed, such as `EENVELOPE`. */
    readonly code?: string,
    /** Of the server: 4xx for now, 5xx for good. */
    readonly responseCode?: number,
  ) {
    super([code, responseCode].filter(Boolean).join(' '));
    this.name = 'MailNotSent';
  }

  /** The server refused whom this mail is for, and may well take the next. */
  get ofThisMailOnly(): boolean {
    return this.code === 'EENVELOPE' && (this.responseCode ?? 0) >= 500;
  }
}

/** Sends by SMTP, or writes one `.eml` file a mail, as `MAIL_URL` says. */
@Injectable()
export class Mailer {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Whether sending the same `messageId` again leaves one mail: true of the folder, unknown of a mail server. */
  get honoursMessageId(): boolean {
    return this.config.MAIL_URL.startsWith('file:');
  }

  /** @throws MailNotSent when the server refuses it or is away */
  async send(mail: Mail): Promise<void> {
    const message = {
      ...mail,
      from: this.config.MAIL_FROM,
      messageId: `<${mail.messageId}>`,
      date: this.clock.now(),
    };
    if (!this.honoursMessageId) {
      try {
        await createTransport({ url: this.config.MAIL_URL, ...PATIENCE }).sendMail(message);
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        throw new MailNotSent(code, responseCode);
      }
      return;
    }
    const folder = resolve(this.config.MAIL_URL.slice('file:'.length));
    const written = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
    await mkdir(folder, { recursive: true });
    // Written beside and renamed, so that a reader never sees half a mail and a kill leaves none.
    const beside = join(folder, `.${mail.messageId}.${process.pid}`);
    await writeFile(beside, written.message as Buffer);
    await rename(beside, join(folder, `${mail.messageId}.eml`));
  }
}
