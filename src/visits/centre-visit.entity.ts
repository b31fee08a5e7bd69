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
  @Column('text', { name: 'interpreter_language', nullable: true }) interpreterLanguage: string | null;
  @Column('uuid', { name: 'planned_by' }) plannedBy: string;
  @Column('timestamptz', { name: 'planned_at', default: () => 'clock_now()' }) plannedAt: Date;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;

  get isClosed(): boolean {
    return this.closedAt !== null;
  }
}
