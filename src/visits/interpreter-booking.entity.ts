import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { BookingForm, BookingState } from './visits.contract.js';

/** What each state may become. Who wants another interpreter books another. */
const STEPS: Record<BookingState, BookingState[]> = {
  requested: ['confirmed', 'cancelled'],
  confirmed: ['cancelled'],
  cancelled: [],
};

/** Postgres says seconds, too. */
const TO_THE_MINUTE = { from: (time: string) => time.slice(0, 5), to: (time: string) => time };

/** An interpreter asked for, for hours of the day of a visit. */
@Entity('interpreter_bookings')
@Index('interpreter_bookings_visit_hours', ['visitId', 'fromTime', 'id'])
export class InterpreterBooking {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'visit_id' }) visitId: string;
  @Column('text') language: string;
  /** Hours and minutes, `09:30`, in Copenhagen. */
  @Column('time', { name: 'from_time', precision: 0, transformer: TO_THE_MINUTE }) fromTime: string;
  @Column('time', { name: 'to_time', precision: 0, transformer: TO_THE_MINUTE }) toTime: string;
  @Column('text') form: BookingForm;
  @Column('text', { default: 'requested' }) state: BookingState = 'requested';
  @Column('text', { nullable: true }) agency: string | null = null;
  @Column('text', { nullable: true }) reference: string | null = null;
  @Column('uuid', { name: 'requested_by' }) requestedBy: string;
  @Column('timestamptz', { name: 'requested_at', default: () => 'clock_now()' }) requestedAt: Date;

  mayBecome(state: BookingState): boolean {
    return STEPS[this.state].includes(state);
  }

  /** Takes what is said of it; returns the names of the fields that changed. */
  take(
    said: Partial<Pick<InterpreterBooking, 'fromTime' | 'toTime' | 'form' | 'agency' | 'reference'>>,
  ): string[] {
    const changed = Object.entries(said).filter(
      ([field, value]) => value !== undefined && value !== this[field as keyof InterpreterBooking],
    );
    Object.assign(this, Object.fromEntries(changed));
    return changed.map(([field]) => field);
  }
}
