import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Role } from './staff.contract.js';

@Entity('staff_accounts')
@Index('staff_accounts_email', { synchronize: false })
@Index('staff_accounts_unit_role', ['unitId', 'role'])
export class StaffAccount {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text') role: Role;
  @Column('uuid', { name: 'unit_id' }) unitId: string;
  @Column('text', { default: 'da' }) language: 'da' | 'en' = 'da';
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash: string | null;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt: Date | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'clock_now()' }) createdAt: Date;

  mayEnter(): boolean {
    return this.disabledAt === null && this.passwordHash !== null;
  }
}
