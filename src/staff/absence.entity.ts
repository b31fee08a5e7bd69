import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';

export interface AbsenceChange {
  fromOn?: Day;
  toOn?: Day;
  deputyId?: string | null;
}

/** Days on which somebody is away, and who does their work then; why they are away is not kept. */
@Entity('staff_absences')
@Index('staff_absences_of_account', ['accountId', 'toOn'])
@Index('staff_absences_of_deputy', ['deputyId', 'toOn'])
export class Absence {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('date', { name: 'from_on' }) fromOn: Day;
  /** The last day away. The day before the first one, if it was ended on its first day. */
  @Column('date', { name: 'to_on' }) toOn: Day;
  /** Null: the work is the unit leader's. */
  @Column('uuid', { name: 'deputy_id', nullable: true }) deputyId: string | null = null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'clock_now()' }) recordedAt: Date;

  hasBegun(today: Day): boolean {
    return this.fromOn <= today;
  }

  isOver(today: Day): boolean {
    return this.toOn < today;
  }

  /** @returns the fields that are another now */
  change(change: AbsenceChange): (keyof AbsenceChange)[] {
    const names = ['fromOn', 'toOn', 'deputyId'] as const;
    const changed = names.filter((name) => change[name] !== undefined && change[name] !== this[name]);
    for (const name of changed) Object.assign(this, { [name]: change[name] });
    if (changed.length > 0) this.version += 1;
    return changed;
  }
}
