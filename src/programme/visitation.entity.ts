import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { VisitationCategory } from './visitations.contract.js';

/** Visitation (Integration Act § 17): the day the municipality found out what the person can take part in. */
@Entity('visitations')
@Unique('visitations_one', ['refugeeId'])
export class Visitation {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('date', { name: 'held_on' }) heldOn: Day;
  @Column('text', { nullable: true }) category: VisitationCategory | null = null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'clock_now()' }) recordedAt: Date;

  /** Takes what is given. @returns the names of the fields that changed */
  correct(to: { heldOn?: Day; category?: VisitationCategory | null }): string[] {
    const fields = (['heldOn', 'category'] as const).filter(
      (name) => to[name] !== undefined && to[name] !== this[name],
    );
    Object.assign(this, Object.fromEntries(fields.map((name) => [name, to[name]])));
    if (fields.length > 0) this.version += 1;
    return fields;
  }
}
