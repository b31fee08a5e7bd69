/** A starter that was killed cannot stop us: when its channel closes, we leave by ourselves. */
export function leaveWithParent(close: () => Promise<void>): void {
  if (!process.connected) return;
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
}
