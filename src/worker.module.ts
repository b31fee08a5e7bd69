import { Module } from '@nestjs/common';
import { AppModule } from './app.module.js';
import { Sweeper } from './platform/jobs/sweeper.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { RemindersProcessor } from './reminders/reminders.jobs.js';

/** The job door: the same modules, and what only the worker runs. */
@Module({ imports: [AppModule, RemindersModule], providers: [Sweeper, RemindersProcessor] })
export class WorkerModule {}
