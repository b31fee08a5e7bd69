import { Module } from '@nestjs/common';
import { LegislationController } from './legislation.controller.js';
import { LegislationService } from './legislation.service.js';
import { SuspensionsController } from './suspensions.controller.js';
import { SuspensionsService } from './suspensions.service.js';

@Module({
  controllers: [LegislationController, SuspensionsController],
  providers: [LegislationService, SuspensionsService],
  exports: [LegislationService],
})
export class LegislationModule {}
