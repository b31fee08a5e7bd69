import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Config } from '../config/config.js';
import {
  FileGone,
  placeOf,
  StoreAway,
  type Incoming,
  type Measured,
  type Shelved,
  type Store,
} from './store.js';

/** Milliseconds until there is a line, and of silence once there is one. */
const PATIENCE = { connectionTimeout: 3_000, socketTimeout: 8_000 };

/** It would write to the console; what it could say comes as an error, too. */
const silence = (): void => undefined;
const SILENT = { debug: silence, info: silence, warn: silence, error: silence };

/** A bucket of anything that speaks S3, its shelves as prefixes. */
export class S3Store implements Store {
  private readonly client: S3Client;

  constructor(
    private readonly bucket: string,
    { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }: Config,
  ) {
    this.client = new S3Client({
      endpoint: S3_ENDPOINT,
      // Whoever has an address of their own seldom has one for each bucket.
      forcePathStyle: S3_ENDPOINT !== undefined,
      region: S3_REGION,
      credentials: { accessKeyId: S3_ACCESS_KEY_ID!, secretAccessKey: S3_SECRET_ACCESS_KEY! },
      requestHandler: PATIENCE,
      maxAttempts: 2,
      logger: SILENT,
      // The SHA-256 we send is checked already; checksums in trailers are not understood everywhere.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async begin(): Promise<Incoming> {
    return new Spooled(await spool().catch(away), (name, file, of) => this.put(name, file, of));
  }

  async open(name: string): Promise<Readable> {
    const object = new GetObjectCommand({ Bucket: this.bucket, Key: placeOf(name) });
    const { Body } = await this.client.send(object).catch((error: unknown) => {
      throw error instanceof NoSuchKey ? new FileGone() : new StoreAway(error);
    });
    return Body as Readable;
  }

  async remove(name: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: placeOf(name) })).catch(away);
  }

  async *shelf(shelf: string): AsyncIterable<Shelved[]> {
    let next: string | undefined;
    do {
      const page = new ListObjectsV2Command({
        Bucket: this.bucket,
        Prefix: `${shelf}/`,
        ContinuationToken: next,
      });
      const { Contents = [], NextContinuationToken } = await this.client.send(page).catch(away);
      yield Contents.map(({ Key, LastModified }) => ({
        name: Key!.slice(shelf.length + 1),
        storedAt: LastModified!,
      }));
      next = NextContinuationToken;
    } while (next);
  }

  /** Nothing half arrives in a bucket, and what we spool has no name. */
  clear(): Promise<number> {
    return Promise.resolve(0);
  }

  /** Ends the lines to it. */
  close(): void {
    this.client.destroy();
  }

  private async put(name: string, file: FileHandle, { sha256, bytes }: Measured): Promise<void> {
    const object = new PutObjectCommand({
      Bucket: this.bucket,
      Key: placeOf(name),
      Body: file.createReadStream({ start: 0, autoClose: false }),
      ContentLength: bytes,
      ContentType: 'application/octet-stream',
    });
    // Signed with what the bytes are, so that the store refuses any others; of a stream the client would not know.
    object.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
        return next(args);
      },
      { step: 'build' },
    );
    await this.client.send(object).catch(away);
  }
}

/** Waits on our own disk until it is whole, since a bucket asks for length and SHA-256 first. */
class Spooled implements Incoming {
  constructor(
    private readonly file: FileHandle,
    private readonly put: (name: string, file: FileHandle, of: Measured) => Promise<void>,
  ) {}

  async write(chunk: Buffer): Promise<void> {
    await this.file.appendFile(chunk).catch(away);
  }

  async finish(name: string, of: Measured): Promise<void> {
    await this.put(name, this.file, of);
    await this.drop();
  }

  async drop(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }
}

/** A file without a name: when its program ends, however, it is gone. */
async function spool(): Promise<FileHandle> {
  const path = join(tmpdir(), `ankomst-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

function away(error: unknown): never {
  throw new StoreAway(error);
}
