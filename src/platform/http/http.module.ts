import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Pages } from './paging.js';

@Global()
@Module({ controllers: [HealthController], providers: [Pages], exports: [Pages] })
export class HttpModule {}
