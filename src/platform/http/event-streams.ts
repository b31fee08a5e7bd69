import {
  Injectable,
  Logger,
  ServiceUnavailableException,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../clock/clock.js';
import { errorForLog } from '../logging/logging.js';
import type { Actor } from './access.js';
import { EventStream } from './event-stream.js';
import { problems } from './problem.js';

const BEAT_MS = 20_000;
/** Of one account in one process. */
export const MOST_STREAMS = 5;

const streamProblem = problems('streams', {
  too_many: {
    kind: 'limited',
    da: `Du har allerede ${MOST_STREAMS} åbne forbindelser. Luk en af dem.`,
    en: `You have ${MOST_STREAMS} open streams already. Close one of them.`,
  },
});

/** Who knows whether those whose replies stay open may still be here: the module that lets them in. */
export interface StayCheck<A extends Actor = Actor> {
  /** Those of the actors who may not. */
  ended(actors: A[]): Promise<A[]>;
}

/** The replies of this process that stay open (server-sent events), whatever is said on them. */
@Injectable()
export class EventStreams implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(EventStreams.name);
  private readonly streams = new Set<EventStream>();
  private check?: StayCheck;
  private timer?: NodeJS.Timeout;
  private leaving = false;

  constructor(private readonly clock: Clock) {}

  checkedBy<A extends Actor>(check: StayCheck<A>): void {
    this.check = check as unknown as StayCheck;
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  /** Nest calls it before the web server waits for the replies that are still under way. */
  onModuleDestroy(): void {
    this.leaving = true;
    clearInterval(this.timer);
    for (const stream of this.streams) stream.end();
  }

  /**
   * Answers with a stream that stays open until the asker leaves, may stay no longer, or does not read what is said.
   * @throws 429 when the actor has as many as one may have
   */
  open(topic: string, actor: Actor, reply: FastifyReply): EventStream {
    if (this.leaving) throw new ServiceUnavailableException();
    const theirs = [...this.streams].filter((one) => one.actor.id === actor.id);
    if (theirs.length >= MOST_STREAMS) throw streamProblem.too_many({ retryAfterSeconds: BEAT_MS / 1_000 });
    const stream = new EventStream(topic, actor, reply);
    this.streams.add(stream);
    stream.begin(() => this.streams.delete(stream));
    return stream;
  }

  of(topic: string): EventStream[] {
    return [...this.streams].filter((stream) => stream.topic === topic);
  }

  /** A sign of life for all; whoever may stay no longer is let go. */
  async beat(): Promise<void> {
    const now = this.clock.now();
    for (const stream of this.streams) {
      if (stream.actor.until && stream.actor.until <= now) stream.end();
      else stream.beat();
    }
    if (this.streams.size === 0) return;
    try {
      const ended = new Set(await this.check?.ended([...this.streams].map(({ actor }) => actor)));
      for (const stream of this.streams) if (ended.has(stream.actor)) stream.end();
    } catch (error) {
      // Asked again at the next beat; nobody stays longer than what let them in.
      this.logger.warn(errorForLog(error));
    }
  }
}
