import { Global, Module } from '@nestjs/common';
import { Draining } from './draining.js';
import { EventStreams } from './event-streams.js';
import { HealthController } from './health.controller.js';
import { Pages } from './paging.js';
import { RateLimit } from './rate-limit.js';

@Global()
@Module({
  controllers: [HealthController],
  providers: [Pages, RateLimit, Draining, EventStreams],
  exports: [Pages, RateLimit, Draining, EventStreams],
})
export class HttpModule {}
