import { Controller, Get, Query } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { Costs } from '../platform/http/rate-limit.js';
import { ReadAlertPage, ReadAlertQuery } from './dto/read-alert.dto.js';
import { ReadAlertsService } from './read-alerts.service.js';
import { Roles, type StaffActor } from './staff.contract.js';

@Controller('staff/read-alerts')
export class ReadAlertsController {
  constructor(private readonly alerts: ReadAlertsService) {}

  /** Who read unusually many different people within an hour: in the unit you lead, or, for administrators, anywhere. */
  @Get()
  @Costs(2)
  @Roles('team_leader', 'administrator')
  list(@CurrentActor() actor: StaffActor, @Query() query: ReadAlertQuery): Promise<ReadAlertPage> {
    return this.alerts.list(actor, query);
  }
}
