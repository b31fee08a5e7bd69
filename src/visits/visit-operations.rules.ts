// No act says how work done without a network comes back: that nothing is lost, and nothing done twice, is our own rule.
import { saysTheSame } from '../competences/answers.rules.js';
import type { AnswerValue } from '../competences/competences.contract.js';
import { isSha256, isUuid } from '../platform/http/ids.js';
import { OUTCOMES } from './visits.contract.js';
import {
  trailKey,
  WAITING,
  type Effects,
  type Ground,
  type Operation,
  type ParticipantState,
  type Standing,
  type Told,
  type Verdict,
  type Wrong,
} from './operation-state.js';
import { PARTICIPANT_FIELDS, type ParticipantField, type Reason } from './visit-operations.contract.js';

/** Decides operations: what participants are first, then by the devices' own count. */
export function decided(
  ground: Ground,
  operations: readonly Operation[],
): { verdicts: Verdict[]; effects: Effects } {
  const effects: Effects = { drafts: [], aliases: new Map(), participants: new Map(), answers: new Map() };
  const inTurn = operations.toSorted((a, b) => a.seq - b.seq);
  const verdicts = new Map<string, Verdict>();
  let left = inTurn.filter(({ type }) => type === 'participant');
  // What comes later in the line may make room for what waits.
  for (let before = -1; left.length !== before;) {
    before = left.length;
    for (const operation of left) {
      const verdict = ofParticipant(ground, effects, operation);
      if (verdict.outcome !== 'applied' && !operation.misfit) rememberWhose(ground, effects, verdict);
      verdicts.set(operation.id, verdict);
    }
    left = left.filter(({ id }) => WAITING.includes(verdicts.get(id)!.reason!));
  }
  for (const operation of inTurn.filter(({ type }) => type === 'assessment'))
    verdicts.set(operation.id, ofAssessment(ground, effects, operation));
  return { verdicts: operations.map(({ id }) => verdicts.get(id)!), effects };
}

const aside = (operation: Operation, reason: Reason, over: Partial<Verdict> = {}): Verdict => ({
  operation,
  outcome: 'quarantined',
  reason,
  ...over,
});

function ofParticipant(ground: Ground, effects: Effects, operation: Operation): Verdict {
  const { subjectId, field, misfit } = operation;
  const told = toldBy(ground, operation, ({ participantId }) => participantId === subjectId);
  if (ground.erased.has(subjectId)) return erased(ground, effects, operation);
  const participant = ground.participants.get(subjectId);
  if (!participant) return aside(operation, misfit ?? 'no_such_participant', { refugeeId: told?.refugeeId });
  const of = { target: participant.id, refugeeId: participant.refugeeId };
  if (misfit) return aside(operation, misfit, of);
  if (!participant.mayEnd) return aside(operation, 'access_revoked', of);
  if (!isParticipantField(field)) return aside(operation, 'no_such_field', of);
  const sent = readParticipantField(field, operation.value);
  if (sent === undefined) return aside(operation, 'invalid_value', { ...of, errors: [wrongIn(field)] });

  const standing = participant[field];
  const place = placeOf(ground, operation, of.target, standing, told?.revisions[field] ?? 0);
  if (place === 'overtaken') return overtaken(ground, operation, of);
  const link =
    field === 'assessmentId' && sent !== null ? linked(ground, participant, sent, place) : undefined;
  if (link === 'foreign') return aside(operation, 'invalid_value', { ...of, errors: [wrongIn(field)] });
  if (link === 'amending older') return aside(operation, 'amending_older', of);
  if (link?.begins && !participant.mayAssess) return aside(operation, 'access_revoked', of);
  const value = link?.id ?? sent;
  const name = (): void => {
    if (link) nameAssessment(ground, effects, participant, sent!, link);
  };
  if (standing.value === value) {
    name();
    return applied(ground, operation, of, standing.revision);
  }
  if (place === 'crossed') {
    if (link && !link.begins) name();
    return { operation, outcome: 'conflict', ...of };
  }
  const after = {
    outcome: participant.outcome.value,
    assessmentId: participant.assessmentId.value,
    [field]: value,
  };
  if (after.assessmentId !== null && after.outcome !== null && after.outcome !== 'met')
    return aside(operation, 'assessment_without_meeting', of);
  name();
  participant[field] = { value, revision: standing.revision + 1 };
  remember(effects.participants, participant.id, field);
  return applied(ground, operation, of, standing.revision + 1, true);
}

function ofAssessment(ground: Ground, effects: Effects, operation: Operation): Verdict {
  const { subjectId, field, read, misfit } = operation;
  if (ground.erased.has(subjectId)) return aside(operation, 'erased');
  const id = ground.aliases.get(subjectId)?.assessmentId ?? subjectId;
  const assessment = ground.assessments.get(id);
  const participant = assessment && ground.participants.get(assessment.participantId);
  if (!participant)
    return aside(operation, misfit ?? 'unknown_assessment', { refugeeId: personOf(ground, subjectId) });
  const of = { target: id, refugeeId: participant.refugeeId };
  if (misfit) return aside(operation, misfit, of);
  if (!participant.mayAssess) return aside(operation, 'access_revoked', of);
  const replaced =
    operation.packForm !== ground.currentForm || operation.formVersion !== assessment.formVersion;
  if (replaced && !operation.taken) return aside(operation, 'form_replaced', of);
  if (assessment.signed) return aside(operation, 'signed', of);
  const errors = read?.errors ?? [];
  if (errors.some((error) => error.field === field && error.rule === 'unknown'))
    return aside(operation, 'no_such_field', of);
  if (errors.length > 0) return aside(operation, 'invalid_value', { ...of, errors });

  const value = read!.value ?? null;
  const standing = assessment.fields.get(field) ?? { value: null, revision: 0 };
  const told = toldBy(ground, operation, ({ assessmentId }) => assessmentId === id);
  const place = placeOf(ground, operation, id, standing, told?.revisions[field] ?? 0);
  if (place === 'overtaken') return overtaken(ground, operation, of);
  if (saysTheSame(read!.kind!, standing.value as AnswerValue, value))
    return applied(ground, operation, of, standing.revision);
  if (place === 'crossed') return { operation, outcome: 'conflict', ...of };
  assessment.fields.set(field, { value, revision: standing.revision + 1 });
  remember(effects.answers, id, field);
  return applied(ground, operation, of, standing.revision + 1, true);
}

/**
 * Where an operation stands to what was written: after it, before a later one of its own device, or across what
 * somebody else wrote that its device had not been told.
 */
function placeOf(
  ground: Ground,
  { device, seq, field, baseRevision, taken }: Operation,
  target: string,
  { revision }: Standing,
  toldByPack: number,
): 'next' | 'overtaken' | 'crossed' {
  if (taken) return 'next';
  const trail = ground.trails.get(trailKey(device, target, field));
  if (trail && seq < trail.lastSeq) return 'overtaken';
  const base = Math.min(baseRevision, Math.max(toldByPack, trail?.told ?? 0));
  for (let one = base + 1; one <= revision; one++) if (!trail?.made.has(one)) return 'crossed';
  return 'next';
}

function overtaken(ground: Ground, operation: Operation, of: { target: string; refugeeId: string }): Verdict {
  const { lastRevision } = ground.trails.get(trailKey(operation.device, of.target, operation.field))!;
  return { operation, outcome: 'applied', revision: lastRevision, ...of };
}

function applied(
  ground: Ground,
  operation: Operation,
  of: { target: string; refugeeId: string },
  revision: number,
  wrote = false,
): Verdict {
  if (!operation.taken) {
    const key = trailKey(operation.device, of.target, operation.field);
    const trail = ground.trails.get(key) ?? { told: 0, made: new Set(), lastSeq: 0, lastRevision: 0 };
    trail.told = Math.max(trail.told, revision);
    if (wrote) trail.made.add(revision);
    [trail.lastSeq, trail.lastRevision] = [operation.seq, revision];
    ground.trails.set(key, trail);
  }
  return { operation, outcome: 'applied', revision, ...of, ...(wrote && { written: revision }) };
}

/** Nothing is kept of what was said of somebody who was erased, also under a name nobody knew yet. */
function erased(ground: Ground, effects: Effects, operation: Operation): Verdict {
  const { subjectId } = operation;
  const told = [...ground.told.values()].flat().find(({ participantId }) => participantId === subjectId);
  const alias = rememberWhose(ground, effects, { operation, refugeeId: told?.refugeeId });
  if (alias !== undefined) ground.erased.add(alias);
  return aside(operation, 'erased');
}

/** Of an assessment that did not come to be, whose it is: what is said of it is for nobody who may not see them. */
function rememberWhose(
  ground: Ground,
  effects: Effects,
  {
    operation: { subjectId: participantId, field, value },
    refugeeId,
  }: Pick<Verdict, 'operation' | 'refugeeId'>,
): string | undefined {
  if (refugeeId === undefined || field !== 'assessmentId' || !isUuid(value)) return undefined;
  const alias = value.toLowerCase();
  if (ground.aliases.has(alias) || ground.assessments.has(alias) || ground.foreign.has(alias))
    return undefined;
  const name = { participantId, refugeeId, assessmentId: null };
  ground.aliases.set(alias, name);
  effects.aliases.set(alias, name);
  return alias;
}

const toldBy = (ground: Ground, { packId }: Operation, of: (told: Told) => boolean): Told | undefined =>
  ground.told.get(packId)?.find(of);

/** Whose assessment it is, though the person is no participant any more. */
const personOf = (ground: Ground, assessmentId: string): string | undefined =>
  ground.aliases.get(assessmentId)?.refugeeId ??
  [...ground.told.values()].flat().find((told) => told.assessmentId === assessmentId)?.refugeeId;

interface Link {
  id: string;
  begins: boolean;
}

/**
 * Which assessment a device means. One that nobody knows is the person's open draft, if there is one; when somebody
 * else has said meanwhile which it is, that one; else it is new.
 */
function linked(
  ground: Ground,
  participant: ParticipantState,
  sent: string,
  place: 'next' | 'crossed',
): Link | 'foreign' | 'amending older' {
  const alias = ground.aliases.get(sent);
  if (alias && alias.participantId !== participant.id) return 'foreign';
  if (alias?.assessmentId) return { id: alias.assessmentId, begins: false };
  const known = ground.assessments.get(sent);
  if (known) return known.participantId === participant.id ? { id: sent, begins: false } : 'foreign';
  if (ground.foreign.has(sent)) return 'foreign';
  const standing = place === 'crossed' ? (participant.assessmentId.value as string | null) : null;
  if (standing === null && participant.amendsOlder) return 'amending older';
  const id = (participant.amendsOlder ? null : participant.openDraft) ?? standing;
  return id === null ? { id: sent, begins: true } : { id, begins: false };
}

function nameAssessment(
  ground: Ground,
  effects: Effects,
  participant: ParticipantState,
  alias: string,
  { id, begins }: Link,
): void {
  const { id: participantId, refugeeId } = participant;
  if (begins) {
    const earlier = Object.entries(ground.earlier.get(participantId)?.answers ?? {});
    const fields = new Map(earlier.map(([field, value]) => [field, { value, revision: 0 }]));
    ground.assessments.set(id, { id, participantId, formVersion: ground.currentForm, signed: false, fields });
    participant.openDraft = id;
    effects.drafts.push({ id, participantId, refugeeId });
  }
  if (ground.aliases.get(alias)?.assessmentId || (alias === id && !begins)) return;
  const name = { participantId, refugeeId, assessmentId: id };
  ground.aliases.set(alias, name);
  effects.aliases.set(alias, name);
}

function remember<Key, One>(sets: Map<Key, Set<One>>, key: Key, one: One): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(one));
}

const isParticipantField = (field: string): field is ParticipantField =>
  PARTICIPANT_FIELDS.includes(field as ParticipantField);

/** As it is kept; undefined where it cannot be. How it ended can be said anew, not unsaid. */
function readParticipantField(field: ParticipantField, value: unknown): string | null | undefined {
  if (field === 'outcome')
    return (OUTCOMES as readonly unknown[]).includes(value) ? (value as string) : undefined;
  if (value === null) return null;
  return isUuid(value) ? value.toLowerCase() : undefined;
}

const wrongIn = (field: ParticipantField): Wrong =>
  field === 'outcome' ? { field, rule: 'one_of', values: { allowed: OUTCOMES } } : { field, rule: 'id' };

/** The attachments a value names, wherever they stand in it. */
export function attachmentsIn(value: unknown): string[] {
  const found = new Set<string>();
  const look = (inner: unknown): void => {
    if (isSha256(inner)) found.add(inner);
    else if (typeof inner === 'object' && inner !== null) Object.values(inner).forEach(look);
  };
  look(value);
  return [...found];
}
