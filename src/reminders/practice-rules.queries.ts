import type { List } from '../platform/http/paging.js';
import { leads } from '../staff/staff.contract.js';
import type { PracticeTerms, PracticeVersion } from './practice.rules.js';

export interface PracticeOn {
  refugeeId: string;
  versions: PracticeVersion[];
}

/** The versions that are on in the unit of each of the cases `$1`. */
export const PRACTICE_ON = `
  select r.id as "refugeeId",
         json_agg(p.terms || jsonb_build_object('id', p.id, 'ruleId', p.rule_id) order by p.rule_id) as versions
  from refugees r join practice_rules rule on rule.unit_id = r.unit_id
  join practice_rule_versions p on p.rule_id = rule.id and p.state = 'on'
  where r.id = any($1::uuid[]) group by r.id`;

export type PracticeState = 'draft' | 'on' | 'replaced' | 'off';

export interface VersionRow {
  id: string;
  version: number;
  ruleId: string;
  unitId: string;
  number: number;
  state: PracticeState;
  terms: PracticeTerms;
  draftedAt: string;
  switchedOnAt: string | null;
  endedAt: string | null;
}

/** The version `p` of the rule `rule`. */
const VERSION = `
  json_build_object('id', p.id, 'version', p.version, 'ruleId', p.rule_id, 'unitId', rule.unit_id, 'number', p.number,
    'state', p.state, 'terms', p.terms, 'draftedAt', p.drafted_at, 'switchedOnAt', p.switched_on_at, 'endedAt', p.ended_at)`;

/** A colleague reads the practice of the unit, a leader that of the units they lead, an administrator all of it: `$1` actor, `$2` role, `$3` unit. */
export const MAY_READ = `($2 = 'administrator' or rule.unit_id = $3::uuid or ${leads('rule.unit_id')})`;

export interface RuleRow {
  id: string;
  unitId: string;
  versions: VersionRow[];
}

/** The rules the reader may read: `$4` unit or null. */
export const RULES = {
  name: 'practice_rules.list',
  select: `
    rule.id, rule.unit_id as "unitId",
    (select json_agg(${VERSION} order by p.number desc) from practice_rule_versions p where p.rule_id = rule.id) as versions`,
  from: `from practice_rules rule where ${MAY_READ} and ($4::uuid is null or rule.unit_id = $4)`,
  sorts: { createdAt: { sql: 'rule.created_at', type: 'timestamptz' } },
  first: 'createdAt',
  id: { sql: 'rule.id', type: 'uuid' },
} satisfies List;

/** A version the reader may read: `$4`. */
export const VERSION_BY_ID = `
  select ${VERSION} as version, ${leads('rule.unit_id')} as leads
  from practice_rule_versions p join practice_rules rule on rule.id = p.rule_id
  where p.id = $4 and ${MAY_READ}`;

/** A rule the reader may read: `$4`. */
export const RULE_TO_EDIT = `
  select rule.id, rule.unit_id as "unitId", ${leads('rule.unit_id')} as leads from practice_rules rule
  where rule.id = $4 and ${MAY_READ}`;

/** The versions of a rule turn one at a time: `$1` rule, or one of its versions. */
export const LOCK_RULE = 'select from practice_rule_versions where rule_id = $1 order by id for update';
export const LOCK_RULE_OF = `
  select from practice_rule_versions
  where rule_id = (select rule_id from practice_rule_versions where id = $1) order by id for update`;

export const INSERT_RULE = 'insert into practice_rules (id, unit_id) values ($1, $2)';

/** `$1` id, `$2` rule, `$3` terms, `$4` who. */
export const INSERT_VERSION = `
  insert into practice_rule_versions (id, rule_id, number, terms, drafted_by)
  select $1, $2, 1 + coalesce(max(number), 0), $3, $4 from practice_rule_versions where rule_id = $2
  returning number`;

/** The version that is on, or the last there was: `$1` rule. */
export const LAST_TERMS = `
  select terms from practice_rule_versions where rule_id = $1 order by state = 'on' desc, number desc limit 1`;

export const CHANGE_DRAFT = `
  update practice_rule_versions set terms = $2, version = version + 1 where id = $1 and state = 'draft'`;

/** What is on of a rule gives way to another: `$1` rule. */
export const REPLACE = `
  update practice_rule_versions set state = 'replaced', ended_at = clock_now(), version = version + 1
  where rule_id = $1 and state = 'on'`;
export const SWITCH_ON = `
  update practice_rule_versions set state = 'on', switched_on_at = clock_now(), version = version + 1 where id = $1`;
export const SWITCH_OFF = `
  update practice_rule_versions set state = 'off', ended_at = clock_now(), version = version + 1 where id = $1`;
