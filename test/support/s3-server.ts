import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEYS = { id: 'ankomst', secret: 'a secret of the bucket' };
const REGION = 'eu-north-1';

/** Something that speaks as much S3 as we ask for, and takes nothing that is not signed for just what arrives. */
export interface S3Server {
  /** The settings with which the program uses its bucket. */
  settings: Record<string, string>;
  /** What lies in the bucket, by key; when it came can be set. */
  objects: Map<string, { content: Buffer; at: Date }>;
  /** Requests it refused, and why. */
  refused: string[];
  /** From now on it answers nothing but 503, or works again. */
  fail(failing: boolean): void;
  end(): Promise<void>;
}

const sha256 = (of: Buffer | string) => createHash('sha256').update(of).digest('hex');
const hmac = (key: Buffer | string, of: string) => createHmac('sha256', key).update(of).digest();

/** @param pageSize how many keys a page of a listing has */
export async function startS3({ pageSize = 1_000 } = {}): Promise<S3Server> {
  const bucket = 'ankomst-files';
  const objects: S3Server['objects'] = new Map();
  const refused: string[] = [];
  let failing = false;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    // one that is cut leaves nothing
    request.on('end', () => answer(request, Buffer.concat(parts), response));
  });

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, 'http://s3');
    const say = (status: number, text = '', headers = {}) =>
      void response.writeHead(status, headers).end(text);
    if (failing) return say(503, '<Error><Code>SlowDown</Code></Error>');
    const wrong = wrongOf(request, body);
    if (wrong) {
      refused.push(`${request.method} ${pathname}: ${wrong}`);
      return say(403, `<Error><Code>SignatureDoesNotMatch</Code><Message>${wrong}</Message></Error>`);
    }
    const [, inBucket, ...rest] = decodeURIComponent(pathname).split('/');
    const key = rest.join('/');
    if (inBucket !== bucket) return say(404, '<Error><Code>NoSuchBucket</Code></Error>');
    const there = objects.get(key);
    if (request.method === 'PUT') {
      objects.set(key, { content: body, at: new Date() });
      return say(200, '', { etag: `"${sha256(body)}"` });
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return say(204);
    }
    if (key === '') return say(200, listing(searchParams), { 'content-type': 'application/xml' });
    if (!there) return say(404, '<Error><Code>NoSuchKey</Code></Error>');
    response.writeHead(200, { 'content-length': there.content.length });
    response.end(request.method === 'HEAD' ? undefined : there.content);
  }

  function listing(asked: URLSearchParams): string {
    const after = asked.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter(
      (key) => key.startsWith(asked.get('prefix') ?? '') && key > after,
    );
    const page = keys.sort().slice(0, pageSize);
    const contents = page.map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>${objects.get(key)!.at.toISOString()}</LastModified></Contents>`,
    );
    const next =
      keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?><ListBucketResult>${contents.join('')}<IsTruncated>${next !== ''}</IsTruncated>${next}</ListBucketResult>`;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    settings: {
      FILES_AT: `s3:${bucket}`,
      S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: KEYS.id,
      S3_SECRET_ACCESS_KEY: KEYS.secret,
    },
    objects,
    refused,
    fail: (now) => (failing = now),
    end: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What is wrong with a request's signature (AWS Signature Version 4), or with what it was signed for. */
function wrongOf({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, id, day, region, signed, signature] = form.exec(headers.authorization ?? '') ?? [];
  if (!id) return `is not signed: ${headers.authorization}`;
  if (id !== KEYS.id || region !== REGION) return 'is signed by somebody else';
  const hash = String(headers['x-amz-content-sha256']);
  if (hash !== sha256(body)) return `was signed for other bytes: ${hash}`;
  const names = signed.split(';');
  for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.includes(name)) return `leaves ${name} unsigned`;
  const { pathname, searchParams } = new URL(url!, 'http://s3');
  const query = [...searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort()
    .join('&');
  const canonical = [
    method,
    pathname,
    query,
    ...names.map((name) => `${name}:${String(headers[name]).trim().replaceAll(/ +/g, ' ')}`),
    '',
    signed,
    hash,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${KEYS.secret}`);
  return hmac(key, toSign).toString('hex') === signature ? undefined : 'has another signature';
}

const strict = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
