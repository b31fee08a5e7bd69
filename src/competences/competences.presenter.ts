import type { AnswerRow } from './answers.queries.js';
import type { AssessmentListItem, AssessmentView } from './dto/assessment.dto.js';
import type { AnswerView } from './dto/answers.dto.js';
import type { AssessmentListRow, AssessmentRow } from './competences.queries.js';

export function assessmentItem(row: AssessmentListRow): AssessmentListItem {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.refugee_id,
    formVersion: row.form_version,
    state: row.signed_on === null ? 'draft' : row.superseded ? 'superseded' : 'signed',
    amendsId: row.amends_id,
    amendmentId: row.amendment_id,
    draftedBy: row.drafted_by,
    draftedAt: row.drafted_at.toISOString(),
    signedBy: row.signed_by,
    signedOn: row.signed_on,
  };
}

export function wholeAssessment(row: AssessmentRow): AssessmentView {
  const answers = Object.entries(row.answers).map(([field, answer]) => [field, answerView(answer)] as const);
  return {
    ...assessmentItem(row),
    amendmentReason: row.amendment_reason,
    answers: Object.fromEntries(answers),
  };
}

function answerView(row: AnswerRow): AnswerView {
  return {
    value: row.value,
    revision: row.revision,
    source: row.source,
    sourceOn: row.source_on,
    answeredBy: row.answered_by,
    answeredAt: new Date(row.answered_at).toISOString(),
  };
}
