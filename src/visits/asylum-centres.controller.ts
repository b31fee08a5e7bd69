import { Controller, Get, Query } from '@nestjs/common';
import { Costs } from '../platform/http/rate-limit.js';
import { SignedIn } from '../staff/staff.contract.js';
import { AsylumCentresService } from './asylum-centres.service.js';
import { AsylumCentrePage, AsylumCentreQuery } from './dto/visit.dto.js';

@Controller('asylum-centres')
export class AsylumCentresController {
  constructor(private readonly centres: AsylumCentresService) {}

  /** Asylum centres, also former ones. */
  @Get()
  @Costs(2)
  @SignedIn()
  list(@Query() query: AsylumCentreQuery): Promise<AsylumCentrePage> {
    return this.centres.list(query);
  }
}
