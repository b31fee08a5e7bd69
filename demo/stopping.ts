/** Something the person at the screen can understand and change: shown without a stack. */
export class Refusal extends Error {}

/** The person, or the program that started us, wants the demo to end. */
export class Interrupted extends Error {}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LOOK_EVERY_MS = 500;

/** One signal for everything that waits: it is aborted, with the reason, when the demo is to end early. */
export function stopOnSignals(): AbortController {
  const stop = new AbortController();
  for (const name of SIGNALS) process.on(name, () => stop.abort(new Interrupted(name)));
  stopWithNpm(stop);
  return stop;
}

/** Killing `npm run demo` tells us nothing; that we were handed to another parent does. */
function stopWithNpm(stop: AbortController): void {
  if (!process.env.npm_lifecycle_event) return;
  const starter = process.ppid;
  const look = () => process.ppid !== starter && stop.abort(new Interrupted('npm is gone'));
  setInterval(look, LOOK_EVERY_MS).unref();
}

/** Resolves when the demo is to end. */
export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
