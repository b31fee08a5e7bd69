import type { Logger } from 'pino';
import { errorForLog } from '../logging/logging.js';

/**
 * An error nobody caught leaves the program in an unknown state: one line in the log, and it ends; a supervisor starts
 * it again. The line says what and where, but not the message: what nobody foresaw can quote anything.
 */
export function dieOfUncaught(logger: Logger): void {
  process.on('uncaughtException', (error, kind) => {
    const { message: _, ...words } = errorForLog(error);
    logger.fatal({ context: 'lifetime', left: kind, ...words });
    process.exit(1);
  });
}
