import Negotiator from 'negotiator';

export type Language = 'da' | 'en';

/** Danish unless the reader prefers English. */
export function languageOf(request: { headers: Record<string, string | string[] | undefined> }): Language {
  return new Negotiator(request).language(['da', 'en']) === 'en' ? 'en' : 'da';
}
