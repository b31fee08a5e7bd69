import { Module } from '@nestjs/common';
import { LegislationController } from './legislation.controller.js';
import { LegislationService } from './legislation.service.js';

@Module({
  controllers: [LegislationController],
  providers: [LegislationService],
  exports: [LegislationService],
})
export class LegislationModule {}
