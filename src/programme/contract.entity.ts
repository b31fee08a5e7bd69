import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';

/** Integration contract (kontrakt, Integration Act § 19): the person's goal and the activities that lead there. */
@Entity('integration_contracts')
@Unique('integration_contracts_one', ['refugeeId'])
export class Contract {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('text') goal: string;
  @Column('text') activities: string;
  @Column('timestamptz', { name: 'drafted_at', default: () => 'clock_now()' }) draftedAt: Date;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn: Day | null = null;
  @Column('uuid', { name: 'signed_by', nullable: true }) signedBy: string | null = null;

  get signed(): boolean {
    return this.signedOn !== null;
  }

  revise({ goal, activities }: { goal?: string; activities?: string }): string[] {
    const fields = [
      ...(goal !== undefined && goal !== this.goal ? ['goal'] : []),
      ...(activities !== undefined && activities !== this.activities ? ['activities'] : []),
    ];
    this.goal = goal ?? this.goal;
    this.activities = activities ?? this.activities;
    if (fields.length > 0) this.version += 1;
    return fields;
  }

  sign(signedOn: Day, signedBy: string): void {
    this.signedOn = signedOn;
    this.signedBy = signedBy;
    this.version += 1;
  }
}
