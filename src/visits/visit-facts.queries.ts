/**
 * What the duties of cases, `$1`, follow from; the columns are those of `VisitFacts`. A case without a visit that is
 * over has no row: nothing is left to do.
 */
export const VISIT_FACTS = `
  select r.id as "subjectId", r.takeover_on as "takeoverOn", past.visits,
    (select a.id from assessments a where a.refugee_id = r.id and a.signed_at is null) as "draftId"
  from refugees r
  cross join lateral (
    select json_agg(json_build_object(
        'participantId', p.id, 'onDay', v.on_day, 'outcome', p.outcome,
        'overOn', (coalesce(v.closed_at, v.cancelled_at) at time zone 'Europe/Copenhagen')::date,
        'onLaterVisit', exists (
          select from visit_participants other join centre_visits later on later.id = other.visit_id
          where other.refugee_id = r.id and later.id <> v.id and later.cancelled_at is null
            and (later.on_day > v.on_day or later.closed_at is null)),
        'assessed', exists (
          select from assessments a where a.refugee_id = r.id and a.signed_on >= v.on_day))
      order by coalesce(v.closed_at, v.cancelled_at), p.id) as visits
    from visit_participants p join centre_visits v on v.id = p.visit_id
    where p.refugee_id = r.id and (v.closed_at is not null or v.cancelled_at is not null)) past
  where r.id = any($1::uuid[]) and past.visits is not null`;
