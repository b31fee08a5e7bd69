import { Logger } from '@nestjs/common';
import { errorForLog } from '../logging/logging.js';

const QUIET_MS = 60_000;

/**
 * Hears the errors of a queue or worker; BullMQ writes those that nobody hears to the console.
 * A store that is away fails many times a second: each kind of error is said once a minute.
 */
export function hearErrors(of: {
  name: string;
  on(event: 'error', heard: (error: Error) => void): unknown;
}): void {
  const logger = new Logger(of.constructor.name);
  const said = new Map<string, { at: number; unsaid: number }>();
  of.on('error', (error) => {
    const code = 'code' in error ? String(error.code) : undefined;
    const kind = code ?? error.name;
    const last = said.get(kind);
    if (last && performance.now() - last.at < QUIET_MS) {
      last.unsaid++;
      return;
    }
    said.set(kind, { at: performance.now(), unsaid: 0 });
    logger.warn({ queue: of.name, code, unsaid: last?.unsaid, ...errorForLog(error) });
  });
}
