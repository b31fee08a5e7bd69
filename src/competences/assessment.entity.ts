import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';

/** What was learnt of a person's competences at one time: a draft until it is signed, then frozen. Its answers are rows of their own. */
@Entity('assessments')
@Unique('assessments_of_person', ['id', 'refugeeId'])
@Unique('assessments_by_form', ['id', 'formVersion'])
@Index('assessments_refugee_drafted', ['refugeeId', 'draftedAt', 'id'])
@Index('assessments_one_amendment', { synchronize: false })
@Index('assessments_one_draft', { synchronize: false })
export class Assessment {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  /** The published form it answers, for good. */
  @Column('int', { name: 'form_version' }) formVersion: number;
  /** The signed assessment this one corrects. */
  @Column('uuid', { name: 'amends_id', nullable: true }) amendsId: string | null = null;
  @Column('text', { name: 'amendment_reason', nullable: true }) amendmentReason: string | null = null;

  @Column('uuid', { name: 'drafted_by' }) draftedBy: string;
  @Column('timestamptz', { name: 'drafted_at', default: () => 'clock_now()' }) draftedAt: Date;
  @Column('uuid', { name: 'signed_by', nullable: true }) signedBy: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn: Day | null;
  /** Of an amendment, when what it corrects was first signed: the order in which people told. */
  @Column('timestamptz', { name: 'first_signed_at', nullable: true }) firstSignedAt: Date | null;

  get isSigned(): boolean {
    return this.signedAt !== null;
  }
}
