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
import { ProgrammeDutySource } from './programme.duty-source.js';
import { Visitation } from './visitation.entity.js';
import { VisitationsController } from './visitations.controller.js';
import { VisitationsService } from './visitations.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Contract, Visitation]),
    ClassificationsModule,
    RefugeesModule,
    RemindersModule,
  ],
  controllers: [VisitationsController, ContractsController, ContractSignaturesController],
  providers: [VisitationsService, ContractsService, ContractSignaturesService, ProgrammeDutySource],
})
export class ProgrammeModule {}
