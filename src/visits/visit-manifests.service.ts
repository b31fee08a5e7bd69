import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import type { ManifestView } from './dto/visit-manifest.dto.js';
import type { Reckoning } from './dto/visit-operations.dto.js';
import { MANIFEST, RECKONED, UNFINISHED, type ManifestRow } from './visit-manifests.queries.js';
import { visitProblem } from './visits.problems.js';

/** What is to come back of a visit, and what came. */
@Injectable()
export class VisitManifestsService {
  constructor(private readonly database: Database) {}

  async reckoned(tx: EntityManager, visitId: string): Promise<Reckoning> {
    const [{ expected, received }] = await tx.query<Reckoning[]>(RECKONED, [visitId]);
    return { expected, received };
  }

  /** @throws 422 while a pack is out, something is missing, or somebody must choose */
  async requireComplete(tx: EntityManager, visitId: string): Promise<void> {
    const [{ packs, ...undecided }] = await tx.query<
      { packs: number; conflicts: number; quarantined: number }[]
    >(UNFINISHED, [visitId]);
    if (packs > 0) throw visitProblem.packs_out({ out: packs });
    const reckoning = await this.reckoned(tx, visitId);
    if (reckoning.received < reckoning.expected) throw visitProblem.manifest_incomplete({ ...reckoning });
    if (undecided.conflicts + undecided.quarantined > 0) throw visitProblem.operations_undecided(undecided);
  }

  /** @throws 404 when the actor does not see the visit */
  async read(actor: Actor, visitId: string): Promise<ManifestView> {
    const [row] = await this.database.query<ManifestRow[]>(MANIFEST, [visitId, actor.id]);
    if (!row) throw visitProblem.no_such_visit();
    return {
      expected: row.expected,
      received: row.received,
      devices: row.devices.map(({ account_id, device_id, pack_id, last, received, missing }) => ({
        accountId: account_id,
        deviceId: device_id,
        packId: pack_id,
        last,
        received,
        missing,
      })),
      missingAttachments: row.missing,
      packs: row.packs.map(({ id, account, form_version, issued_at, expires_at, state }) => ({
        id,
        account,
        formVersion: form_version,
        issuedAt: new Date(issued_at).toISOString(),
        expiresAt: new Date(expires_at).toISOString(),
        state,
      })),
    };
  }
}
