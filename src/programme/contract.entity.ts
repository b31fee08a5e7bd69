import { isDeepStrictEqual } from 'node:util';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import { signedByBoth, type Signatures } from './contract.rules.js';
import type { Activity, ContractContent, Goal, Party } from './contracts.contract.js';

/**
 * Integration contract (kontrakt, Integration Act § 19): the person's goals and the activities that lead there. A draft
 * until both have signed, then frozen; a revision is a contract of its own that replaces the one it revises.
 */
@Entity('integration_contracts')
@Unique('integration_contracts_of_person', ['id', 'refugeeId'])
@Index('integration_contracts_one_first', { synchronize: false })
@Index('integration_contracts_one_revision', { synchronize: false })
@Index('integration_contracts_one_draft', { synchronize: false })
export class Contract {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column('uuid', { name: 'refugee_id' }) refugeeId: string;
  /** The signed contract this one revises. */
  @Column('uuid', { name: 'revises_id', nullable: true }) revisesId: string | null = null;
  @Column('jsonb') goals: Goal[];
  @Column('jsonb') activities: Activity[];
  @Column('timestamptz', { name: 'drafted_at', default: () => 'clock_now()' }) draftedAt: Date;
  @Column('date', { name: 'person_signed_on', nullable: true }) personSignedOn: Day | null = null;
  /** The day of the declaration of stay and self-support (opholds- og selvforsørgelseserklæring). */
  @Column('date', { name: 'declaration_signed_on', nullable: true }) declarationSignedOn: Day | null = null;
  @Column('date', { name: 'municipality_signed_on', nullable: true }) municipalitySignedOn: Day | null = null;
  @Column('uuid', { name: 'municipality_signed_by', nullable: true }) municipalitySignedBy: string | null =
    null;
  /** The day both had signed. */
  @Column('date', { name: 'signed_on', nullable: true }) signedOn: Day | null = null;

  get signatures(): Signatures {
    return { person: this.personSignedOn, municipality: this.municipalitySignedOn };
  }

  /** Replaces the lists that are given. @returns the names of those that changed */
  change(content: Partial<ContractContent>): string[] {
    const fields = (['goals', 'activities'] as const).filter(
      (name) => content[name] && !isDeepStrictEqual(content[name], this[name]),
    );
    if (fields.length === 0) return fields;
    Object.assign(this, Object.fromEntries(fields.map((name) => [name, content[name]])));
    this.version += 1;
    return fields;
  }

  /** @param staffId who signs for the municipality, if it is one of the parties */
  sign(parties: readonly Party[], day: Day, staffId: string): void {
    if (parties.includes('person')) this.personSignedOn = day;
    if (parties.includes('municipality')) {
      this.municipalitySignedOn = day;
      this.municipalitySignedBy = staffId;
    }
    this.signedOn = signedByBoth(this.signatures);
    this.version += 1;
  }

  withdrawSignature(): void {
    this.personSignedOn = this.declarationSignedOn = null;
    this.municipalitySignedOn = this.municipalitySignedBy = null;
    this.version += 1;
  }
}
