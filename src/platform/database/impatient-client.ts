import pg from 'pg';

const GAVE_UP = 'Query read timeout';

/**
 * A connection that ends once a statement on it took longer than `query_timeout`: its answer may still come, so nobody
 * else may be given it. `statement_timeout` is the server's limit; this is ours, for a server that is frozen or cut off.
 */
export class ImpatientClient extends pg.Client {
  // oxlint-disable-next-line typescript/no-explicit-any -- pg overloads it by shapes and callbacks; all pass through
  override query(...of: any[]): any {
    const answer = (super.query as (...of: unknown[]) => unknown)(...of);
    if (answer instanceof Promise)
      answer.catch(({ message }: Error) => {
        if (message === GAVE_UP) void this.end();
      });
    return answer;
  }
}
