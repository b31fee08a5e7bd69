import type { Logger } from 'pino';
import { errorForLog } from '../logging/logging.js';

/** Whoever supervises us kills after ten seconds. */
const LIMIT_MS = 9_000;
/** npm and a terminal both pass Ctrl-C on: within this time it is the same request. */
const SAME_REQUEST_MS = 1_000;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Ends the process when a signal asks for it, or when the starter that forked it was killed and its channel closed:
 * with 0 once `leave` has done all that was begun, with 1 when that takes too long or is asked for a second time.
 */
export function leaveWhenAsked(leave: () => Promise<void>, logger: Logger): void {
  let askedAt: number | undefined;
  const end = (code: 0 | 1, how: Record<string, unknown>): never => {
    logger[code === 0 ? 'info' : 'error']({ context: 'lifetime', ...how });
    process.exit(code);
  };
  const asked = (by: string): void => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > SAME_REQUEST_MS) end(1, { left: 'asked twice', by });
      return;
    }
    askedAt = performance.now();
    logger.info({ context: 'lifetime', leaving: by });
    setTimeout(() => end(1, { left: 'too slow: what was still under way is cut off' }), LIMIT_MS).unref();
    leave().then(
      () => end(0, { left: 'done' }),
      (error: unknown) => end(1, { left: 'failed', ...errorForLog(error) }),
    );
  };
  for (const signal of SIGNALS) process.on(signal, () => asked(signal));
  if (process.connected) process.once('disconnect', () => asked('starter'));
  else if (process.send) asked('starter');
}
