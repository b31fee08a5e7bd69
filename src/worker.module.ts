import { Module } from '@nestjs/common';
import { AppModule } from './app.module.js';
import { Sweeper } from './platform/jobs/sweeper.js';

/** The job door: the same modules, and what only the worker runs. */
@Module({ imports: [AppModule], providers: [Sweeper] })
export class WorkerModule {}
