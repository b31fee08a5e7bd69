import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { SpellKind } from './spells.contract.js';

/** Days in which somebody lives of, works at or is kept from something; the last day is included, null is open. */
@Entity('spells')
@Index('spells_of_refugee', ['refugeeId', 'fromOn', 'id'])
export class Spell {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('text') kind: SpellKind;
  @Column('date', { name: 'from_on' }) fromOn: Day;
  @Column('date', { name: 'to_on', nullable: true }) toOn: Day | null = null;
  @Column('text', { nullable: true }) employer: string | null = null;
  @Column('double precision', { name: 'hours_per_week', nullable: true }) hoursPerWeek: number | null = null;
  /** The record of another module that it follows from; null when a person entered it. */
  @Column('text', { name: 'source_type', nullable: true }) sourceType: string | null = null;
  @Column('uuid', { name: 'source_id', nullable: true }) sourceId: string | null = null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null = null;

  /** Takes what is said of it; a birth ends on its day unless it is said otherwise. Returns the fields that changed. */
  take(said: Partial<Pick<Spell, 'fromOn' | 'toOn' | 'employer' | 'hoursPerWeek'>>): string[] {
    const oneDay = this.kind === 'birth' && said.toOn === undefined ? { toOn: said.fromOn } : {};
    const changed = Object.entries({ ...said, ...oneDay }).filter(
      ([field, value]) => value !== undefined && value !== this[field as keyof Spell],
    );
    Object.assign(this, Object.fromEntries(changed));
    return changed.map(([field]) => field);
  }
}
