import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { Contract } from './contract.entity.js';
import { ContractsController } from './contracts.controller.js';
import { ContractsService } from './contracts.service.js';
import { ProgrammeDutySource } from './programme.duty-source.js';

@Module({
  imports: [TypeOrmModule.forFeature([Contract]), RefugeesModule, RemindersModule],
  controllers: [ContractsController],
  providers: [ContractsService, ProgrammeDutySource],
})
export class ProgrammeModule {}
