import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** Part of the municipality's organisation; its leader sees every case of it. */
@Entity('units')
@Unique('units_name', ['name'])
export class Unit {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('text') name: string;
  @Column('uuid', { name: 'leader_id', nullable: true }) leaderId: string | null;
}
