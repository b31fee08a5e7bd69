import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { errorForLog } from '../logging/logging.js';
import { printable } from './printable.js';

export interface PrintedPages {
  pdf: Uint8Array;
  /** How many there are. */
  pages: number;
}

/** A template of ours that cannot be set with what it was given. What Typst says of it may quote a person's words and stays out. */
class PageNotSet extends Error {
  constructor(template: string) {
    super(`${template} cannot be set`);
    this.name = 'PageNotSet';
  }
}

/** Stands before every template. */
const PAGE = new URL('page.typ', import.meta.url);

/** Sets PDF pages from a Typst template of ours and what to print, one after the other in a thread of their own. */
@Injectable()
export class Typesetter implements OnModuleDestroy {
  private readonly logger = new Logger(Typesetter.name);
  private readonly sources = new Map<string, string>();
  private started?: Worker;

  /**
   * @param template a `.typ` file beside the code that prints it; it finds what to print as `content`
   * @param content becomes JSON: people's text stays text and is never read as markup, which could read files
   * @throws PageNotSet
   */
  async set(template: URL, content: object): Promise<PrintedPages> {
    const { port1: answer, port2: reply } = new MessageChannel();
    const json = JSON.stringify(content, (_, value: unknown) => printable(value));
    this.thread.postMessage({ source: this.sourceOf(template), content: json, reply }, [reply]);
    const printed = await new Promise<PrintedPages | undefined>((resolve) => {
      // closed without a word when the thread ends
      answer.once('message', resolve).once('close', () => resolve(undefined));
    });
    if (!printed) throw new PageNotSet(basename(template.pathname));
    return printed;
  }

  async onModuleDestroy(): Promise<void> {
    await this.started?.terminate();
  }

  /** Started for the first page, and again if it ever ends. */
  private get thread(): Worker {
    if (this.started) return this.started;
    const thread = new Worker(new URL('typesetting.mjs', import.meta.url));
    thread.on('error', (error) => this.logger.error(errorForLog(error)));
    thread.once('exit', () => (this.started = undefined));
    // it keeps no program from leaving; an answer that is waited for does
    thread.unref();
    return (this.started = thread);
  }

  private sourceOf(template: URL): string {
    const known = this.sources.get(template.href);
    if (known !== undefined) return known;
    const source = [PAGE, template].map((file) => readFileSync(file, 'utf8')).join('\n');
    this.sources.set(template.href, source);
    return source;
  }
}
