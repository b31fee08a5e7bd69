import type { Witness } from './declared.js';

export interface Reply {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came back, of whatever shape
  body: any;
}

type HeaderFields = Record<string, string>;

/** Requests as one account, or as nobody. */
export class Client {
  constructor(
    private readonly address: string,
    private readonly token?: () => string,
    private readonly witness?: Witness,
  ) {}

  get(path: string, headers?: HeaderFields): Promise<Reply> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: HeaderFields): Promise<Reply> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers?: HeaderFields): Promise<Reply> {
    return this.send('PUT', path, body, headers);
  }

  patch(path: string, body?: unknown, headers?: HeaderFields): Promise<Reply> {
    return this.send('PATCH', path, body, headers);
  }

  delete(path: string, headers?: HeaderFields): Promise<Reply> {
    return this.send('DELETE', path, undefined, headers);
  }

  /** `body` is JSON unless it is text or bytes already; a file comes back as its bytes; paths begin after `/api/v1` unless they start with `//`. */
  async send(method: string, path: string, body?: unknown, headers: HeaderFields = {}): Promise<Reply> {
    const url = path.startsWith('//') ? `${this.address}${path.slice(1)}` : `${this.address}/api/v1${path}`;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(url, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token()}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body as string) : JSON.stringify(body),
    });
    const streams = response.headers.get('content-type')?.startsWith('text/event-stream');
    const file = response.headers.has('content-disposition');
    const text = file ? '' : await (streams ? firstEvent(response) : response.text());
    const reply = {
      status: response.status,
      headers: response.headers,
      body: file
        ? Buffer.from(await response.arrayBuffer())
        : text && /json/.test(response.headers.get('content-type') ?? '')
          ? JSON.parse(text)
          : text,
    };
    this.witness?.(method, new URL(url).pathname, reply.status, reply.body);
    return reply;
  }
}

/** What a stream that stays open says first; then it is left. */
async function firstEvent(response: Response): Promise<string> {
  let said = '';
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    said += part;
    if (/^data:.*\n\n/m.test(said)) break;
  }
  return said;
}

/** A file as text, a letter for each byte, to be looked into; anything else as it is. */
export async function lettersOf(asked: Promise<Reply>): Promise<Reply> {
  const reply = await asked;
  return { ...reply, body: Buffer.isBuffer(reply.body) ? reply.body.toString('latin1') : reply.body };
}
