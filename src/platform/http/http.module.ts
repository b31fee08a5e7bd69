import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Pages } from './paging.js';
import { RateLimit } from './rate-limit.js';

@Global()
@Module({ controllers: [HealthController], providers: [Pages, RateLimit], exports: [Pages, RateLimit] })
export class HttpModule {}
