import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';

export interface Heard {
  event: string;
  id?: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came, of whatever shape
  data: any;
}

/** A stream of server-sent events, as a client hears it. */
export class EventSource {
  readonly heard: Heard[] = [];
  /** Comments: signs of life. */
  beats = 0;
  ended = false;
  private rest = '';
  private taken = 0;

  private constructor(
    private readonly asked: ClientRequest,
    readonly reply: IncomingMessage,
  ) {
    reply.setEncoding('utf8').on('data', (part: string) => this.take(part));
    for (const end of ['end', 'close', 'error']) reply.once(end, () => (this.ended = true));
  }

  /** Resolves once the reply has begun, whatever its status. */
  static open(address: string, token: string, headers: Record<string, string> = {}): Promise<EventSource> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${address}/api/v1/inbox/events`,
        { agent: new Agent(), headers: { ...headers, authorization: `Bearer ${token}` } },
        (reply) => resolve(new EventSource(asked, reply)),
      );
      asked.on('error', reject).end();
    });
  }

  /** How many events nobody has asked for yet. */
  get unasked(): number {
    return this.heard.length - this.taken;
  }

  /** The next event that nobody has asked for yet. */
  async next(withinMs = 5_000): Promise<Heard> {
    await until(() => this.unasked > 0, withinMs);
    return this.heard[this.taken++];
  }

  /** Goes without a word. */
  leave(): void {
    this.asked.destroy();
  }

  private take(part: string): void {
    const blocks = (this.rest + part).split('\n\n');
    this.rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/:(?: (.*))?/, 2)));
      if ('' in fields) this.beats++;
      if (fields.data) this.heard.push({ ...fields, data: JSON.parse(fields.data) } as Heard);
    }
  }
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const late = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > late) throw new Error(`not within ${withinMs} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
