import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/config.js';
import { errorForLog } from '../logging/logging.js';

/** Between two tries to connect, and how long one may take. */
const [PAUSE_MS, CONNECT_MS] = [1_000, 3_000];
/** How often a silent line is asked whether it still stands, and how long it may take to answer. */
const [ASK_MS, ANSWER_MS] = [20_000, 9_000];

/** Who wants to hear what is said with `pg_notify` on a channel. */
export interface NoticeListener {
  heard(payload: string): void;
  /** From now on everything is heard; what was said before may have been missed. */
  listening(): void;
}

/**
 * Hears what any process tells with `pg_notify`, once that is committed. One connection of its own for all channels,
 * from the first subscription on, since a connection of the pool belongs to whoever asks next. A lost one is made again.
 */
@Injectable()
export class Notices implements OnModuleDestroy {
  private readonly logger = new Logger(Notices.name);
  private readonly listeners = new Map<string, NoticeListener>();
  private line?: pg.Client;
  private running?: Promise<void>;
  private leaving = false;
  /** Lets go of the line there is. */
  private letGo: () => void = () => undefined;

  constructor(private readonly config: Config) {}

  /** Subscribing again changes nothing. */
  subscribe(channel: string, listener: NoticeListener): void {
    if (this.leaving || this.listeners.has(channel)) return;
    this.listeners.set(channel, listener);
    if (this.line) this.listen(this.line, channel).catch(this.letGo);
    this.running ??= this.keepListening();
  }

  async onModuleDestroy(): Promise<void> {
    this.leaving = true;
    this.letGo();
    await this.running;
  }

  private async keepListening(): Promise<void> {
    while (!this.leaving) {
      await this.listenUntilLost().catch((error: unknown) => this.logger.warn({ ...errorForLog(error) }));
      if (this.leaving) return;
      this.logger.warn({ notices: 'not heard' });
      await sleep(PAUSE_MS, undefined, { ref: false });
    }
  }

  private async listenUntilLost(): Promise<void> {
    const line = new pg.Client({
      connectionString: this.config.DATABASE_URL,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => (this.letGo = resolve));
    line.on('end', this.letGo).on('error', this.letGo);
    line.on('notification', ({ channel, payload = '' }) => this.listeners.get(channel)?.heard(payload));
    let asking: NodeJS.Timeout | undefined;
    try {
      await line.connect();
      this.line = line;
      for (const channel of this.listeners.keys()) await this.listen(line, channel);
      asking = setInterval(() => void line.query('select 1').catch(this.letGo), ASK_MS).unref();
      await lost;
    } finally {
      clearInterval(asking);
      this.line = undefined;
      // One that is cut off does not hear the farewell.
      await Promise.race([line.end().catch(() => undefined), sleep(PAUSE_MS, undefined, { ref: false })]);
    }
  }

  private async listen(line: pg.Client, channel: string): Promise<void> {
    await line.query(`listen ${pg.escapeIdentifier(channel)}`);
    this.listeners.get(channel)!.listening();
  }
}
