import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DiskStore } from './disk-store.js';
import { Files, STORE } from './files.js';
import type { Store } from './store.js';
import { UnneededFiles } from './unneeded-files.js';

/** @param config `FILES_AT` says where: `file:folder` or `s3:bucket` */
async function storeOf(config: Config): Promise<Store> {
  const [, kind, where] = /^(file|s3):(.+)$/.exec(config.FILES_AT)!;
  if (kind === 'file') return new DiskStore(where);
  // Loaded only where it is used: it is large.
  const { S3Store } = await import('./s3-store.js');
  return new S3Store(where, config);
}

@Global()
@Module({
  providers: [{ provide: STORE, inject: [Config], useFactory: storeOf }, Files, UnneededFiles],
  exports: [Files],
})
export class FilesModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(STORE) private readonly store: Store) {}

  async onModuleInit(): Promise<void> {
    await this.store.prepare?.();
  }

  onApplicationShutdown(): void {
    this.store.close?.();
  }
}
