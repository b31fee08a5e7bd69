import { Controller, Get, Query } from '@nestjs/common';
import { Costs } from '../platform/http/rate-limit.js';
import { SignedIn } from '../staff/staff.contract.js';
import { ClassificationsService } from './classifications.service.js';
import { CodePage, CodeQuery } from './dto/code.dto.js';

@Controller('classifications')
export class ClassificationsController {
  constructor(private readonly classifications: ClassificationsService) {}

  /** Codes of a classification, by code. */
  @Get('codes')
  @Costs(2)
  @SignedIn()
  codes(@Query() query: CodeQuery): Promise<CodePage> {
    return this.classifications.codes(query);
  }
}
