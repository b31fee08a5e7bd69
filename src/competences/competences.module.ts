import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { AssessmentContents } from './assessment-contents.service.js';
import { Assessment } from './assessment.entity.js';
import { AssessmentsController } from './assessments.controller.js';
import { CompetencesController } from './competences.controller.js';
import { CompetencesService } from './competences.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Assessment]), RefugeesModule],
  controllers: [CompetencesController, AssessmentsController],
  providers: [CompetencesService, AssessmentContents],
  exports: [CompetencesService],
})
export class CompetencesModule {}
