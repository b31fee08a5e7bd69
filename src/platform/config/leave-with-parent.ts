/** The next start waits for our port; somebody's idle connection must not keep us for longer. */
const PATIENCE_MS = 5_000;

/**
 * A starter that was killed cannot stop us: when its channel closes, we leave by ourselves; at once if it closed
 * while we were starting. Without a starter that keeps a channel this does nothing.
 */
export function leaveWithParent(close: () => Promise<void>): void {
  const leave = (): void => {
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    void close().finally(() => process.exit(0));
  };
  if (process.connected) process.once('disconnect', leave);
  else if (process.send) leave();
}
