import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { LegislationModule } from '../legislation/legislation.module.js';
import { MailModule } from '../platform/mail/mail.module.js';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { CalendarFeedController } from './calendar-feed.controller.js';
import { CalendarFeedService } from './calendar-feed.service.js';
import { FollowUpTurnsService } from './follow-up-turns.service.js';
import { FollowUpsController } from './follow-ups.controller.js';
import { DeliveryService } from './delivery.service.js';
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
  controllers: [RemindersController, FollowUpsController, CalendarFeedController],
  providers: [
    RemindersService,
    FollowUpTurnsService,
    PlannerService,
    StalePlansService,
    DeliveryService,
    ReminderQueue,
    CalendarFeedService,
  ],
  exports: [PlannerService, StalePlansService, DeliveryService],
})
export class RemindersModule {}
