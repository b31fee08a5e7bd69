import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LegislationModule } from '../legislation/legislation.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { AccessGrantsController } from './access-grants.controller.js';
import { AccessGrantsService } from './access-grants.service.js';
import { CaseDocumentsController } from './case-documents.controller.js';
import { CaseDocumentsService } from './case-documents.service.js';
import { CaseNote } from './case-note.entity.js';
import { CaseNotesController } from './case-notes.controller.js';
import { CaseNotesService } from './case-notes.service.js';
import { CaseTeamService } from './case-team.service.js';
import { CasesController } from './cases.controller.js';
import { CasesService } from './cases.service.js';
import { IdentifiersService } from './identifiers.service.js';
import { Refugee } from './refugee.entity.js';
import { RefugeesController } from './refugees.controller.js';
import { RefugeesService } from './refugees.service.js';
import { TakeoversService } from './takeovers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Refugee, CaseNote]), StaffModule, LegislationModule],
  controllers: [
    RefugeesController,
    CasesController,
    AccessGrantsController,
    CaseNotesController,
    CaseDocumentsController,
  ],
  providers: [
    RefugeesService,
    CasesService,
    CaseTeamService,
    AccessGrantsService,
    CaseNotesService,
    CaseDocumentsService,
    IdentifiersService,
    TakeoversService,
  ],
  exports: [RefugeesService, CaseTeamService],
})
export class RefugeesModule {}
