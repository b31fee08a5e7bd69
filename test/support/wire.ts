import { Agent, request } from 'node:http';

/** A request as it goes over the wire: what `fetch` would tidy up stays as it is. */
export interface Shot {
  method: string;
  /** Path and query, encoded or not. */
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Answer {
  status: number;
  type: string;
  text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

export async function shoot(address: string, shot: Shot): Promise<Answer> {
  try {
    return await send(address, shot);
  } catch (error) {
    // The server may have closed a kept connection, as it does after a request it would not read: once more on a new one.
    if ((error as { reused?: boolean }).reused)
      return shoot(address, { ...shot, headers: { ...shot.headers, connection: 'close' } });
    throw error;
  }
}

function send(address: string, { method, path, headers, body }: Shot): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { hostname, port, method, path, headers: { ...length, ...headers }, agent, timeout: 15_000 },
      (reply) => {
        const parts: Buffer[] = [];
        const answer = (): void =>
          resolve({
            status: reply.statusCode!,
            type: reply.headers['content-type'] ?? '',
            text: Buffer.concat(parts).toString(),
          });
        reply.on('data', (part: Buffer) => {
          parts.push(part);
          // a stream stays open: its beginning is its answer
          if (reply.headers['content-type']?.startsWith('text/event-stream')) reply.destroy();
        });
        reply.on('end', answer).on('error', answer).on('close', answer);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer in 15 s to ${method} ${path.slice(0, 80)}`)));
    // A body that is refused before it is read breaks the pipe after the reply has come.
    sent.on('error', (error) => reject(Object.assign(error, { reused: sent.reusedSocket })));
    sent.end(body);
  });
}
