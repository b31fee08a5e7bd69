import type { CaseHandoverView } from './dto/case-handover.dto.js';
import type { CaseHandoverRow } from './case-handovers.queries.js';
import { percentOf } from './completeness.rules.js';

export function caseHandoverView(row: CaseHandoverRow): CaseHandoverView {
  const { answered, required } = row;
  return {
    id: row.id,
    refugeeId: row.refugee_id,
    toRole: row.to_role,
    state: row.outcome ?? 'offered',
    note: row.note,
    offeredBy: row.offered_by,
    offeredAt: row.offered_at.toISOString(),
    receiver: row.receiver,
    formVersion: row.form_version,
    completeness: { answered, required, percent: percentOf(answered, required) },
    missing: row.missing,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    questions: row.questions.map(({ ended, answeredAt, ...question }) => ({
      ...question,
      state: answeredAt !== null ? 'answered' : ended ? 'field_answered' : 'open',
      answeredAt: answeredAt === null ? null : new Date(answeredAt).toISOString(),
    })),
  };
}
