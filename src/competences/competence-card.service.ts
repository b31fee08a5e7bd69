import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Tongue, type PersonsLanguage } from '../platform/pages/tongue.js';
import { Typesetter, type PrintedPages } from '../platform/pages/typesetter.js';
import { refugeeProblem } from '../refugees/refugees.problems.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { Card, CodeTitles } from './competence-card.contract.js';
import { cardOf, codesOf, withNote } from './competence-card.presenter.js';
import { CARD, TITLES, type CardRow } from './competence-card.queries.js';
import { cardLanguageOf, entriesOf, shortened } from './competence-card.rules.js';
import { profileOf } from './profile.rules.js';

const TEMPLATE = new URL('competence-card.typ', import.meta.url);
/** More than a page ever holds: what is beyond is not even tried. */
const MOST_ENTRIES = 60;

/** The profile on one page, for the person to have. */
@Injectable()
export class CompetenceCardService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly typesetter: Typesetter,
  ) {}

  /** A page in Danish and the language, or the person's own. @throws 404 when the actor does not see the case */
  async print(actor: Actor, refugeeId: string, wanted?: PersonsLanguage): Promise<Uint8Array> {
    const row = await this.timeline.readOne<CardRow>(actor, 'competences.card', CARD, [refugeeId]);
    if (!row) throw refugeeProblem.no_such_case();
    const { today, assessments, exams, isco_groups: groups, given_names, family_name } = row;
    const profile = profileOf(assessments, exams, groups, today);
    const language = wanted ?? cardLanguageOf(profile);
    const titles = await this.database.query<CodeTitles[]>(TITLES, [
      JSON.stringify(codesOf(profile)),
      Tongue.of(language).code,
    ]);
    const facts = { name: `${given_names} ${family_name}`, today, profile, titles };
    return this.onOnePage(cardOf(facts, language), language);
  }

  /** As much of the card as one page holds. */
  private async onOnePage(card: Card, language: PersonsLanguage): Promise<Uint8Array> {
    const all = entriesOf(card);
    const set = (entries: number): Promise<PrintedPages> =>
      this.typesetter.set(TEMPLATE, withNote(shortened(card, entries), all - entries, language));
    const most = Math.min(all, MOST_ENTRIES);
    let best = await set(most);
    if (best.pages === 1) return best.pdf;
    // fewer fit when more do not
    let [fits, tooMany] = [0, most];
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2);
      const printed = await set(middle);
      if (printed.pages === 1) [fits, best] = [middle, printed];
      else tooMany = middle;
    }
    return best.pdf;
  }
}
