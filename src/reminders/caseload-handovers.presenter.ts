import type { HandoverView, PlaceToHandOver } from './dto/caseload-handover.dto.js';
import type { HandoverRow, PlaceRow } from './caseload-handovers.queries.js';

export function placeView(row: PlaceRow): PlaceToHandOver {
  return {
    refugeeId: row.refugee_id,
    caseNumber: Number(row.case_number),
    name: `${row.given_names} ${row.family_name}`,
    fromOn: row.from_on,
    untilOn: row.until_on,
  };
}

export function handoverView(row: HandoverRow): HandoverView {
  return {
    id: row.id,
    unitId: row.unit_id,
    role: row.role,
    from: { id: row.from_id, name: row.from_name },
    to: { id: row.to_id, name: row.to_name },
    fromOn: row.from_on,
    cases: row.cases,
    doneById: row.done_by,
    doneAt: row.done_at.toISOString(),
  };
}
