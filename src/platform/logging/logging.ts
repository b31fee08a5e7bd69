import { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { QueryFailedError } from 'typeorm';

/** JSON lines: one a request, with its id; never a query string, a body or a database value. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    base: undefined,
    formatters: { level: (label) => ({ level: label }) },
  });
}

/** An error as the log may hold it: a message of the database can quote a person's values, so it stays out. */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  if (error instanceof QueryFailedError) {
    const { code, constraint, routine } = error.driverError as {
      code?: string;
      constraint?: string;
      routine?: string;
    };
    return { error: error.name, code, constraint, routine, frames };
  }
  return { error: error.name, message: error.message, frames };
}

/** The same for what is kept of an error elsewhere: a failed job keeps its message and its stack. */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const { code, frames } = errorForLog(error);
  const kept = new Error(`the database refused: ${String(code)}`);
  kept.stack = [kept.message, ...(frames as string[])].join('\n');
  return kept;
}

/** Nest's own log lines, through the same stream. */
export class JsonLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.write('info', message, context);
  }

  warn(message: unknown, context?: string): void {
    this.write('warn', message, context);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest.at(-1));
  }

  debug(message: unknown, context?: string): void {
    this.write('debug', message, context);
  }

  verbose(message: unknown, context?: string): void {
    this.write('trace', message, context);
  }

  private write(
    level: 'info' | 'warn' | 'error' | 'debug' | 'trace',
    message: unknown,
    context: unknown,
  ): void {
    const fields =
      message instanceof Error ? errorForLog(message) : typeof message === 'object' ? message : { message };
    this.logger[level]({ context, ...fields });
  }
}
