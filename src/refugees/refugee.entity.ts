import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Day } from '../platform/calendar/calendar.js';
import type { PermitBasis } from './refugees.contract.js';
import type { RefugeeTakeover } from './refugees.rules.js';

/** The person and the case: one row, because a person has one case. */
@Entity('refugees')
@Unique('refugees_case_number', ['caseNumber'])
@Index('refugees_name', { synchronize: false })
@Index('refugees_name_words', { synchronize: false })
@Index('refugees_takeover', { synchronize: false })
@Index('refugees_stale', { synchronize: false })
@Index('refugees_of_unit', ['unitId'])
export class Refugee {
  @PrimaryColumn('uuid') id: string = uuidv7();
  @Column('int', { default: 1 }) version: number = 1;
  @Column({
    type: 'bigint',
    name: 'case_number',
    default: () => "nextval('case_numbers')",
    insert: false,
    update: false,
  })
  caseNumber: string;
  @Column('uuid', { name: 'unit_id' }) unitId: string;

  @Column('text', { name: 'given_names' }) givenNames: string;
  @Column('text', { name: 'family_name' }) familyName: string;
  /** What names are searched by; kept by a trigger. */
  @Column({
    type: 'tsvector',
    name: 'name_words',
    nullable: true,
    select: false,
    insert: false,
    update: false,
  })
  nameWords: string;
  @Column('date', { name: 'born_on' }) bornOn: Day;
  @Column('text') sex: 'female' | 'male' | 'unknown';
  @Column('text') nationality: string;
  @Column('text', { name: 'mother_tongue', nullable: true }) motherTongue: string | null;
  @Column('boolean', { name: 'interpreter_needed', default: false }) interpreterNeeded: boolean = false;
  @Column('text', { name: 'interpreter_language', nullable: true }) interpreterLanguage: string | null;

  @Column('int', { name: 'household_adults', nullable: true }) householdAdults: number | null;
  @Column('int', { name: 'household_children', nullable: true }) householdChildren: number | null;
  @Column('text', { nullable: true }) childcare: 'not_needed' | 'needed' | 'arranged' | null;

  @Column('text', { name: 'permit_basis', nullable: true }) permitBasis: PermitBasis | null;
  @Column('date', { name: 'permit_granted_on', nullable: true }) permitGrantedOn: Day | null;
  @Column('date', { name: 'permit_expires_on', nullable: true }) permitExpiresOn: Day | null;
  /** Decision that allocated the person to the municipality (visitering). */
  @Column('date', { name: 'allocation_decided_on', nullable: true }) allocationDecidedOn: Day | null;
  /** The asylum operator's three handover days. */
  @Column('date', { name: 'early_cv_handover_on', nullable: true }) earlyCvHandoverOn: Day | null;
  @Column('date', { name: 'early_contract_handover_on', nullable: true }) earlyContractHandoverOn: Day | null;
  @Column('date', { name: 'handover_on', nullable: true }) handoverOn: Day | null;
  /** CPR registration in the municipality: what counts for quota refugees and reunified families. */
  @Column('date', { name: 'registered_on', nullable: true }) registeredOn: Day | null;
  /** An earlier takeover the person consented to. */
  @Column('date', { name: 'takeover_agreed_on', nullable: true }) takeoverAgreedOn: Day | null;

  /** Derived: see `refugees.rules`. */
  @Column('date', { name: 'takeover_on', nullable: true }) takeoverOn: Day | null = null;
  @Column('uuid', { name: 'takeover_rule_ids', array: true, default: [] }) takeoverRuleIds: string[] = [];
  /** A rule of law was added that may move the takeover day; the sweep looks. */
  @Column('boolean', { name: 'takeover_stale', default: false }) takeoverStale: boolean = false;

  @Column('timestamptz', { name: 'registered_at', default: () => 'clock_now()' }) registeredAt: Date;

  /** The first day anything of the case can have happened here: whatever is dated before it is a slip. */
  get knownSince(): Day {
    return this.allocationDecidedOn ?? this.registeredOn ?? this.bornOn;
  }

  /** Takes new values; returns the names of the fields that really changed. */
  change(values: Partial<Refugee>): string[] {
    const changed = Object.entries(values).filter(
      ([field, value]) => value !== undefined && value !== this[field as keyof Refugee],
    );
    Object.assign(this, Object.fromEntries(changed));
    return changed.map(([field]) => field);
  }

  /** Keeps the derived takeover; returns whether the day moved. */
  takeOver({ takeoverOn, ruleIds }: RefugeeTakeover): boolean {
    const moved = this.takeoverOn !== takeoverOn;
    this.takeoverOn = takeoverOn;
    this.takeoverRuleIds = ruleIds;
    this.takeoverStale = false;
    return moved;
  }
}
