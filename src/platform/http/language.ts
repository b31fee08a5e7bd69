import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import Negotiator from 'negotiator';

export type Language = 'da' | 'en';

/** Danish unless the reader prefers English. */
export function languageOf(request: { headers: Record<string, string | string[] | undefined> }): Language {
  return new Negotiator(request).language(['da', 'en']) === 'en' ? 'en' : 'da';
}

/** The language a reply is written in. */
export const ReaderLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  return languageOf(context.switchToHttp().getRequest());
});
