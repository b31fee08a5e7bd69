import { Agent, request } from 'node:http';

const SILENCE_MS = 45_000;

/** What a client got: an answer, or none and why. */
export interface Answer {
  /** 0 when there was none */
  status: number;
  /** of the network, when there was no answer */
  error?: string;
  /** there was no answer on a line that had been used before: the server may have closed it just then */
  reused: boolean;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  begunAtMs: number;
  endedAtMs: number;
}

/** One client with one line to the server, kept open between requests. */
export class Visitor {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly address: string,
    private readonly token?: string,
  ) {}

  ask(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const begunAtMs = performance.now();
    const written = body && JSON.stringify(body);
    return new Promise((resolve) => {
      const sent = request(`${this.address}${path}`, {
        method,
        agent: this.agent,
        timeout: SILENCE_MS,
        headers: {
          ...(this.token && { authorization: `Bearer ${this.token}` }),
          ...(written && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(written)),
          }),
          ...headers,
        },
      });
      const end = (got: Pick<Answer, 'status' | 'text' | 'headers' | 'error'>): void =>
        resolve({ ...got, reused: sent.reusedSocket, begunAtMs, endedAtMs: performance.now() });
      const none = (error: NodeJS.ErrnoException): void =>
        end({ status: 0, text: '', headers: {}, error: error.code ?? error.message });
      sent.on('timeout', () => sent.destroy(new Error('silence')));
      sent.on('error', none);
      sent.on('response', (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('error', none);
        reply.on('end', () =>
          end({
            status: reply.statusCode!,
            headers: reply.headers,
            text: Buffer.concat(parts).toString(),
          }),
        );
      });
      sent.end(written);
    });
  }

  leave(): void {
    this.agent.destroy();
  }
}
