import { Controller, Get, Query } from '@nestjs/common';
import { Costs } from '../platform/http/rate-limit.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { SignedIn } from '../staff/staff.contract.js';
import { ClassificationsService } from './classifications.service.js';
import { CodePage, CodeQuery } from './dto/code.dto.js';
import { Hits, SearchQuery } from './dto/search.dto.js';

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

  /** Codes whose title is like what was typed, the likeliest first. */
  @Get('search')
  @Costs(5)
  @SignedIn()
  search(@Query() query: SearchQuery, @ReaderLanguage() reader: Language): Promise<Hits> {
    return this.classifications.search(query, reader);
  }
}
