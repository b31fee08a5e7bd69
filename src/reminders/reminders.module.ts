import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { LegislationModule } from '../legislation/legislation.module.js';
import { MailModule } from '../platform/mail/mail.module.js';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { FollowUpTurnsService } from './follow-up-turns.service.js';
import { FollowUpsController } from './follow-ups.controller.js';
import { DeliveryService } from './delivery.service.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { LiveInbox } from './live-inbox.js';
import { PlannerService } from './planner.service.js';
import { ReminderQueue } from './reminder-queue.js';
import { REMINDERS_QUEUE } from './reminders.contract.js';
import { StalePlansService } from './stale-plans.service.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersService } from './reminders.service.js';

@Module({
  imports: [
    BullModule.registerQueue({ name: REMINDERS_QUEUE }),
    LegislationModule,
    RefugeesModule,
    MailModule,
  ],
  controllers: [RemindersController, FollowUpsController, InboxController],
  providers: [
    RemindersService,
    FollowUpTurnsService,
    PlannerService,
    StalePlansService,
    DeliveryService,
    ReminderQueue,
    InboxService,
    LiveInbox,
  ],
  exports: [PlannerService, StalePlansService, DeliveryService],
})
export class RemindersModule {}
