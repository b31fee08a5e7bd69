import { Controller, Get, Param, Query } from '@nestjs/common';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { SignedIn } from '../staff/staff.contract.js';
import { ClassificationsService } from './classifications.service.js';
import { CodePage, CodeQuery } from './dto/code.dto.js';
import { ConceptPath, EscoOccupation, EscoSkill } from './dto/esco.dto.js';
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

  /** One of ESCO's occupations with its skills, also one that is obsolete. */
  @Get('esco-occupations/:code')
  @Costs(2)
  @SignedIn()
  @MayAnswer('classifications.no_such_code')
  escoOccupation(@Param() { code }: ConceptPath): Promise<EscoOccupation> {
    return this.classifications.escoOccupation(code);
  }

  /** One of ESCO's skills, also one that is obsolete. */
  @Get('esco-skills/:code')
  @SignedIn()
  @MayAnswer('classifications.no_such_code')
  escoSkill(@Param() { code }: ConceptPath): Promise<EscoSkill> {
    return this.classifications.escoSkill(code);
  }
}
