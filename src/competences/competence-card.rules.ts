// No act asks for the card: the Copenhagen model gives the person what was found, on one page.
import { printedAs, type PersonsLanguage } from '../platform/pages/tongue.js';
import type { Card } from './competence-card.contract.js';
import type { Profile } from './profile.rules.js';

/** The person's first mother tongue that the card has texts in, else English. */
export function cardLanguageOf({ languages }: Pick<Profile, 'languages'>): PersonsLanguage {
  const known = languages.flatMap(
    ({ language, motherTongue }) => (motherTongue && printedAs(language)) || [],
  );
  return known.at(0) ?? 'eng';
}

export const entriesOf = ({ sections }: Card): number =>
  sections.reduce((sum, { entries }) => sum + entries.length, 0);

/**
 * The card with its `most` first entries. Every section is in order, its best entry first; the longest sections give
 * up their last ones.
 */
export function shortened(card: Card, most: number): Card {
  const places = card.sections.flatMap(({ entries }, section) =>
    entries.map((_, place) => ({ section, place })),
  );
  const kept = places.toSorted((a, b) => a.place - b.place || a.section - b.section).slice(0, most);
  return {
    ...card,
    sections: card.sections
      .map(({ headings, entries }, section) => ({
        headings,
        entries: entries.slice(0, kept.filter((one) => one.section === section).length),
      }))
      .filter(({ entries }) => entries.length > 0),
  };
}
