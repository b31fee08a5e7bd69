import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { queueConnection } from './queue-backend.js';
import { Sweeps } from './sweeper.js';

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({ connection: queueConnection(config) }),
    }),
  ],
  providers: [Sweeps],
  exports: [Sweeps],
})
export class JobsModule {}
