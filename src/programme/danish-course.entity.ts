import { Column, Entity, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { CourseOutcome, DanishEducationCode } from './danish-education.contract.js';

/** A module of a Danish education that somebody attends; the last day is included, null is open. */
@Entity('danish_courses')
export class DanishCourse {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('text') education: DanishEducationCode;
  @Column('int') module: number;
  @Column('date', { name: 'from_on' }) fromOn: Day;
  @Column('date', { name: 'to_on', nullable: true }) toOn: Day | null = null;
  @Column('double precision', { name: 'class_hours_per_week' }) classHoursPerWeek: number;
  @Column('text', { nullable: true }) outcome: CourseOutcome | null = null;

  /** Takes what is said of it; returns the names of the fields that changed. */
  take(said: Partial<DanishCourse>): string[] {
    const changed = Object.entries(said).filter(
      ([field, value]) => value !== undefined && value !== this[field as keyof DanishCourse],
    );
    Object.assign(this, Object.fromEntries(changed));
    return changed.map(([field]) => field);
  }
}
