import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Config } from '../platform/config/config.js';
import { blindIndex, derivedKey } from '../platform/crypto/sealer.js';
import { Database } from '../platform/database/database.js';
import { canonical } from '../platform/crypto/canonical.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  OperationResult,
  OperationResults,
  SendOperations,
  SentOperation,
} from './dto/visit-operations.dto.js';
import { FewAtOnce } from './few-at-once.js';
import { loggedAs, OperationEffectsService } from './operation-effects.service.js';
import {
  HOLD_DEVICE,
  HOLD_PACK,
  KNOWN_OPERATIONS,
  LOG_OPERATIONS,
  PACK_CAME_BACK,
  type HeldPack,
  type KnownOperation,
} from './visit-operations.queries.js';
import type { Verdict } from './operation-state.js';
import { attachmentsIn } from './visit-operations.rules.js';
import { arrivals, type Arrival } from './operation-arrivals.rules.js';
import { VisitManifestsService } from './visit-manifests.service.js';
import { visitProblem } from './visits.problems.js';

/** So many logs are taken in at once by one process: fewer than it has connections. */
const AT_ONCE = 4;

type Arrived = Arrival<SentOperation>;

/**
 * The door by which work done without a network comes back: nothing of the right shape is turned away. From here an
 * operation goes to `operation-effects.service`, which reads what stands (`operation-ground`), has it decided
 * (`visit-operations.rules`) and writes what follows.
 */
@Injectable()
export class VisitOperationsService {
  private readonly turns = new FewAtOnce(AT_ONCE);
  private readonly digestKey: Buffer;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly effects: OperationEffectsService,
    private readonly manifests: VisitManifestsService,
    private readonly timeline: TimelineService,
  ) {
    this.digestKey = derivedKey(config.INDEX_KEY, 'visit operation');
  }

  receive(actor: StaffActor, visitId: string, request: SendOperations): Promise<OperationResults> {
    return this.turns.run(() => this.database.transaction((tx) => this.takeIn(tx, actor, visitId, request)));
  }

  /** The account's pack, of a visit that stays open meanwhile. @throws 404, 409 */
  async hold(tx: EntityManager, actor: StaffActor, visitId: string, packId: string): Promise<HeldPack> {
    const [pack] = await tx.query<HeldPack[]>(HOLD_PACK, [visitId, packId, actor.id]);
    if (!pack) throw visitProblem.no_such_pack();
    if (pack.closed) throw visitProblem.closed();
    if (pack.cancelled) throw visitProblem.cancelled();
    return pack;
  }

  private async takeIn(
    tx: EntityManager,
    actor: StaffActor,
    visitId: string,
    { packId, deviceId, operations, last }: SendOperations,
  ): Promise<OperationResults> {
    const pack = await this.hold(tx, actor, visitId, packId);
    const device = [visitId, actor.id, deviceId];
    const seqs = operations.map(({ seq }) => seq);
    await tx.query(HOLD_DEVICE, [...device, packId, Math.max(last, ...seqs)]);
    const known = await tx.query<KnownOperation[]>(KNOWN_OPERATIONS, [
      ...device,
      operations.map(({ id }) => id),
      seqs,
    ]);
    const arrived = arrivals(
      operations.map((sent) => ({ sent, row: uuidv7(), digest: this.digest(actor, deviceId, sent) })),
      known.map((one) => ({ ...one, digest: one.digest.toString('hex') })),
    );
    const fresh = arrived.filter(({ repeats }) => repeats === undefined);
    const { role, unit_id: unitId } = pack;
    const taken = await this.effects.takeIn(
      tx,
      {
        visitId,
        accountId: actor.id,
        actor: pack.disabled ? null : { ...actor, role, unitId },
        by: actor,
        currentForm: pack.current_form,
      },
      fresh.map(({ sent, row, misfit }) => ({
        id: row,
        device: `${actor.id} ${deviceId}`,
        seq: sent.seq,
        type: sent.subject.type,
        subjectId: sent.subject.id,
        field: sent.field,
        baseRevision: sent.baseRevision,
        value: sent.value,
        packId,
        packForm: pack.form_version,
        misfit,
      })),
    );
    if (fresh.length > 0) {
      const rows = fresh.map((one, i) => logged(one, taken.verdicts[i]));
      await tx.query(LOG_OPERATIONS, [JSON.stringify(rows), ...device, packId]);
    }
    await tx.query(PACK_CAME_BACK, [packId]);
    if (taken.facts.length > 0) await this.timeline.record(tx, actor, taken.facts);
    const manifest = await this.manifests.reckoned(tx, visitId);
    const verdictOf = new Map(taken.again);
    fresh.forEach(({ row }, i) => verdictOf.set(row, taken.verdicts[i]));
    const results = arrived.map((one) => resultOf(one, verdictOf));
    return { results, manifest, ...(taken.erased.length > 0 && { wipe: taken.erased }) };
  }

  /** What is the same comes from the same device and says the same; found again also where the value was not kept. */
  private digest(actor: StaffActor, deviceId: string, { id, ...said }: SentOperation): string {
    return blindIndex(this.digestKey, canonical([actor.id, deviceId, id, said])).toString('hex');
  }
}

function logged({ sent, digest }: Arrived, verdict: Verdict): Record<string, unknown> {
  const row = loggedAs(verdict);
  return {
    ...row,
    operation_id: sent.id,
    digest,
    seq: sent.seq,
    subject_type: sent.subject.type,
    subject_id: sent.subject.id,
    field: sent.field,
    base_revision: sent.baseRevision,
    value: row.kept ? sent.value : null,
    attachments: row.kept ? attachmentsIn(sent.value) : [],
    at: sent.at,
  };
}

function resultOf({ sent: { id }, row, repeats }: Arrived, verdictOf: Map<string, Verdict>): OperationResult {
  const { outcome, reason, revision } =
    verdictOf.get(repeats?.stored?.id ?? repeats?.row ?? row) ?? repeats!.stored!;
  const told = { ...(revision !== undefined && revision !== null && { revision }) };
  if (repeats === undefined) return { id, outcome, ...(reason && { reason }), ...told };
  const open = outcome === 'conflict' ? 'conflict' : reason;
  const chosen = repeats.stored?.decided ?? false;
  return { id, outcome: 'duplicate', ...(open && !chosen && { reason: open }), ...told };
}
