import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Config } from '../config/config.js';
import { Database } from './database.js';
import { Forgetting } from './forgetting.js';
import { requireCurrentSchema } from './schema-version.js';

// A day stays the text Postgres wrote: a JavaScript Date would move it by the zone of the machine.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

/** How every process of ours connects; `installExtensions` is off because the serving role may not. */
export function connection(url: string, connections: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: connections,
    connectTimeoutMS: 5_000,
    extra: { statement_timeout: 20_000, idle_in_transaction_session_timeout: 20_000, lock_timeout: 10_000 },
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
  providers: [Database, SchemaGate, Forgetting],
  exports: [Database],
})
export class DatabaseModule {}
