import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, ServiceUnavailableException, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../database/database.js';
import { Open } from './access.js';
import { Draining } from './draining.js';
import { Costs } from './rate-limit.js';

/** Whoever asks whether we are ready gives up soon; a database that takes longer is no help to anybody. */
const PATIENCE_MS = 1_000;

export class Health {
  @ApiProperty({ example: 'ok' }) status: string;
}

/** For whoever starts and watches the program. */
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  private asking?: Promise<unknown>;

  constructor(
    private readonly database: Database,
    private readonly draining: Draining,
  ) {}

  /** The program runs. */
  @Get('live')
  @Open()
  @Costs(0)
  live(): Health {
    return { status: 'ok' };
  }

  /** The program can serve: Postgres answers, and nobody has asked it to stop. 503 when it cannot. */
  @Get('ready')
  @Open()
  @Costs(0)
  async ready(): Promise<Health> {
    if (this.draining.begun) throw new ServiceUnavailableException();
    await Promise.race([this.askDatabase(), sleep(PATIENCE_MS).then(tooSlow)]);
    return { status: 'ok' };
  }

  /** One question at a time: whoever asks while it is unanswered waits for the same answer. */
  private askDatabase(): Promise<unknown> {
    this.asking ??= this.database.query('select 1').finally(() => (this.asking = undefined));
    return this.asking;
  }
}

function tooSlow(): never {
  throw new ServiceUnavailableException();
}
