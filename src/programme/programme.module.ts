import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClassificationsModule } from '../classifications/classifications.module.js';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { ContractSignaturesController } from './contract-signatures.controller.js';
import { ContractSignaturesService } from './contract-signatures.service.js';
import { Contract } from './contract.entity.js';
import { ContractsController } from './contracts.controller.js';
import { ContractsService } from './contracts.service.js';
import { DanishCourse } from './danish-course.entity.js';
import { DanishEducationController } from './danish-education.controller.js';
import { DanishEducationService } from './danish-education.service.js';
import { DanishExam } from './danish-exam.entity.js';
import { ProgrammeDutySource } from './programme.duty-source.js';
import { Spell } from './spell.entity.js';
import { SpellsController } from './spells.controller.js';
import { SpellsService } from './spells.service.js';
import { Talk } from './talk.entity.js';
import { TalksController } from './talks.controller.js';
import { TalksService } from './talks.service.js';
import { Visitation } from './visitation.entity.js';
import { VisitationsController } from './visitations.controller.js';
import { VisitationsService } from './visitations.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Contract, Visitation, Talk, Spell, DanishCourse, DanishExam]),
    ClassificationsModule,
    RefugeesModule,
    RemindersModule,
  ],
  controllers: [
    VisitationsController,
    ContractsController,
    ContractSignaturesController,
    TalksController,
    SpellsController,
    DanishEducationController,
  ],
  providers: [
    VisitationsService,
    ContractsService,
    ContractSignaturesService,
    TalksService,
    SpellsService,
    DanishEducationService,
    ProgrammeDutySource,
  ],
})
export class ProgrammeModule {}
