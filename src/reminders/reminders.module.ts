import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { LegislationModule } from '../legislation/legislation.module.js';
import { MailModule } from '../platform/mail/mail.module.js';
import { JobsModule } from '../platform/jobs/jobs.module.js';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { CalendarFeedController } from './calendar-feed.controller.js';
import { CalendarFeedService } from './calendar-feed.service.js';
import { FollowUpTurnsService } from './follow-up-turns.service.js';
import { FollowUpTurnsController } from './follow-up-turns.controller.js';
import { DeliveryService } from './delivery.service.js';
import { DigestsService } from './digests.service.js';
import { DryRunsController } from './dry-runs.controller.js';
import { DryRunsService } from './dry-runs.service.js';
import { DutiesService } from './duties.service.js';
import { EscalationService } from './escalation.service.js';
import { CaseloadHandoversController } from './caseload-handovers.controller.js';
import { CaseloadHandoversService } from './caseload-handovers.service.js';
import { LoadsController } from './loads.controller.js';
import { LoadsService } from './loads.service.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { LiveInbox } from './live-inbox.js';
import { PlannerService } from './planner.service.js';
import { PracticeRulesController } from './practice-rules.controller.js';
import { PracticeRulesService } from './practice-rules.service.js';
import { ReminderQueue } from './reminder-queue.js';
import { REMINDERS_QUEUE } from './reminders.contract.js';
import { StalePlansService } from './stale-plans.service.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersService } from './reminders.service.js';
import { UndeliveredController } from './undelivered.controller.js';
import { UndeliveredDutySource } from './undelivered.duty-source.js';
import { UndeliveredService } from './undelivered.service.js';

@Module({
  imports: [
    // Named here although it is global: `registerQueue` takes the queue class that it has chosen by then.
    JobsModule,
    BullModule.registerQueue({ name: REMINDERS_QUEUE }),
    LegislationModule,
    StaffModule,
    RefugeesModule,
    MailModule,
  ],
  controllers: [
    RemindersController,
    FollowUpTurnsController,
    LoadsController,
    CaseloadHandoversController,
    UndeliveredController,
    PracticeRulesController,
    DryRunsController,
    InboxController,
    CalendarFeedController,
  ],
  providers: [
    RemindersService,
    FollowUpTurnsService,
    LoadsService,
    CaseloadHandoversService,
    DutiesService,
    PracticeRulesService,
    DryRunsService,
    UndeliveredDutySource,
    UndeliveredService,
    PlannerService,
    StalePlansService,
    EscalationService,
    DigestsService,
    DeliveryService,
    ReminderQueue,
    InboxService,
    LiveInbox,
    CalendarFeedService,
  ],
  exports: [
    PlannerService,
    DutiesService,
    DryRunsService,
    StalePlansService,
    DeliveryService,
    DigestsService,
  ],
})
export class RemindersModule {}
