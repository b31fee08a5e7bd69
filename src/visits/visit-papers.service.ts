import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import type { PersonsLanguage } from '../platform/pages/tongue.js';
import { Typesetter } from '../platform/pages/typesetter.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { daySheetOf, invitationOf, letterLanguageOf } from './visit-papers.presenter.js';
import { DAY_SHEET, INVITATION, type DaySheetRow, type InvitationRow } from './visit-papers.queries.js';
import { visitProblem } from './visits.problems.js';

const LETTER = new URL('invitation.typ', import.meta.url);
const SHEET = new URL('day-sheet.typ', import.meta.url);

/** What is printed of a visit: a letter to whoever is invited, and the sheet of the day. */
@Injectable()
export class VisitPapersService {
  constructor(
    private readonly timeline: TimelineService,
    private readonly typesetter: Typesetter,
  ) {}

  /** @throws 404 when the actor does not see the visit or the participant's case, 409 when nobody is to come any more */
  async invitation(
    actor: Actor,
    visitId: string,
    participantId: string,
    wanted?: PersonsLanguage,
  ): Promise<Uint8Array> {
    const row = await this.timeline.readOne<InvitationRow>(actor, 'visits.invitation', INVITATION, [
      visitId,
      participantId,
    ]);
    if (!row) throw visitProblem.no_such_participant();
    if (row.closed) throw visitProblem.closed();
    if (row.cancelled) throw visitProblem.cancelled();
    return (await this.typesetter.set(LETTER, invitationOf(row, wanted ?? letterLanguageOf(row)))).pdf;
  }

  /** @throws 404 when the actor does not see the visit */
  async daySheet(actor: Actor, visitId: string, language: Language): Promise<Uint8Array> {
    const rows = await this.timeline.readAll<DaySheetRow>(actor, 'visits.day_sheet', DAY_SHEET, [visitId]);
    if (rows.length === 0) throw visitProblem.no_such_visit();
    return (await this.typesetter.set(SHEET, daySheetOf(rows, language))).pdf;
  }
}
