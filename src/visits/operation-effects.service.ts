import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DraftsService, type DraftChange, type Earlier } from '../competences/drafts.service.js';
import { FormVersionsService } from '../competences/form-versions.service.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { asGround, asTrails, idsIn } from './operation-ground.js';
import type { Reason } from './visit-operations.contract.js';
import {
  CASES_MEANT,
  CHANGE_PARTICIPANTS,
  GROUND,
  LOG_AGAIN,
  NAME_ASSESSMENTS,
  TRAILS,
  WAITING_OPERATIONS,
  type GroundRow,
  type StoredOperation,
  type TrailRow,
} from './visit-operations.queries.js';
import {
  WAITING,
  type Effects,
  type Given,
  type Ground,
  type Operation,
  type Verdict,
} from './operation-state.js';
import { decided } from './visit-operations.rules.js';
import { mayChangeParticipant } from './visits.policy.js';

/** For whom operations are taken in, and by whom what they say is written. */
export interface TakingIn {
  visitId: string;
  /** Whose log is looked through for what waited. */
  accountId: string;
  /** Whose sight and role decide; nobody's, when the account is closed. */
  actor: StaffActor | null;
  by: { id: string };
  currentForm: number;
}

export interface TakenIn {
  /** Of the operations that were given, in their order. */
  verdicts: Verdict[];
  /** Of those that had stood aside, and were looked at again, by their row. */
  again: Map<string, Verdict>;
  /** To be recorded. */
  facts: Fact[];
  /** Participants of the packs who were erased. */
  erased: string[];
}

/**
 * What operations do to participants and assessments: a fixed number of statements, however many they are. Locks come in
 * one order: the visit (by whoever calls), the cases by their ids, what waits in the log.
 */
@Injectable()
export class OperationEffectsService {
  constructor(
    private readonly refugees: RefugeesService,
    private readonly drafts: DraftsService,
    private readonly forms: FormVersionsService,
  ) {}

  async takeIn(tx: EntityManager, of: TakingIn, given: Given[]): Promise<TakenIn> {
    const cases = await tx.query<{ refugee_id: string }[]>(CASES_MEANT, [of.visitId, idsIn(given).all]);
    await this.refugees.hold(
      tx,
      cases.map(({ refugee_id }) => refugee_id),
    );
    const again = await this.waiting(tx, of, given);
    const { ground, formOf } = await this.stands(tx, of, [...given, ...again]);
    const operations = await this.read(tx, [...given, ...again], formOf);
    await this.prefill(tx, ground, operations);
    const { verdicts, effects } = decided(ground, operations);
    const facts = await this.write(tx, of, ground, effects);
    await this.logAgain(tx, verdicts.slice(given.length));
    return {
      verdicts: verdicts.slice(0, given.length),
      again: new Map(verdicts.slice(given.length).map((one) => [one.operation.id, one])),
      facts,
      erased: [...new Set([...ground.told.values()].flat().map(({ participantId }) => participantId))].filter(
        (id) => ground.erased.has(id),
      ),
    };
  }

  /** What stood aside until something now said was said; and what that in turn says. */
  private async waiting(
    tx: EntityManager,
    { visitId, accountId }: TakingIn,
    given: Given[],
  ): Promise<Given[]> {
    const again: Given[] = [];
    const asked = new Set<string>();
    for (let said = given; ;) {
      const awaited = idsIn(said).awaited.filter((id) => !asked.has(id));
      if (awaited.length === 0) return again;
      awaited.forEach((id) => asked.add(id));
      const rows = await tx.query<StoredOperation[]>(WAITING_OPERATIONS, [visitId, accountId, awaited]);
      said = rows.map(asGiven).filter(({ id }) => ![...given, ...again].some((one) => one.id === id));
      again.push(...said);
    }
  }

  private async stands(
    tx: EntityManager,
    { visitId, accountId, actor, currentForm }: TakingIn,
    operations: Given[],
  ): Promise<{ ground: Ground; formOf: (operation: Given) => number }> {
    const [row] = await tx.query<GroundRow[]>(GROUND, [
      visitId,
      idsIn(operations).all,
      accountId,
      actor?.id ?? accountId,
    ]);
    const participants = row.participants.map(({ basis, ...one }) => ({
      ...one,
      mayEnd: actor !== null && basis !== null && mayChangeParticipant(actor, basis),
      mayAssess: actor !== null && basis !== null && this.drafts.may(actor, basis),
    }));
    const assessments = await this.drafts.standing(tx, [
      ...new Set([
        ...row.aliases.flatMap(({ assessmentId }) => assessmentId ?? []),
        ...row.assessments.map(({ id }) => id),
        ...participants.flatMap(({ draft, assessmentId }) => [draft ?? [], assessmentId ?? []].flat()),
      ]),
    ]);
    const ground = asGround({ ...row, participants }, assessments, currentForm);
    const devices = [...new Set(operations.map(({ device }) => device))].map((device) => device.split(' '));
    const trails = await tx.query<TrailRow[]>(TRAILS, [
      visitId,
      [...ground.participants.keys(), ...ground.assessments.keys()],
      devices.map(([account]) => account),
      devices.map(([, device]) => device),
    ]);
    ground.trails = asTrails(trails);
    const formOf = ({ packId, subjectId, packForm }: Given): number =>
      row.told.find((told) => told.packId === packId && told.assessmentId === subjectId)?.formVersion ??
      packForm;
    return { ground, formOf };
  }

  private async read(
    tx: EntityManager,
    given: Given[],
    formOf: (operation: Given) => number,
  ): Promise<Operation[]> {
    const operations = given.map((one): Operation => ({ ...one, formVersion: formOf(one) }));
    const answers = operations.filter(({ type }) => type === 'assessment');
    const read = await this.drafts.read(tx, answers);
    answers.forEach((one, i) => (one.read = read[i]));
    return operations;
  }

  /** What drafts would start with, of people who may get one. */
  private async prefill(tx: EntityManager, ground: Ground, operations: Operation[]): Promise<void> {
    const named = new Set(
      operations.filter(({ field }) => field === 'assessmentId').map(({ subjectId }) => subjectId),
    );
    const some = [...ground.participants.values()].filter(
      ({ id, openDraft }) => openDraft === null && named.has(id),
    );
    const form = await this.forms.of(tx, ground.currentForm);
    const earlier = await this.drafts.earlier(
      tx,
      some.map(({ refugeeId }) => refugeeId),
      form,
    );
    for (const { id, refugeeId } of some) ground.earlier.set(id, earlier.get(refugeeId)!);
  }

  private async write(
    tx: EntityManager,
    { visitId, by }: TakingIn,
    ground: Ground,
    { drafts, aliases, participants, answers }: Effects,
  ): Promise<Fact[]> {
    const begun = await this.drafts.begin(
      tx,
      by,
      drafts.map(({ id, refugeeId, participantId }) => ({
        id,
        refugeeId,
        earlier: ground.earlier.get(participantId) as Earlier,
      })),
    );
    const changes = [...answers].map(([id, fields]): DraftChange => {
      const { participantId, formVersion, fields: standing } = ground.assessments.get(id)!;
      const { refugeeId } = ground.participants.get(participantId)!;
      const written = [...fields].map((field) => [field, standing.get(field)!] as const);
      return {
        id,
        refugeeId,
        formVersion,
        answers: Object.fromEntries(
          written.map(([field, { value }]) => [field, value]),
        ) as DraftChange['answers'],
        revisions: Object.fromEntries(written.map(([field, { revision }]) => [field, revision])),
      };
    });
    const changed = await this.drafts.write(tx, by, changes, { visitId });
    const names = [...aliases].map(([alias, name]) => ({ alias, ...name }));
    if (names.length > 0) await tx.query(NAME_ASSESSMENTS, [visitId, JSON.stringify(names)]);
    const ended = [...participants].map(([id, fields]) => ({ ...ground.participants.get(id)!, fields }));
    if (ended.length > 0)
      await tx.query(CHANGE_PARTICIPANTS, [
        JSON.stringify(
          ended.map(({ id, outcome, assessmentId, fields }) => ({
            id,
            outcome: outcome.value,
            outcomeRevision: outcome.revision,
            assessmentId: assessmentId.value,
            assessmentRevision: assessmentId.revision,
            saysOutcome: fields.has('outcome'),
            saysAssessment: fields.has('assessmentId'),
          })),
        ),
        by.id,
      ]);
    const facts = ended.map(({ id, refugeeId, outcome, assessmentId, fields }): Fact => {
      const details = { participantId: id, outcome: outcome.value, assessmentId: assessmentId.value };
      return {
        subject: { type: 'visit', id: visitId },
        cases: [refugeeId],
        fact: fields.has('outcome') ? 'participant.ended' : 'participant.assessed',
        details: details as Fact['details'],
      };
    });
    return [...begun, ...changed, ...facts];
  }

  private async logAgain(tx: EntityManager, verdicts: Verdict[]): Promise<void> {
    const moved = verdicts.filter(
      ({ reason, refugeeId }) => reason === undefined || !WAITING.includes(reason) || refugeeId !== undefined,
    );
    if (moved.length > 0) await tx.query(LOG_AGAIN, [JSON.stringify(moved.map(loggedAs))]);
  }
}

/** How a verdict stands in the log. */
export function loggedAs({ operation, outcome, reason, errors, ...told }: Verdict): Record<string, unknown> {
  return {
    id: operation.id,
    outcome,
    reason,
    errors,
    revision: told.revision,
    written: told.written,
    target: told.target,
    refugee_id: told.refugeeId,
    kept: reason !== ('erased' satisfies Reason),
  };
}

export function asGiven(row: StoredOperation): Given {
  return {
    id: row.id,
    device: `${row.account_id} ${row.device_id}`,
    seq: row.seq,
    type: row.subject_type,
    subjectId: row.subject_id,
    field: row.field,
    baseRevision: row.base_revision,
    value: row.value,
    packId: row.pack_id,
    packForm: row.pack_form,
  };
}
