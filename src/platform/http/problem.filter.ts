import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import {
  ArgumentsHost,
  Catch,
  ExceptionFilter,
  HttpException,
  Logger,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorForLog } from '../logging/logging.js';
import { languageOf, type Language } from './language.js';
import { problemOfPostgres } from './postgres-problem.js';
import {
  DomainError,
  problemText,
  problemTexts,
  requestProblem,
  type ProblemKind,
  type ProblemText,
} from './problem.js';
import { ruleText } from './rule-texts.js';

const STATUS: Record<ProblemKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  unconditional: 428,
  refused: 422,
  limited: 429,
};

/** What the web server itself refuses, by status code. */
const SERVER_TEXT: Record<number, { code: string; da: string; en: string }> = {
  404: { code: 'request.no_such_route', da: 'Adressen findes ikke.', en: 'There is no such address.' },
  408: {
    code: 'request.too_slow',
    da: 'Anmodningen kom for langsomt.',
    en: 'The request came too slowly.',
  },
  413: {
    code: 'request.too_large',
    da: 'Indholdet er for stort (højst 1 MiB).',
    en: 'The body is too large (1 MiB at most).',
  },
  414: { code: 'request.address_too_long', da: 'Adressen er for lang.', en: 'The address is too long.' },
  415: {
    code: 'request.not_json',
    da: 'Send indholdet som application/json.',
    en: 'Send the body as application/json.',
  },
  431: {
    code: 'request.head_too_large',
    da: 'Adressen eller headerne er for lange.',
    en: 'The address or the headers are too long.',
  },
  503: { code: 'server.unavailable', da: 'Prøv igen om lidt.', en: 'Try again in a moment.' },
  500: {
    code: 'server.failed',
    da: 'Der gik noget galt hos os. Oplys anmodningens id.',
    en: 'Something went wrong on our side. Tell us the id of the request.',
  },
};

/** What 415 says of a route that takes CSV, too. */
const NOR_CSV = {
  da: 'Send indholdet som application/json eller text/csv.',
  en: 'Send the body as application/json or text/csv.',
};

/** A problem a client can meet; `kind` is missing where the web server itself refuses. */
export interface DeclaredProblem extends Required<Pick<ProblemText, 'da' | 'en' | 'reach'>> {
  code: string;
  status: number;
  kind?: ProblemKind;
}

/** Every problem a client can meet, by code. */
export function declaredProblems(): DeclaredProblem[] {
  const ours = problemTexts().map(([code, { kind, da, en, reach }]): DeclaredProblem => {
    const usual = code.startsWith('request.') ? 'any' : 'declared';
    return { code, status: STATUS[kind], kind, da, en, reach: reach ?? usual };
  });
  const servers = Object.entries(SERVER_TEXT).map(([status, text]): DeclaredProblem => {
    return { ...text, status: Number(status), reach: 'any' };
  });
  return [...ours, ...servers].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

const RUNS_OUT_BYTES = 32 * 1024 * 1024;

/** Postgres is not there, is going, is full, or took longer than we let it: codes of its errors and of the network's. */
const AWAY = new RegExp(
  `^(${[
    '08...', // connection
    '53...', // out of connections, memory or disk
    '57P0.', // shutting down, crashed, starting
    '57014|55P03|25P0[34]', // over the limit of a statement, a lock, a transaction
    '40P01|40001', // deadlock, conflict with another transaction
    'ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|ENETDOWN',
  ].join('|')})$`,
);

/** What the driver says without a code, when a connection does not come, is gone, or does not answer. */
const AWAY_IN_WORDS =
  /^timeout exceeded when trying to connect|^Connection terminated|^Query read timeout|is not queryable$|already released/;

interface Problem {
  status: number;
  code: string;
  title: string;
  [fact: string]: unknown;
}

const logger = new Logger('http');

/** Every refusal leaves as `application/problem+json` (RFC 9457), in Danish or English. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Also what the web server refuses before there is a route: an address it cannot read, or one too long. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, languageOf(request));
  if (problem.code === SERVER_TEXT[415].code && request.routeOptions.config.csv)
    problem.title = NOR_CSV[languageOf(request)];
  // That we are not ready is an answer, and asked for every second.
  if (problem.status >= 500 && !(error instanceof ServiceUnavailableException))
    logger.error({ requestId: request.id, ...errorForLog(error) });
  // Fastify closes on a body it does not read. One of known length may run out unread: else its sender, still writing,
  // would find the line broken and never hear why.
  if (Number(request.headers['content-length']) <= RUNS_OUT_BYTES) void reply.removeHeader('connection');
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 429) void reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.status === 503) void reply.header('retry-after', '5');
  void reply
    .status(problem.status)
    .header('content-language', languageOf(request))
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(written(problem, request.id));
}

/** What is no HTTP never becomes a request: its refusal is written by hand, and the line is closed. */
export function refuseBroken({ code = '' }: { code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const statusCode = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[code] ?? 400;
  const body = written(problemOf({ statusCode }, 'da'), randomUUID());
  const head = [
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end([...head, '', body].join('\r\n'), () => socket.destroy());
}

function written(problem: Problem, requestId: string): string {
  return JSON.stringify({ type: `urn:ankomst:problem:${problem.code}`, ...problem, requestId });
}

function problemOf(error: unknown, language: Language): Problem {
  const refusal = error instanceof DomainError ? error : problemOfPostgres(error);
  if (refusal) return problemOfRefusal(refusal, language);
  const status = statusOf(error);
  if (SERVER_TEXT[status])
    return { status, code: SERVER_TEXT[status].code, title: SERVER_TEXT[status][language] };
  const { code, kind } = requestProblem.unreadable();
  return { status: STATUS[kind], code, title: problemText(code)![language] };
}

function problemOfRefusal({ kind, code, details }: DomainError, language: Language): Problem {
  const errors = details.errors?.map(({ field, rule, values }) => ({
    field,
    rule,
    message: ruleText(rule, values, language),
  }));
  return {
    status: STATUS[kind],
    code,
    title: problemText(code)![language],
    ...details,
    ...(errors && { errors }),
  };
}

function statusOf(error: unknown): number {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : Number((error as { statusCode?: number })?.statusCode);
  if (status >= 400 && status <= 599) return status;
  // Asked last: a client that goes away before its body is whole is an ECONNRESET, too, to which Fastify gives a status.
  return isAway(error) ? 503 : 500;
}

function isAway(error: unknown): boolean {
  const { code, message } = ((error as { driverError?: unknown })?.driverError ?? error ?? {}) as {
    code?: unknown;
    message?: unknown;
  };
  return AWAY.test(String(code)) || AWAY_IN_WORDS.test(String(message));
}
