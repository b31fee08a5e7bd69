import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A mail server that takes its time, knows nothing of Message-IDs, and counts how often each message came. */
export class Letterbox {
  /** By Message-ID, accepted or just being accepted, in the order in which they came. */
  readonly received = new Map<string, number>();
  /** When each came, in ms. */
  readonly cameAt: number[] = [];
  private readonly server = createServer((line) => void this.converse(line).catch(() => line.destroy()));
  private readonly lines = new Set<Socket>();

  /** `slowMs` from the end of a mail to its acceptance: so long is the sender in doubt. */
  constructor(
    private readonly slowMs: number,
    private readonly onMail: (messageId: string) => void = () => undefined,
  ) {
    this.server.on('connection', (line) => this.lines.add(line.on('error', () => undefined)));
  }

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    for (const line of this.lines) line.destroy();
  }

  get twice(): number {
    return [...this.received.values()].filter((times) => times > 1).length;
  }

  /** Of whom the mails were, if of reminders, in the order in which they came. */
  get ids(): string[] {
    return [...this.received.keys()].map((messageId) => messageId.replace(/^<reminder-|@ankomst>$/g, ''));
  }

  /** How often the mail of a reminder came. */
  times(reminderId: string): number {
    return this.received.get(`<reminder-${reminderId}@ankomst>`) ?? 0;
  }

  twiceOf(reminderIds: string[]): number {
    return reminderIds.filter((id) => this.times(id) > 1).length;
  }

  private async converse(line: Socket): Promise<void> {
    const say = (text: string): void => void line.write(`${text}\r\n`);
    say('220 letterbox');
    let inMail = false;
    for await (const text of createInterface({ input: line })) {
      if (!inMail) {
        inMail = /^DATA/i.test(text);
        say(inMail ? '354 go on' : /^QUIT/i.test(text) ? '221 bye' : '250 ok');
      } else if (text === '.') {
        inMail = false;
        await sleep(this.slowMs);
        say('250 taken');
      } else {
        const id = /^Message-ID: (.+)$/i.exec(text)?.[1];
        if (!id) continue;
        this.received.set(id, (this.received.get(id) ?? 0) + 1);
        this.cameAt.push(performance.now());
        this.onMail(id);
      }
    }
  }
}
