import { Controller, Get, Query } from '@nestjs/common';
import { SignedIn } from '../staff/staff.contract.js';
import { ClassificationsService } from './classifications.service.js';
import { CodePage, CodeQuery } from './dto/code.dto.js';

@Controller('classifications')
export class ClassificationsController {
  constructor(private readonly classifications: ClassificationsService) {}

  /** Codes of a classification, by code. */
  @Get('codes')
  @SignedIn()
  async codes(@Query() query: CodeQuery): Promise<CodePage> {
    const page = await this.classifications.codes(query);
    return { ...page, items: page.items.map(({ id, titleEn, titleDa }) => ({ code: id, titleEn, titleDa })) };
  }
}
