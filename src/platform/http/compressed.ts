import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

const squeezed = promisify(gzip);

/** JSON as the reader takes it, gzipped if that may be: for replies that go over a thin line. */
export async function compressed(
  request: FastifyRequest,
  reply: FastifyReply,
  body: object,
): Promise<Buffer> {
  const text = Buffer.from(JSON.stringify(body));
  void reply.header('vary', 'accept-encoding').type('application/json; charset=utf-8');
  if (new Negotiator(request.raw).encoding(['gzip', 'identity']) !== 'gzip') return text;
  void reply.header('content-encoding', 'gzip');
  return squeezed(text);
}
