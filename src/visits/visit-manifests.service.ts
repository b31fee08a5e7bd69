import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { ManifestView } from './dto/visit-manifest.dto.js';
import type { Reckoning } from './dto/visit-operations.dto.js';
import {
  DEVICES_OF,
  MISSING_ATTACHMENTS,
  PACKS_OF,
  RECKONED,
  UNFINISHED,
  type DeviceRow,
  type PackRow,
} from './visit-manifests.queries.js';
import { visitProblem } from './visits.problems.js';

/** What is to come back of a visit, and what came; the caller knows that the visit may be seen. */
@Injectable()
export class VisitManifestsService {
  constructor(private readonly database: Database) {}

  async reckoned(db: Database | EntityManager, visitId: string): Promise<Reckoning> {
    const [{ expected, received }] = await db.query<Reckoning[]>(RECKONED, [visitId]);
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

  async read(visitId: string): Promise<ManifestView> {
    const devices = await this.database.query<DeviceRow[]>(DEVICES_OF, [visitId]);
    const missing = await this.database.query<{ sha256: string }[]>(MISSING_ATTACHMENTS, [visitId]);
    const packs = await this.database.query<PackRow[]>(PACKS_OF, [visitId]);
    return {
      ...(await this.reckoned(this.database, visitId)),
      devices: devices.map(({ account_id, device_id, pack_id, last, received, missing: gaps }) => ({
        accountId: account_id,
        deviceId: device_id,
        packId: pack_id,
        last,
        received,
        missing: gaps,
      })),
      missingAttachments: missing.map(({ sha256 }) => sha256),
      packs: packs.map((pack) => ({
        id: pack.id,
        account: pack.account,
        formVersion: pack.form_version,
        issuedAt: pack.issued_at.toISOString(),
        expiresAt: pack.expires_at.toISOString(),
        state: pack.state,
      })),
    };
  }
}
