/** Titles of a code of a classification; in the person's language only where a translation was imported. */
export interface CodeTitles {
  scheme: string;
  code: string;
  da: string | null;
  en: string;
  own: string | null;
}

/** One fact, as one side of the card says it. */
interface Said {
  main: string;
  detail: string;
}
export type Entry = [danish: Said, own: Said];

export interface Section {
  headings: [danish: string, own: string];
  entries: Entry[];
}

/** The texts around the facts, of one side. */
export interface Side {
  /** How Typst knows the language. */
  language: { code: string; region: string | null };
  title: string;
  about: string;
  date: string;
  /** What stands at the foot: that the card is shortened, or that there is nothing yet. */
  note: string | null;
}

/** What the card's template prints. */
export interface Card {
  name: string;
  sides: [danish: Side, own: Side];
  sections: Section[];
}
