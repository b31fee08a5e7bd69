import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

/** How the web server leaves without cutting anybody off: it says so, takes nothing new, finishes what it began. */
@Injectable()
export class Draining implements BeforeApplicationShutdown {
  /** From now on it is not ready, though it still serves. */
  begun = false;
  private closing = false;
  private server?: Server;
  private readonly sockets = new Set<Socket>();
  private readonly replies = new Set<ServerResponse>();

  watch(server: Server): void {
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    // before whoever answers, which may happen at once
    server.prependListener('request', (_, reply: ServerResponse) => {
      this.replies.add(reply);
      if (this.begun) reply.shouldKeepAlive = false;
      reply.once('close', () => {
        this.replies.delete(reply);
        if (this.closing) this.closeIdle();
      });
    });
  }

  /** Tells load balancers and clients to go elsewhere, and gives them `seconds` to do so: every reply closes its line. */
  async begin(seconds: number): Promise<void> {
    this.begun = true;
    for (const reply of this.replies) reply.shouldKeepAlive = false;
    await sleep(seconds * 1_000);
  }

  /** Nest calls it while everything that replies need still works. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.server?.listening) return;
    const closed = once(this.server, 'close');
    // Right after the turn that accepts: what waits in the queue of a closed listener is reset.
    await nextTurn();
    this.server.close();
    this.closing = true;
    this.closeIdle();
    await closed;
  }

  /** Also lines on which nobody has asked anything yet: Node would wait for their first request. */
  private closeIdle(): void {
    const busy = new Set([...this.replies].map(({ req }) => req.socket));
    for (const socket of this.sockets) if (!busy.has(socket)) socket.destroySoon();
  }
}
