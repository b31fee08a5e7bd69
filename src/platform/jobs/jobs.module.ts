import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { JobQueue } from './job-queue.js';
import { JobWorker } from './job-worker.js';
import { queueConnection } from './queue-backend.js';
import { RedisCheck } from './redis-check.js';
import { Sweeps } from './sweeper.js';

// What every module gets by `registerQueue` and `@Processor`.
BullModule.queueClass = JobQueue;
BullModule.workerClass = JobWorker;

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({ connection: queueConnection(config) }),
    }),
  ],
  providers: [Sweeps, RedisCheck],
  exports: [Sweeps],
})
export class JobsModule {}
