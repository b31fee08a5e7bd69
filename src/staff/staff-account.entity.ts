import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ReminderMails, Role } from './staff.contract.js';

/** What can change of an account; some of it only an administrator changes. */
export interface AccountChange {
  name?: string;
  role?: Role;
  unitId?: string;
  language?: 'da' | 'en';
  reminderMails?: ReminderMails;
  deputyId?: string | null;
  disabled?: boolean;
}

@Entity('staff_accounts')
@Index('staff_accounts_email', { synchronize: false })
@Index('staff_accounts_unit_role', ['unitId', 'role'])
@Index('staff_accounts_of_deputy', ['deputyId'])
export class StaffAccount {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text') role: Role;
  @Column('uuid', { name: 'unit_id' }) unitId: string;
  @Column('text', { default: 'da' }) language: 'da' | 'en' = 'da';
  @Column('text', { name: 'reminder_mails', default: 'each' }) reminderMails: ReminderMails = 'each';
  /** Who is told when a reminder stays unread: of the same role; who is closed counts as nobody. */
  @Column('uuid', { name: 'deputy_id', nullable: true }) deputyId: string | null = null;
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash: string | null;
  /** How many passwords there were before; a stronger hash of the same one is no new one. */
  @Column('int', { name: 'password_version', default: 0 }) passwordVersion: number = 0;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt: Date | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'clock_now()' }) createdAt: Date;

  get disabled(): boolean {
    return this.disabledAt !== null;
  }

  mayEnter(): boolean {
    return !this.disabled && this.passwordHash !== null;
  }

  /** @returns the fields that are another now */
  change({ disabled = this.disabled, ...fields }: AccountChange, now: Date): (keyof AccountChange)[] {
    const names = ['name', 'role', 'unitId', 'language', 'reminderMails', 'deputyId'] as const;
    // A deputy has the same role.
    if (fields.role !== undefined && fields.role !== this.role) fields.deputyId ??= null;
    const changed: (keyof AccountChange)[] = names.filter(
      (name) => fields[name] !== undefined && fields[name] !== this[name],
    );
    for (const name of changed) Object.assign(this, { [name]: fields[name as (typeof names)[number]] });
    if (disabled !== this.disabled) {
      this.disabledAt = disabled ? now : null;
      changed.push('disabled');
    }
    if (changed.length > 0) this.version += 1;
    return changed;
  }
}
