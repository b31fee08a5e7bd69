import { NestFactory } from '@nestjs/core';
import { ConfigRefused, readConfig } from './platform/config/config.js';
import { leaveWithParent } from './platform/config/leave-with-parent.js';
import { createLogger, JsonLogger } from './platform/logging/logging.js';
import { WorkerModule } from './worker.module.js';

try {
  const logger = new JsonLogger(createLogger(readConfig().LOG_LEVEL));
  const worker = await NestFactory.createApplicationContext(WorkerModule, { abortOnError: false, logger });
  worker.enableShutdownHooks();
  leaveWithParent(() => worker.close());
} catch (error) {
  process.stderr.write(`${error instanceof ConfigRefused ? error.message : String(error)}\n`);
  process.exit(1);
}
