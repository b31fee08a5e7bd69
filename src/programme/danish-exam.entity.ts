import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { DanishExamCode } from './danish-education.contract.js';

@Entity('danish_exams')
@Unique('danish_exams_once', ['refugeeId', 'exam', 'takenOn'])
export class DanishExam {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  @Column('text') exam: DanishExamCode;
  @Column('date', { name: 'taken_on' }) takenOn: Day;
  @Column('boolean') passed: boolean;
}
