import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to Postgres that can be cut, and mended. */
export interface Line {
  /** The same database, by way of this line. */
  url: string;
  cut(): void;
  mend(): void;
  end(): Promise<void>;
}

export async function lineTo(databaseUrl: string): Promise<Line> {
  const { hostname, port } = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    if (whole) near.pipe(far).pipe(near);
    else near.destroy();
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      ends.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => ends.delete(one) && other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    whole = false;
    for (const one of ends) one.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: () => void (whole = true),
    end: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
