import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';

/** What a note is, where its author says: a fact, an assessment, a contact with somebody, a decision. */
export const NOTE_KINDS = ['fact', 'assessment', 'contact', 'decision'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** A note of a case (notat, offentlighedsloven § 13): its author's to change for 24 hours, then frozen by the database. */
@Entity('case_notes')
@Index('case_notes_of_case', ['refugeeId', 'notedAt', 'id'])
export class CaseNote {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('uuid', { name: 'author_id' }) authorId: string;
  /** When it was written and when it freezes is the clock's to say. */
  @Column({
    type: 'timestamptz',
    name: 'noted_at',
    default: () => 'clock_now()',
    insert: false,
    update: false,
  })
  notedAt: Date;
  @Column({
    type: 'timestamptz',
    name: 'frozen_at',
    default: () => `(clock_now() + '24:00:00')`,
    insert: false,
    update: false,
  })
  frozenAt: Date;
  @Column('date', { name: 'about_on' }) aboutOn: Day;
  @Column('text', { nullable: true }) kind: NoteKind | null = null;
  @Column('text') text: string;

  /** Takes what is given, and says which fields changed. */
  change(given: Partial<Pick<CaseNote, 'aboutOn' | 'kind' | 'text'>>): string[] {
    const fields = (['aboutOn', 'kind', 'text'] as const).filter(
      (field) => given[field] !== undefined && given[field] !== this[field],
    );
    for (const field of fields) Object.assign(this, { [field]: given[field] });
    if (fields.length > 0) this.version += 1;
    return fields;
  }
}
