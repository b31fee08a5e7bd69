import { Module } from '@nestjs/common';
import { CompetencesModule } from '../competences/competences.module.js';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { CaseHandoversController } from './case-handovers.controller.js';
import { CaseHandoversService } from './case-handovers.service.js';
import { CompletenessController } from './completeness.controller.js';
import { CompletenessService } from './completeness.service.js';
import { HandoverDutySource } from './handover.duty-source.js';
import { OperatorFormsController } from './operator-forms.controller.js';
import { OperatorFormsService } from './operator-forms.service.js';

@Module({
  imports: [CompetencesModule, RefugeesModule, RemindersModule],
  controllers: [CompletenessController, OperatorFormsController, CaseHandoversController],
  providers: [CompletenessService, OperatorFormsService, CaseHandoversService, HandoverDutySource],
})
export class HandoversModule {}
