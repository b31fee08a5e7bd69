import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RefugeesModule } from '../refugees/refugees.module.js';
import { ClassificationsModule } from '../classifications/classifications.module.js';
import { AnswersService } from './answers.service.js';
import { Assessment } from './assessment.entity.js';
import { AssessmentsController } from './assessments.controller.js';
import { CompetencesController } from './competences.controller.js';
import { CompetencesService } from './competences.service.js';
import { DraftsService } from './drafts.service.js';
import { FormVersionsController } from './form-versions.controller.js';
import { FormVersionsService } from './form-versions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Assessment]), ClassificationsModule, RefugeesModule],
  controllers: [FormVersionsController, CompetencesController, AssessmentsController],
  providers: [CompetencesService, FormVersionsService, AnswersService, DraftsService],
  exports: [CompetencesService, DraftsService],
})
export class CompetencesModule {}
