import { connect } from 'node:net';

/** What came back on a connection of our own. */
export interface Ending {
  /** Of the first answer; 0 when there was none. */
  status: number;
  text: string;
  /** How long it was open, how much went over it, and whether the other side closed it, within a second of its answer. */
  seconds: number;
  sent: number;
  closed: boolean;
}

/** Sends `head`, then one piece after another until there are none, or the other side answers or closes. */
export function pour(
  address: string,
  head: string,
  pieces: Iterable<string> = [],
  pauseMs = 0,
): Promise<Ending> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    const begun = Date.now();
    const rest = pieces[Symbol.iterator]();
    let text = '';
    let closed = true;
    const leave = (): void => {
      closed = false;
      socket.destroy();
    };
    const pump = (): void => {
      if (text || socket.destroyed) return;
      const { done, value } = rest.next();
      if (done) return;
      const more = socket.write(value);
      if (pauseMs > 0) setTimeout(pump, pauseMs);
      else if (more) setImmediate(pump);
      else socket.once('drain', pump);
    };
    socket.on('data', (part) => {
      if (!text) setTimeout(leave, 1_000);
      text += String(part);
    });
    socket.on('error', () => undefined);
    socket.on('close', () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0),
        text,
        seconds: (Date.now() - begun) / 1000,
        sent: socket.bytesWritten,
        closed,
      }),
    );
    socket.on('connect', () => {
      socket.write(head);
      pump();
    });
  });
}
