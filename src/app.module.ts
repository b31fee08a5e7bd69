import { Module } from '@nestjs/common';
import { ClassificationsModule } from './classifications/classifications.module.js';
import { CompetencesModule } from './competences/competences.module.js';
import { HandoversModule } from './handovers/handovers.module.js';
import { LegislationModule } from './legislation/legislation.module.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { ProgrammeModule } from './programme/programme.module.js';
import { RefugeesModule } from './refugees/refugees.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { StaffModule } from './staff/staff.module.js';
import { TimelineModule } from './timeline/timeline.module.js';
import { VisitsModule } from './visits/visits.module.js';

/** The map of the system: each module imports only from modules above it. */
@Module({
  imports: [
    ConfigModule,
    DatabaseModule,
    ClockModule,
    JobsModule,
    FilesModule,
    HttpModule,
    TimelineModule,
    StaffModule,
    LegislationModule,
    ClassificationsModule,
    RefugeesModule,
    RemindersModule,
    ProgrammeModule,
    CompetencesModule,
    HandoversModule,
    VisitsModule,
  ],
})
export class AppModule {}
