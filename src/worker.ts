import { NestFactory } from '@nestjs/core';
import { ConfigRefused, readConfig } from './platform/config/config.js';
import { dieOfUncaught } from './platform/lifetime/last-words.js';
import { leaveWhenAsked } from './platform/lifetime/leaving.js';
import { createLogger, JsonLogger } from './platform/logging/logging.js';
import { WorkerModule } from './worker.module.js';

try {
  const logger = createLogger(readConfig().LOG_LEVEL);
  dieOfUncaught(logger);
  const worker = await NestFactory.createApplicationContext(WorkerModule, {
    abortOnError: false,
    logger: new JsonLogger(logger),
  });
  leaveWhenAsked(() => worker.close(), logger);
  logger.info({ context: 'lifetime', started: 'worker' });
} catch (error) {
  process.stderr.write(`${error instanceof ConfigRefused ? error.message : String(error)}\n`);
  process.exit(1);
}
