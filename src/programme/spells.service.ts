import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf, type Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { ChangeSpell, RecordSpell, SpellPage, SpellQuery, SpellView } from './dto/spell.dto.js';
import { mayWorkOnProgramme } from './programme.policy.js';
import { Spell } from './spell.entity.js';
import { spellProblem } from './spells.problems.js';
import {
  PERSON_OF_SPELL,
  SPELL_BY_ID,
  SPELL_IN_THE_WAY,
  SPELLS,
  WITHDRAW_SPELL,
  type SpellRow,
} from './spells.queries.js';
import { faultsOf, rivalsOf } from './spells.rules.js';

/** Spells of a person: benefit, work, leave and so on. Every change takes the lock of the case. */
@Injectable()
export class SpellsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
  ) {}

  async read(actor: Actor, id: string): Promise<SpellView> {
    const row = await this.timeline.readOne<SpellRow>(actor, 'spells.read', SPELL_BY_ID, [id]);
    if (!row) throw spellProblem.no_such_spell();
    return view(row);
  }

  async list(actor: Actor, refugeeId: string, query: SpellQuery): Promise<SpellPage> {
    const page = await this.timeline.list(actor, SPELLS, query, [refugeeId], view);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  async record(actor: StaffActor, refugeeId: string, { kind, ...request }: RecordSpell): Promise<SpellView> {
    const recorded = await this.database.transaction(async (tx) => {
      const spell = Object.assign(new Spell(), { refugeeId, kind });
      spell.take(request);
      await this.refugees.open(tx, actor, refugeeId, mayWorkOnProgramme);
      await this.add(tx, actor, spell);
      return spell.id;
    });
    return this.read(actor, recorded);
  }

  /**
   * Writes a new spell in the transaction of whoever knows of it and has locked the case.
   * @throws 422 naming what of it cannot be, 409 naming the spell that rules it out
   */
  async add(tx: EntityManager, actor: Actor, spell: Spell): Promise<void> {
    await this.requireRight(tx, spell);
    await tx.insert(Spell, spell);
    await this.timeline.record(tx, actor, [spellFact(spell, 'spell.recorded')]);
  }

  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeSpell,
  ): Promise<SpellView> {
    await this.database.transaction(async (tx) => {
      const spell = await this.open(tx, actor, id);
      requireVersion(spell.version, version);
      requireOwn(spell);
      const fields = spell.take(request);
      if (fields.length === 0) return;
      await this.requireRight(tx, spell);
      spell.version += 1;
      await tx.save(spell);
      await this.timeline.record(tx, actor, [spellFact(spell, 'spell.changed', { fields })]);
    });
    return this.read(actor, id);
  }

  /** Recorded by mistake: it stays as history, and its days are free again. */
  async withdraw(actor: StaffActor, id: string): Promise<SpellView> {
    await this.database.transaction(async (tx) => {
      const spell = await this.open(tx, actor, id);
      requireOwn(spell);
      await tx.query(WITHDRAW_SPELL, [id]);
      await this.timeline.record(tx, actor, [spellFact(spell, 'spell.withdrawn')]);
    });
    return this.read(actor, id);
  }

  /** The spell, its case locked. @throws 404 when the actor does not see the case, 403 when it is not theirs to work on */
  private async open(tx: EntityManager, actor: StaffActor, id: string): Promise<Spell> {
    const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_SPELL, [actor.id, id]);
    if (!person) throw spellProblem.no_such_spell();
    await this.refugees.open(tx, actor, person.refugee_id, mayWorkOnProgramme);
    return tx.findOneByOrFail(Spell, { id });
  }

  private async requireRight(tx: EntityManager, spell: Spell): Promise<void> {
    const { id, refugeeId, kind, fromOn, toOn } = spell;
    const errors = faultsOf(spell, await today(tx));
    if (errors.length > 0) throw spellProblem.not_right({ errors });
    const rivals = rivalsOf(kind);
    if (rivals.length === 0) return;
    // The constraint would refuse it as well, but cannot say which spell is in the way.
    const [inTheWay] = await tx.query<{ id: string; from_on: string }[]>(SPELL_IN_THE_WAY, [
      refugeeId,
      id,
      rivals,
      fromOn,
      toOn,
    ]);
    if (!inTheWay) return;
    const field = inTheWay.from_on > fromOn ? 'toOn' : 'fromOn';
    throw spellProblem.overlaps({ errors: [{ field, rule: 'overlaps' }], spellId: inTheWay.id });
  }
}

/** @throws 409 when it was withdrawn, or follows from a record of another module, with which it changes */
function requireOwn({ withdrawnAt, sourceType, sourceId }: Spell): void {
  if (sourceType !== null) throw spellProblem.of_another_record({ sourceType, sourceId });
  if (withdrawnAt !== null) throw spellProblem.withdrawn();
}

function spellFact(spell: Spell, fact: string, details: Fact['details'] = {}): Fact {
  const { kind, fromOn, toOn } = spell;
  return factOf('spell', spell, fact, { kind, fromOn, toOn, ...details });
}

function view(row: SpellRow): SpellView {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.person_id,
    kind: row.kind,
    fromOn: row.from_on,
    toOn: row.to_on,
    employer: row.employer,
    hoursPerWeek: row.hours_per_week,
    source: row.source_type === null ? null : { type: row.source_type, id: row.source_id! },
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  };
}
