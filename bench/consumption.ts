/** What a program has taken of its machine. */
export interface Consumption {
  /** Memory, bytes. */
  rss: number;
  /** Time of the processor since its start, µs. */
  cpu: number;
}

// Imported before a program, it answers whenever it is asked, on every system alike.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ rss: process.memoryUsage.rss(), cpu: user + system } satisfies Consumption);
});
