import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages, type ListRow } from '../platform/http/paging.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  AddSuspension,
  EndSuspension,
  SuspensionPage,
  SuspensionQuery,
  SuspensionView,
} from './dto/suspension.dto.js';
import { legislationProblem } from './legislation.problems.js';
import { LegislationService } from './legislation.service.js';
import {
  END_SUSPENSION,
  INSERT_SUSPENSION,
  SUSPENSION_BY_ID,
  SUSPENSIONS,
  UNKNOWN_KEYS,
  WITHDRAW_SUSPENSION,
  type SuspensionRow,
} from './suspensions.queries.js';

/** The minister suspends deadlines (Integration Act § 4 b), and lets them run on. */
@Injectable()
export class SuspensionsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
    private readonly legislation: LegislationService,
  ) {}

  list(query: SuspensionQuery): Promise<SuspensionPage> {
    return this.pages.list(SUSPENSIONS, query, [], (row: SuspensionRow & ListRow) => view(row));
  }

  add(actor: Actor, request: AddSuspension): Promise<SuspensionView> {
    return this.turn(actor, 'suspension.added', async (tx) => {
      const unknown = await tx.query<{ key: string }[]>(UNKNOWN_KEYS, [request.ruleKeys]);
      if (unknown.length > 0) throw legislationProblem.unknown_key({ key: unknown[0].key });
      const id = uuidv7();
      const { ruleKeys, fromOn, toOn, legalBasis, source, confidence } = request;
      const row = [id, ruleKeys, fromOn, toOn ?? null, legalBasis, source, confidence, actor.id];
      await tx.query(INSERT_SUSPENSION, row);
      return id;
    });
  }

  end(actor: Actor, id: string, { toOn }: EndSuspension): Promise<SuspensionView> {
    return this.turn(actor, 'suspension.ended', async (tx) => {
      const [ended] = await tx.query<[unknown[], number]>(END_SUSPENSION, [id, toOn]);
      if (ended.length === 0) throw await this.whyNot(tx, id);
      return id;
    });
  }

  /** It was recorded by mistake: deadlines are as if it had never been. */
  withdraw(actor: Actor, id: string): Promise<SuspensionView> {
    return this.turn(actor, 'suspension.withdrawn', async (tx) => {
      const [withdrawn] = await tx.query<[unknown[], number]>(WITHDRAW_SUSPENSION, [id]);
      if (withdrawn.length === 0) throw await this.whyNot(tx, id);
      return id;
    });
  }

  /** Behind the lock that whoever calculates by the law shares: nothing is planned beside it that misses it. */
  private async turn(
    actor: Actor,
    fact: string,
    act: (tx: EntityManager) => Promise<string>,
  ): Promise<SuspensionView> {
    const id = await this.database.transaction(async (tx) => {
      await this.legislation.holdStill(tx);
      const turned = await act(tx);
      const [suspension] = await tx.query<SuspensionRow[]>(SUSPENSION_BY_ID, [turned]);
      await this.legislation.suspensionChanged(tx, suspension, fact);
      const { ruleKeys, fromOn, toOn } = suspension;
      await this.timeline.record(tx, actor, [
        { subject: { type: 'suspension', id: turned }, cases: [], fact, details: { ruleKeys, fromOn, toOn } },
      ]);
      return turned;
    });
    const [row] = await this.database.query<SuspensionRow[]>(SUSPENSION_BY_ID, [id]);
    return view(row);
  }

  private async whyNot(tx: EntityManager, id: string): Promise<Error> {
    const [row] = await tx.query<SuspensionRow[]>(SUSPENSION_BY_ID, [id]);
    return row ? legislationProblem.suspension_over() : legislationProblem.no_such_suspension();
  }
}

const view = ({
  id,
  ruleKeys,
  fromOn,
  toOn,
  legalBasis,
  source,
  confidence,
  withdrawnAt,
}: SuspensionRow): SuspensionView => ({
  id,
  ruleKeys,
  fromOn,
  toOn,
  legalBasis,
  source,
  confidence,
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
});
