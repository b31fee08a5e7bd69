import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { CancellationReason, TalkForm, TalkOutcome, TalkState } from './talks.contract.js';

/** What can become of a talk in each state. */
const STEPS: Record<TalkState, readonly TalkOutcome[]> = {
  planned: ['held', 'not_shown', 'cancelled'],
  held: ['cancelled'],
  not_shown: ['cancelled'],
  cancelled: [],
};

export type Correction = Partial<Pick<Talk, 'plannedAt' | 'heldOn' | 'form' | 'summary'>>;

/** What of a talk can be corrected in each state. */
const CORRECTABLE: Record<TalkState, readonly (keyof Correction)[]> = {
  planned: ['plannedAt', 'form'],
  held: ['heldOn', 'form', 'summary'],
  not_shown: [],
  cancelled: [],
};

/** Talk that follows the person up (opfølgningssamtale, Integration Act § 20). */
@Entity('talks')
@Index('talks_of_refugee', ['refugeeId'])
export class Talk {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('text') state: TalkState;
  @Column('timestamptz', { name: 'planned_at', nullable: true }) plannedAt: Date | null = null;
  @Column('date', { name: 'held_on', nullable: true }) heldOn: Day | null = null;
  @Column('text') form: TalkForm;
  @Column('text', { nullable: true }) summary: string | null = null;
  @Column('text', { name: 'cancelled_because', nullable: true }) cancelledBecause: CancellationReason | null =
    null;

  /** What was held or missed cannot be called off any more, only turn out to be recorded by mistake. */
  mayEnd(outcome: TalkOutcome, reason?: CancellationReason): boolean {
    return (
      STEPS[this.state].includes(outcome) && (this.state === 'planned' || reason === 'recorded_by_mistake')
    );
  }

  end(state: TalkOutcome, told: Correction & { reason?: CancellationReason }): void {
    this.state = state;
    this.heldOn = told.heldOn ?? this.heldOn;
    this.form = told.form ?? this.form;
    this.summary = told.summary ?? this.summary;
    this.cancelledBecause = told.reason ?? null;
    this.version += 1;
  }

  /** Whether its state lets all of it be corrected; undefined is not touched. */
  mayCorrect(correction: Correction): boolean {
    return said(correction).every(([field]) => CORRECTABLE[this.state].includes(field));
  }

  /** Returns the names of the fields that really changed. */
  correct(correction: Correction): string[] {
    const changed = said(correction).filter(([field, value]) => value?.valueOf() !== this[field]?.valueOf());
    Object.assign(this, Object.fromEntries(changed));
    if (changed.length > 0) this.version += 1;
    return changed.map(([field]) => field);
  }
}

const said = (correction: Correction) =>
  Object.entries(correction).filter(([, value]) => value !== undefined) as [
    keyof Correction,
    Date | string | null,
  ][];
