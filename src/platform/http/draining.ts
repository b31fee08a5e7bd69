import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

/** For a request that is on its way while the listener closes. */
const LATE_MS = 500;
/** A turn of the event loop in which nothing much was done, and how many are waited for one. */
const QUIET_MS = 1;
const TURNS = 100;

/**
 * How the web server leaves without cutting anybody off. First it says that it is not ready and serves on, so that load
 * balancers go elsewhere; then it takes no new lines, and closes each after its reply; lines nobody asks on go last.
 */
@Injectable()
export class Draining implements BeforeApplicationShutdown {
  /** From now on it is not ready, though it still serves. */
  begun = false;
  private closing = false;
  private server?: Server;
  private readonly lines = new Set<Socket>();
  private readonly replies = new Set<ServerResponse>();

  watch(server: Server): void {
    this.server = server;
    server.on('connection', (line: Socket) => {
      this.lines.add(line);
      line.once('close', () => this.lines.delete(line));
    });
    // before whoever answers, which may happen at once
    server.prependListener('request', (_: IncomingMessage, reply: ServerResponse) => {
      this.replies.add(reply);
      if (this.closing) reply.shouldKeepAlive = false;
      reply.once('close', () => this.replies.delete(reply));
    });
  }

  async begin(seconds: number): Promise<void> {
    this.begun = true;
    await sleep(seconds * 1_000);
  }

  /** Nest calls it while everything that replies need still works. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.server?.listening) return;
    const closed = once(this.server, 'close');
    if (this.begun) await quietTurn();
    // Only the listener: the web server's own `close` would cut lines between two requests.
    Listener.prototype.close.call(this.server);
    this.closing = true;
    for (const reply of this.replies) reply.shouldKeepAlive = false;
    if (this.begun && this.idle().length > 0) await sleep(LATE_MS);
    this.idle().forEach((line) => line.destroySoon());
    for (const reply of this.replies) reply.once('close', () => reply.req.socket.destroySoon());
    await closed;
  }

  /** Also lines on which nobody has asked anything yet. */
  private idle(): Socket[] {
    const busy = new Set([...this.replies].map(({ req }) => req.socket));
    return [...this.lines].filter((line) => !busy.has(line));
  }
}

/** Who waits in the queue of a listener that closes is reset: after a quick turn hardly anybody does. */
async function quietTurn(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    const begun = performance.now();
    await nextTurn();
    if (performance.now() - begun < QUIET_MS) return;
  }
}
