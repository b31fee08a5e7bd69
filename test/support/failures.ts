import type { TestDatabase } from './database.js';

/** Makes writes fail in Postgres: by triggers of the owner, which are gone again afterwards. */
export class Failures {
  private constructor(private readonly database: TestDatabase) {}

  static async in(database: TestDatabase): Promise<Failures> {
    // A sequence does not roll back: it counts the tries that were undone.
    await database.asOwner(`create sequence tries`);
    await database.asOwner(`
      create function fail() returns trigger language plpgsql security definer as $$
      begin
        if nextval('tries') <= tg_argv[0]::int then
          raise exception 'made to fail' using errcode = tg_argv[1];
        end if;
        return null;
      end $$`);
    return new Failures(database);
  }

  /**
   * Runs `request` while each row written to `table` fails, until it has failed so many times.
   * @param when at once, or not before the commit
   * @returns the reply, and how many rows were tried
   */
  async during<Answer>(
    { table, code, times = 1_000, when = 'at once' }: Failure,
    request: () => Promise<Answer>,
  ): Promise<{ reply: Answer; tries: number }> {
    const [kind, moment] =
      when === 'at once' ? ['trigger', ''] : ['constraint trigger', 'deferrable initially deferred'];
    await this.database.asOwner(`select setval('tries', 1, false)`);
    await this.database.asOwner(
      `create ${kind} made_to_fail after insert or update or delete on ${table} ${moment}
       for each row execute function fail('${times}', '${code}')`,
    );
    try {
      const reply = await request();
      const [{ tries }] = await this.database.asOwner<{ tries: number }>(
        'select case when is_called then last_value else 0 end::int as tries from tries',
      );
      return { reply, tries };
    } finally {
      await this.database.asOwner(`drop trigger made_to_fail on ${table}`);
    }
  }
}

export interface Failure {
  table: string;
  /** SQLSTATE it fails with. */
  code: string;
  times?: number;
  when?: 'at once' | 'at commit';
}
