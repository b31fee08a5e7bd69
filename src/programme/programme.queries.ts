/** What the duties of cases follow from; the columns are those of `ProgrammeFacts`. Days in arrays go as text: pg makes instants of them. */
export const PROGRAMME_FACTS = `
  select r.id as "subjectId", r.born_on as "bornOn", r.takeover_on as "takeoverOn", visited.held_on as "visitationOn",
         contract.draft as "draftId", contract.in_force as "contractInForceId", contract.signed as "contractsSignedOn",
         talk.held as "talksHeldOn", talk.planned as "plannedTalkId", spell.all as spells
  from refugees r
  left join visitations visited on visited.refugee_id = r.id
  cross join lateral (
    select (array_agg(c.id) filter (where c.signed_on is null))[1] as draft,
           (array_agg(c.id order by c.signed_on desc, c.id desc) filter (where c.signed_on is not null))[1] as in_force,
           coalesce(array_agg(c.signed_on::text order by c.signed_on) filter (where c.signed_on is not null), '{}') as signed
    from integration_contracts c where c.refugee_id = r.id) contract
  cross join lateral (
    select coalesce(array_agg(t.held_on::text order by t.held_on) filter (where t.state = 'held'), '{}') as held,
           (array_agg(t.id order by t.planned_at, t.id) filter (where t.state = 'planned'))[1] as planned
    from talks t where t.refugee_id = r.id) talk
  cross join lateral (
    select coalesce(json_agg(json_build_object('kind', s.kind, 'fromOn', s.from_on, 'toOn', s.to_on)
                    order by s.from_on, s.id), '[]') as all
    from spells s where s.refugee_id = r.id and s.withdrawn_at is null) spell
  where r.id = any($1::uuid[])`;

// Which cases a rule may move: `$1` its first day, `$2` its last, either null when open.
const IN_DAYS = `between coalesce($1::date, '-infinity') and coalesce($2::date, 'infinity')`;
export const CASES_TAKEN_OVER_IN = `select id from refugees where takeover_on ${IN_DAYS}`;
export const CASES_VISITED_IN = `
  select r.id from refugees r left join visitations v on v.refugee_id = r.id
  where coalesce(v.held_on, r.takeover_on) ${IN_DAYS}`;
export const CASES_IN_WORK_SINCE = `
  select distinct refugee_id as id from spells
  where kind in ('work', 'education') and withdrawn_at is null and from_on ${IN_DAYS}`;
export const CASES_BORN_INTO_IN = `
  select distinct refugee_id as id from spells where kind = 'birth' and withdrawn_at is null and from_on ${IN_DAYS}`;
