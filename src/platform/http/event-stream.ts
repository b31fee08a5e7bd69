import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Actor } from './access.js';

/** What may wait for somebody who does not read. */
const MOST_WAITING_BYTES = 64 * 1024;
/** For the last words to arrive. */
const FAREWELL_MS = 1_000;
/** When to come back after the end, in milliseconds: of all who lost the same process, not all at once. */
const RETRY_MS = [1_000, 4_000] as const;

/** What is said on a stream, as `text/event-stream` has it. */
export interface StreamEvent {
  event: string;
  id?: string;
  data: object;
}

/** A reply that stays open, on which events are said until one side ends it. */
export class EventStream {
  private readonly words = new Readable({ read: () => undefined });
  private ending = false;

  constructor(
    readonly topic: string,
    readonly actor: Actor,
    private readonly reply: FastifyReply,
  ) {}

  get open(): boolean {
    return !this.ending && !this.words.destroyed;
  }

  /** @param closed called once, however it ends */
  begin(closed: () => void): void {
    this.words.once('close', closed);
    // Of a HEAD the web server sends no word, and would never let go of them.
    this.reply.raw.once('close', () => this.words.destroy());
    this.write(`retry: ${randomInt(...RETRY_MS)}\n\n`);
    // For proxies that would collect a reply before they pass it on.
    void this.reply.type('text/event-stream').header('x-accel-buffering', 'no').send(this.words);
  }

  say({ event, id, data }: StreamEvent): void {
    this.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment: keeps the line from looking idle, and finds out that nobody is there any more. */
  beat(): void {
    this.write(':\n\n');
  }

  end(): void {
    if (this.ending) return;
    this.ending = true;
    this.words.push(null);
    setTimeout(() => this.cut(), FAREWELL_MS).unref();
  }

  private write(text: string): void {
    if (!this.open) return;
    this.words.push(text);
    if (this.words.readableLength + this.reply.raw.writableLength > MOST_WAITING_BYTES) this.cut();
  }

  private cut(): void {
    this.words.destroy();
    if (!this.reply.raw.writableFinished) this.reply.raw.destroy();
  }
}
