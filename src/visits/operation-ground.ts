import type { StandingAssessment } from '../competences/competences.contract.js';
import { isUuid } from '../platform/http/ids.js';
import type { GroundRow, TrailRow } from './visit-operations.queries.js';
import {
  trailKey,
  type AssessmentState,
  type Given,
  type Ground,
  type ParticipantState,
  type Trail,
} from './operation-state.js';

/** Ids that operations name. */
export interface Ids {
  /** Of subjects, and of assessments that participants are said to have. */
  all: string[];
  /** Those of which something is said that others may have waited for. */
  awaited: string[];
}

export function idsIn(operations: Given[]): Ids {
  const linked = operations.flatMap(({ field, value }) =>
    field === 'assessmentId' && isUuid(value) ? [value.toLowerCase()] : [],
  );
  const ended = operations.flatMap(({ type, subjectId }) => (type === 'participant' ? [subjectId] : []));
  return {
    all: [...new Set([...operations.map(({ subjectId }) => subjectId), ...linked])],
    awaited: [...new Set([...linked, ...ended])],
  };
}

type Seen = Omit<GroundRow['participants'][number], 'basis'> & Pick<ParticipantState, 'mayEnd' | 'mayAssess'>;

/** What stands, as operations are decided on it. */
export function asGround(
  row: Omit<GroundRow, 'participants'> & { participants: Seen[] },
  standing: StandingAssessment[],
  currentForm: number,
): Ground {
  const participants = row.participants.map(
    ({ id, refugeeId, mayEnd, mayAssess, draft, amendsOlder, ...one }): ParticipantState => ({
      id,
      refugeeId,
      outcome: { value: one.outcome, revision: one.outcomeRevision },
      assessmentId: { value: one.assessmentId, revision: one.assessmentRevision },
      mayEnd,
      mayAssess,
      openDraft: draft,
      amendsOlder,
    }),
  );
  const ofPerson = new Map(participants.map(({ id, refugeeId }) => [refugeeId, id]));
  const assessments = standing.flatMap(
    ({ id, refugee_id, form_version, signed, fields }): AssessmentState[] => {
      const participantId = ofPerson.get(refugee_id);
      if (participantId === undefined) return [];
      return [
        { id, participantId, formVersion: form_version, signed, fields: new Map(Object.entries(fields)) },
      ];
    },
  );
  const gone = new Set(row.told.filter(({ erased }) => erased).map(({ participantId }) => participantId));
  return {
    currentForm,
    participants: new Map(participants.map((one) => [one.id, one])),
    assessments: new Map(assessments.map((one) => [one.id, one])),
    aliases: new Map(row.aliases.map(({ alias, ...of }) => [alias, of])),
    foreign: new Set(row.assessments.flatMap(({ id, refugeeId }) => (ofPerson.has(refugeeId) ? [] : [id]))),
    told: groupedByPack(row.told),
    erased: new Set([
      ...gone,
      ...row.aliases.flatMap(({ alias, participantId }) => (gone.has(participantId) ? [alias] : [])),
      ...row.told.flatMap(({ erased, assessmentId }) => (erased && assessmentId ? [assessmentId] : [])),
    ]),
    trails: new Map(),
    earlier: new Map(),
  };
}

function groupedByPack(told: GroundRow['told']): Ground['told'] {
  const packs: Ground['told'] = new Map();
  for (const one of told) packs.set(one.packId, [...(packs.get(one.packId) ?? []), one]);
  return packs;
}

export function asTrails(rows: TrailRow[]): Map<string, Trail> {
  const trails = new Map<string, Trail>();
  for (const { device, target, field, seq, revision, written } of rows) {
    const key = trailKey(device, target, field);
    const trail = trails.get(key) ?? { told: 0, made: new Set(), lastSeq: 0, lastRevision: 0 };
    trail.told = Math.max(trail.told, revision);
    if (written !== null) trail.made.add(written);
    if (seq > trail.lastSeq) [trail.lastSeq, trail.lastRevision] = [seq, revision];
    trails.set(key, trail);
  }
  return trails;
}
