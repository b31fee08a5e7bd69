import type { List } from '../platform/http/paging.js';
import { seenCase } from '../refugees/refugees.contract.js';
import type { TrialChange } from './dry-runs.rules.js';
import { MAY_READ } from './practice-rules.queries.js';
import type { PracticeVersion } from './practice.rules.js';

/** `$1` id, `$2` version, `$3` who asks. */
export const INSERT_DRY_RUN = `
  insert into dry_runs (id, version_id, terms, asked_by, total)
  select $1, p.id, p.terms, $3, (select count(*) from refugees r where r.unit_id = rule.unit_id)
  from practice_rule_versions p join practice_rules rule on rule.id = p.rule_id where p.id = $2`;

export interface DryRunRow {
  id: string;
  versionId: string;
  onDay: string;
  state: 'running' | 'done';
  total: number;
  seen: number;
  cases: number;
  opened: number;
  moved: number;
  ended: number;
  askedAt: Date;
  endedAt: Date | null;
}

/** One the reader may read, as with rules: `$4`. */
export const DRY_RUN_BY_ID = `
  select d.id, d.version_id as "versionId", d.on_day as "onDay", d.state, d.total, d.seen, d.cases, d.opened, d.moved, d.ended,
         d.asked_at as "askedAt", d.ended_at as "endedAt"
  from dry_runs d join practice_rule_versions p on p.id = d.version_id join practice_rules rule on rule.id = p.rule_id
  where d.id = $4 and ${MAY_READ}`;

export interface DryRunCaseRow {
  id: string;
  case_number: string;
  given_names: string;
  family_name: string;
  changes: TrialChange[];
}

/** The cases a dry run `$3` would touch, as far as the reader sees them. */
export const DRY_RUN_CASES = {
  name: 'dry_runs.cases',
  select: 'r.id, r.id as person_id, v.basis, r.case_number, r.given_names, r.family_name, c.changes',
  from: `
    from dry_run_cases c join refugees r on r.id = c.refugee_id ${seenCase('c.refugee_id')}
    where c.dry_run_id = $3`,
  sorts: { caseNumber: { sql: 'r.case_number', type: 'int' } },
  first: 'caseNumber',
  id: { sql: 'r.id', type: 'uuid' },
} satisfies List;

export interface RunningDryRun {
  version: PracticeVersion;
  unitId: string;
  onDay: string;
  reachedId: string;
}

/** Takes one in hand, `$1`; no row when it is done, or in other hands. */
export const TAKE_DRY_RUN = `
  select d.terms || jsonb_build_object('id', p.id, 'ruleId', p.rule_id) as version, rule.unit_id as "unitId",
         d.on_day as "onDay", d.reached_id as "reachedId"
  from dry_runs d join practice_rule_versions p on p.id = d.version_id join practice_rules rule on rule.id = p.rule_id
  where d.id = $1 and d.state = 'running' for update of d skip locked`;

export const DRY_RUN_BATCH = 200;

/** `$1` unit, `$2` behind which case. */
export const NEXT_CASES = `
  select id from refugees where unit_id = $1 and id > $2 order by id limit ${DRY_RUN_BATCH}`;

/**
 * Keeps what a batch found, and how far it came: `$1` dry run, `$2` the cases in order, `$3` rows of {refugeeId,
 * changes}, `$4` whether these were the last.
 */
export const KEEP_BATCH = `
  with touched as (
    insert into dry_run_cases (dry_run_id, refugee_id, changes)
    select $1, "refugeeId", changes from jsonb_to_recordset($3::jsonb) as t("refugeeId" uuid, changes jsonb)
    returning refugee_id, changes
  ),
  counted as (
    select count(*) filter (where change = 'opened') as opened, count(*) filter (where change = 'moved') as moved,
           count(*) filter (where change in ('done', 'superseded', 'cancelled')) as ended
    from touched cross join lateral jsonb_to_recordset(touched.changes) as c(change text)
  )
  update dry_runs d set
    reached_id = coalesce(($2::uuid[])[cardinality($2)], d.reached_id),
    seen = d.seen + cardinality($2),
    -- Who came to the unit, or left it, meanwhile.
    total = case when $4 then d.seen + cardinality($2) else d.total end,
    cases = d.cases + (select count(*) from touched),
    opened = d.opened + counted.opened, moved = d.moved + counted.moved, ended = d.ended + counted.ended,
    state = case when $4 then 'done' else 'running' end,
    ended_at = case when $4 then clock_now() end
  from counted where d.id = $1`;

export const RUNNING_DRY_RUNS = `select id from dry_runs where state = 'running' order by asked_at`;

/** A week later they say nothing any more. */
export const FORGET_DRY_RUNS = `delete from dry_runs where asked_at < clock_now() - interval '7 days'`;
