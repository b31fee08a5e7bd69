import type { AsideOperation } from './dto/visit-decision.dto.js';
import type { AsideRow } from './visit-decisions.queries.js';

export function asideView(row: AsideRow): AsideOperation {
  return {
    id: row.id,
    operationId: row.operation_id,
    refugeeId: row.person_id,
    outcome: row.outcome,
    reason: row.reason,
    errors: row.readable ? (row.errors ?? []) : [],
    subject: { type: row.subject_type, id: row.subject_id },
    field: row.field,
    deviceId: row.device_id,
    seq: row.seq,
    at: row.at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    author: row.author,
    readable: row.readable,
    value: row.value,
    stands: row.stands && { ...row.stands, at: row.stands.at && new Date(row.stands.at).toISOString() },
    decision: row.decided_at && {
      at: row.decided_at.toISOString(),
      by: row.decided_by!,
      taken: row.taken!,
      reason: row.decision_reason,
    },
  };
}
