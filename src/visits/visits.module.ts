import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CompetencesModule } from '../competences/competences.module.js';
import { PagesModule } from '../platform/pages/pages.module.js';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { AsylumCentresController } from './asylum-centres.controller.js';
import { AsylumCentresService } from './asylum-centres.service.js';
import { CentreVisit } from './centre-visit.entity.js';
import { OperationEffectsService } from './operation-effects.service.js';
import { CaseAttachmentsController } from './case-attachments.controller.js';
import { VisitAttachmentsController } from './visit-attachments.controller.js';
import { VisitAttachmentsService } from './visit-attachments.service.js';
import { VisitDecisionsController } from './visit-decisions.controller.js';
import { VisitDecisionsService } from './visit-decisions.service.js';
import { VisitManifestsService } from './visit-manifests.service.js';
import { VisitOperationsService } from './visit-operations.service.js';
import { VisitPacksController } from './visit-packs.controller.js';
import { VisitPacksService } from './visit-packs.service.js';
import { VisitWriteOffsService } from './visit-write-offs.service.js';
import { InterpreterBooking } from './interpreter-booking.entity.js';
import { InterpreterBookingsController } from './interpreter-bookings.controller.js';
import { InterpreterBookingsService } from './interpreter-bookings.service.js';
import { VisitChangesController } from './visit-changes.controller.js';
import { VisitChangesService } from './visit-changes.service.js';
import { VisitInvitationsController } from './visit-invitations.controller.js';
import { VisitInvitationsService } from './visit-invitations.service.js';
import { VisitPapersController } from './visit-papers.controller.js';
import { VisitPapersService } from './visit-papers.service.js';
import { VisitParticipantsController } from './visit-participants.controller.js';
import { VisitParticipantsService } from './visit-participants.service.js';
import { VisitsDutySource } from './visits.duty-source.js';
import { VisitsController } from './visits.controller.js';
import { VisitsService } from './visits.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CentreVisit, InterpreterBooking]),
    StaffModule,
    RefugeesModule,
    RemindersModule,
    CompetencesModule,
    PagesModule,
  ],
  controllers: [
    AsylumCentresController,
    VisitsController,
    VisitChangesController,
    VisitParticipantsController,
    VisitInvitationsController,
    InterpreterBookingsController,
    VisitPapersController,
    VisitPacksController,
    VisitDecisionsController,
    VisitAttachmentsController,
    CaseAttachmentsController,
  ],
  providers: [
    AsylumCentresService,
    VisitsService,
    VisitParticipantsService,
    VisitManifestsService,
    VisitPacksService,
    VisitWriteOffsService,
    VisitDecisionsService,
    VisitAttachmentsService,
    VisitOperationsService,
    OperationEffectsService,
    VisitChangesService,
    VisitInvitationsService,
    InterpreterBookingsService,
    VisitPapersService,
    VisitsDutySource,
  ],
})
export class VisitsModule {}
