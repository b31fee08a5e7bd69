import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../database/database.js';
import { Open } from './access.js';
import { Costs } from './rate-limit.js';

export class Health {
  @ApiProperty({ example: 'ok' }) status: string;
}

/** For whoever starts and watches the program. */
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The program runs. */
  @Get('live')
  @Open()
  @Costs(0)
  live(): Health {
    return { status: 'ok' };
  }

  /** The program can serve: Postgres answers. 503 when it does not. */
  @Get('ready')
  @Open()
  @Costs(0)
  async ready(): Promise<Health> {
    await this.database.query('select 1');
    return { status: 'ok' };
  }
}
