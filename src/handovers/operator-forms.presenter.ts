import type { OperatorFormView } from './dto/operator-form.dto.js';
import type { OperatorFormRow } from './operator-forms.queries.js';
import { isAgreed } from './operator-forms.rules.js';

export function operatorFormView(row: OperatorFormRow): OperatorFormView {
  const fieldsThat = (outcome: string) =>
    row.answers.filter((one) => one.outcome === outcome).map(({ field }) => field);
  return {
    id: row.id,
    refugeeId: row.refugee_id,
    datedOn: row.dated_on,
    formVersion: row.form_version,
    assessmentId: row.assessment_id,
    receivedBy: row.received_by,
    receivedAt: row.received_at.toISOString(),
    filled: fieldsThat('filled'),
    confirmed: fieldsThat('confirmed'),
    questions: row.answers
      .filter(({ outcome }) => outcome === 'differs')
      .map((one) => ({
        id: one.id,
        field: one.field,
        label: one.label,
        state: one.settled ? 'settled' : isAgreed(one) ? 'agreed' : 'open',
        standing: one.standing,
        revision: one.settled ? null : one.revision,
        offered: one.value,
        settled: one.settled && { ...one.settled, at: new Date(one.settled.at).toISOString() },
      })),
  };
}
