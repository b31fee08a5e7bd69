import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';

/** A day at an asylum centre. Its consultants and participants are rows of their own. */
@Entity('centre_visits')
@Index('centre_visits_day', ['onDay', 'id'])
@Index('centre_visits_centre_day', ['centreId', 'onDay', 'id'])
@Index('centre_visits_unit_day', ['unitId', 'onDay', 'id'])
export class CentreVisit {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'unit_id' }) unitId: string;
  @Column('uuid', { name: 'centre_id' }) centreId: string;
  @Column('date', { name: 'on_day' }) onDay: Day;
  /** As expected when the visit was planned; what is booked are rows of their own. */
  @Column('text', { name: 'interpreter_language', nullable: true }) interpreterLanguage: string | null;
  @Column('uuid', { name: 'planned_by' }) plannedBy: string;
  @Column('timestamptz', { name: 'planned_at', default: () => 'clock_now()' }) plannedAt: Date;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;

  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt: Date | null;
  @Column('text', { name: 'cancellation_reason', nullable: true }) cancellationReason: string | null;

  get isClosed(): boolean {
    return this.closedAt !== null;
  }

  get isCancelled(): boolean {
    return this.cancelledAt !== null;
  }

  /** Takes what is said of it; returns the names of the fields that changed. */
  take(said: Partial<Pick<CentreVisit, 'onDay' | 'interpreterLanguage'>>): string[] {
    const changed = Object.entries(said).filter(
      ([field, value]) => value !== undefined && value !== this[field as keyof CentreVisit],
    );
    Object.assign(this, Object.fromEntries(changed));
    return changed.map(([field]) => field);
  }
}
