import { Module } from '@nestjs/common';
import { ClassificationsController } from './classifications.controller.js';
import { ClassificationsService } from './classifications.service.js';

@Module({ controllers: [ClassificationsController], providers: [ClassificationsService] })
export class ClassificationsModule {}
