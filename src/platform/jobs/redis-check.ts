import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config/config.js';
import { errorForLog } from '../logging/logging.js';
import { OLDEST_REDIS } from './redis-backend.js';

/** Says at start, or as soon as it answers, what is wrong with the Redis we were given. */
@Injectable()
export class RedisCheck implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RedisCheck.name);
  private redis?: Redis;

  constructor(private readonly config: Config) {}

  onApplicationBootstrap(): void {
    if (!this.config.REDIS_URL) return;
    const redis = new Redis(this.config.REDIS_URL, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined); // the queue, which meets the same, says so
    redis.once('ready', () => void this.look(redis));
    this.redis = redis;
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async look(redis: Redis): Promise<void> {
    try {
      const wrong = faultsOf(await redis.info());
      if (wrong.length > 0) this.logger.warn({ redis: wrong });
    } catch (error) {
      this.logger.warn({ redis: 'cannot be asked for its settings', ...errorForLog(error) });
    } finally {
      redis.disconnect();
    }
  }
}

/** What the reply of INFO shows to be wrong for a queue. */
function faultsOf(info: string): string[] {
  const valueOf = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];
  const policy = valueOf('maxmemory_policy');
  const version = valueOf('redis_version');
  return [
    ...(policy && policy !== 'noeviction'
      ? [`maxmemory-policy is ${policy}, under which jobs vanish when memory is short: set it to noeviction`]
      : []),
    ...(version && version.localeCompare(OLDEST_REDIS, 'en', { numeric: true }) < 0
      ? [`its version is ${version}, older than ${OLDEST_REDIS}`]
      : []),
  ];
}
