import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Config } from '../config/config.js';
import { Database } from './database.js';
import { Forgetting } from './forgetting.js';
import { ImpatientClient } from './impatient-client.js';
import { Notices } from './notices.js';
import { requireCurrentSchema } from './schema-version.js';

// A day stays the text Postgres wrote: a JavaScript Date would move it by the zone of the machine.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

/** How long we wait, in milliseconds, before a request ends with 503; `docs/operations.md` repeats them. */
const LIMITS = {
  /** for a connection, free or new */
  connection: 3_000,
  /** for a lock; then for a statement, and a transaction that does nothing: all three are the server's own */
  lock: 5_000,
  statement: 8_000,
  idleTransaction: 10_000,
  /** for any answer at all: a frozen server keeps none of its own limits */
  answer: 9_000,
};

/** How every process of ours connects; `installExtensions` is off because the serving role may not. */
export function connection(url: string, connections: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: connections,
    connectTimeoutMS: LIMITS.connection,
    extra: {
      Client: ImpatientClient,
      keepAlive: true,
      statement_timeout: LIMITS.statement,
      idle_in_transaction_session_timeout: LIMITS.idleTransaction,
      lock_timeout: LIMITS.lock,
      query_timeout: LIMITS.answer,
    },
  };
}

@Injectable()
class SchemaGate implements OnModuleInit {
  constructor(private readonly source: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireCurrentSchema(this.source);
  }
}

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        ...connection(config.DATABASE_URL, config.DATABASE_CONNECTIONS),
        autoLoadEntities: true,
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
    }),
  ],
  providers: [Database, Notices, SchemaGate, Forgetting],
  exports: [Database, Notices],
})
export class DatabaseModule {}
