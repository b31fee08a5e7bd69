import type { Language } from '../platform/http/language.js';
import type {
  FollowUpCause,
  FollowUpPractice,
  FollowUpSubject,
  FollowUpView,
  PastFollowUpView,
} from './dto/follow-up.dto.js';
import type { WholeFollowUpView } from './dto/whole-follow-up.dto.js';
import { dayInWords } from './reminder-mail.js';
import type { DutyText } from './reminders.contract.js';
import type { FollowUpRow, PastFollowUpRow } from './reminders.queries.js';
import type { PracticeOfFollowUp } from './practice-of-follow-up.queries.js';
import type { WholeFollowUpRow } from './whole-follow-up.queries.js';

type ReasonRow = Pick<FollowUpRow, 'earliest_on' | 'latest_on' | 'occurrence'>;

/** Why a follow-up is there, in the words of its duty. */
export function reasonOf(row: ReasonRow, text: DutyText, language: Language): string {
  return text.reason[language]({
    earliestOn: dayInWords(row.earliest_on, language),
    latestOn: dayInWords(row.latest_on, language),
    occurrence: row.occurrence,
  });
}

export function followUpView(row: FollowUpRow, text: DutyText, language: Language): FollowUpView {
  return {
    id: row.id,
    key: row.key,
    practice: practiceView(row.practice),
    occurrence: row.occurrence,
    title: text.title[language],
    subject: { type: row.subject_type, id: row.subject_id },
    refugee:
      row.refugee_id === null ? null : { id: row.refugee_id, name: `${row.given_names} ${row.family_name}` },
    state: row.state,
    reason: reasonOf(row, text, language),
    rules: row.rules,
    assumed: row.assumed,
    suspended: row.suspended,
    snoozedUntil: row.snoozed_until,
    escalatesOn: row.escalates_on,
    earliestOn: row.earliest_on,
    targetOn: row.target_on,
    latestOn: row.latest_on,
    actBy: row.act_by,
    ifNothing: text.ifNothing[language],
    act: { method: row.act_method, href: row.act_href },
  };
}

export function pastFollowUpView(row: PastFollowUpRow, text: DutyText, language: Language): PastFollowUpView {
  return {
    ...followUpView(row, text, language),
    plannedAt: row.planned_at.toISOString(),
    ownerId: row.owner_id,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBecause: row.ended_because,
    endedBy: subject(row.ended_subject_type, row.ended_subject_id),
    endedByRules: row.ended_rules,
    supersededBy: row.superseded_by,
    moves: row.moves.map(({ at, because, becauseSubjectType, becauseSubjectId, ...days }) => ({
      at: instant(at)!,
      because: cause(because, becauseSubjectType, becauseSubjectId),
      ...days,
    })),
  };
}

export function wholeFollowUpView(
  row: WholeFollowUpRow,
  text: DutyText,
  language: Language,
): WholeFollowUpView {
  return {
    ...pastFollowUpView(row, text, language),
    notes: row.notes.map((note) => ({ ...note, at: instant(note.at)! })),
    reminders: row.reminders.map((one) => ({
      ...one,
      sentAt: instant(one.sentAt),
      readAt: instant(one.readAt),
    })),
  };
}

const practiceView = (practice: PracticeOfFollowUp | null): FollowUpPractice | null =>
  practice && { ruleId: practice.ruleId, versionId: practice.versionId, number: practice.number };

/** An instant as Postgres writes it into JSON. */
/** An instant out of JSON that Postgres wrote, in the form of all others. */
export const instant = (text: string | null): string | null =>
  text === null ? null : new Date(text).toISOString();

const cause = (fact: string, type: string | null, id: string | null): FollowUpCause => ({
  fact,
  subject: subject(type, id),
});

const subject = (type: string | null, id: string | null): FollowUpSubject | null =>
  type === null || id === null ? null : { type, id };
