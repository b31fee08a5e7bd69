import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DraftsService } from '../competences/drafts.service.js';
import { FormVersionsService } from '../competences/form-versions.service.js';
import { Config } from '../platform/config/config.js';
import { blindIndex, derivedKey } from '../platform/crypto/sealer.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { VisitPack } from './dto/visit-pack.dto.js';
import { packed, type Content } from './visit-packs.presenter.js';
import {
  CODE_LISTS,
  ERASED_IN_PACKS,
  ISSUE_PACK,
  OWN_PACKS,
  PACKED,
  PACK_PEOPLE,
  REPLACE_PACKS,
  type CodeLists,
  type OwnPack,
  type PackedRow,
} from './visit-packs.queries.js';
import { visitProblem } from './visits.problems.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** What goes out on a visit: each device's own copy of what is known, the same one as long as nothing changes. */
@Injectable()
export class VisitPacksService {
  private readonly contentKey: Buffer;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly drafts: DraftsService,
    private readonly forms: FormVersionsService,
    private readonly timeline: TimelineService,
  ) {
    this.contentKey = derivedKey(config.INDEX_KEY, 'visit pack');
  }

  /**
   * @param held the pack the account says it holds: another that is given out takes its place
   * @param device which device asks: what it fetched before is its own, whether or not the reply arrived
   * @returns the pack, and whether it is the one that is held
   */
  async issue(
    actor: Actor,
    visitId: string,
    held: string | undefined,
    device: string | undefined,
  ): Promise<{ pack: VisitPack; known: boolean }> {
    const rows = await this.timeline.readAll<PackedRow>(actor, 'visits.pack', PACKED, [visitId]);
    if (rows.length === 0) throw visitProblem.no_such_visit();
    const people = rows.filter((row) => row.participant_id !== null);
    return this.database.transaction(async (tx) => {
      const visit = await this.visits.open(tx, actor, visitId);
      requireOpen(visit);
      const content = await this.contentOf(tx, people);
      const digest = blindIndex(this.contentKey, JSON.stringify(content)).toString('base64url');
      // Two devices of one account have a pack each, to be missed by itself: only what is said to be held is kept.
      const own = await tx.query<OwnPack[]>(OWN_PACKS, [visitId, actor.id, held ?? null, device ?? null]);
      const pack =
        own.find((one) => one.content === digest && !one.expired) ??
        (await this.give(tx, actor, visitId, content, digest, device));
      const replaced = own.filter(({ id }) => id !== pack.id).map(({ id }) => id);
      if (replaced.length > 0) await tx.query(REPLACE_PACKS, [replaced, pack.id]);
      const erased = await tx.query<{ id: string }[]>(ERASED_IN_PACKS, [visitId, actor.id]);
      const { forms, codes, participants } = content;
      return {
        known: held === pack.id,
        pack: {
          packId: pack.id,
          visitId,
          issuedAt: pack.issued_at.toISOString(),
          expiresAt: pack.expires_at.toISOString(),
          forms,
          codes,
          participants,
          ...(erased.length > 0 && { wipe: erased.map(({ id }) => id) }),
        },
      };
    });
  }

  private async give(
    tx: EntityManager,
    actor: Actor,
    visitId: string,
    { forms: [{ version }], told }: Content,
    digest: string,
    device: string | undefined,
  ): Promise<OwnPack> {
    const id = uuidv7();
    const [pack] = await tx.query<OwnPack[]>(ISSUE_PACK, [
      id,
      visitId,
      actor.id,
      version,
      digest,
      device ?? null,
    ]);
    await tx.query(PACK_PEOPLE, [id, JSON.stringify(told)]);
    await this.timeline.record(tx, actor, [
      {
        subject: { type: 'visit', id: visitId },
        cases: told.map(({ refugee_id }) => refugee_id),
        fact: 'pack.issued',
        details: { packId: id, formVersion: version },
      },
    ]);
    return pack;
  }

  private async contentOf(tx: EntityManager, people: PackedRow[]): Promise<Content> {
    const form = await this.forms.current(tx);
    const versions = new Set(people.flatMap(({ draft }) => draft?.formVersion ?? []));
    const forms = [form];
    for (const version of versions)
      if (version !== form.version) forms.push(await this.forms.of(tx, version));
    const told = [];
    for (const { earlier } of people)
      told.push(
        earlier ? await this.drafts.prefill(tx, earlier.answers, earlier.formVersion, form.version) : {},
      );
    const [{ lists }] = await tx.query<{ lists: CodeLists }[]>(CODE_LISTS);
    return packed(forms, lists, people, told);
  }
}
