import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;

/** A mail as a person reads it. */
export interface ReadMail {
  subject: string;
  messageId: string;
  text: string;
}

/** A folder of `.eml` files, and which of them were there when we first looked. */
export class Mailbox {
  private seen = new Set<string>();

  constructor(private readonly folder: string) {
    this.seen = new Set(this.files());
  }

  /** The first new mail that is the right one; undefined when none came in time. */
  async wait(
    isRight: (mail: ReadMail) => boolean,
    patienceMs: number,
    signal: AbortSignal,
  ): Promise<ReadMail | undefined> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const found = this.newMails().find(isRight);
      if (found) return found;
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
    return undefined;
  }

  private newMails(): ReadMail[] {
    const fresh = this.files().filter((file) => !this.seen.has(file));
    fresh.forEach((file) => this.seen.add(file));
    return fresh.map((file) => readMail(readFileSync(join(this.folder, file), 'utf8')));
  }

  private files(): string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).filter((file) => file.endsWith('.eml'));
  }
}

/** As much of MIME as our own mails use: one part of text. */
function readMail(raw: string): ReadMail {
  const [head, ...rest] = raw.split(/\r?\n\r?\n/);
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  return {
    subject: decodedWords(header('subject')),
    messageId: header('message-id'),
    text: decoded(rest.join('\n\n'), header('content-transfer-encoding')),
  };
}

/** RFC 2047: a header outside ASCII comes in pieces such as `=?UTF-8?Q?P=C3=A5?=`. */
function decodedWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?[^?]+\?([BbQq])\?([^?]*)\?=/g, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B' ? decoded(word, 'base64') : unquoted(word.replaceAll('_', ' ')),
    );
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? unquoted(text.replaceAll(/=\r?\n/g, '')) : text;
}

function unquoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
