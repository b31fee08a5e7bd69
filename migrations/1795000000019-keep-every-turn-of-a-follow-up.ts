import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepEveryTurnOfAFollowUp1795000000019 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Every follow-up there is so far is the caseworker's and of a contract; the defaults only fill what stands.
      alter table follow_ups
        add column occurrence int not null default 1,
        add column series text not null default 'contract',
        add column role text not null default 'caseworker' check (role in ('job_consultant', 'coordinator', 'caseworker', 'team_leader')),
        add column assumed text[] not null default '{}',
        add column suspended boolean not null default false,
        -- Somebody was asked to do it in place of whose it is by role.
        add column assigned_id uuid constraint follow_ups_assigned references staff_accounts,
        -- Nobody read the reminder, and the deputy was told: who sees the case until it is done.
        add column deputy_id uuid constraint follow_ups_deputy references staff_accounts,
        add column snoozed_until date,
        add column ended_subject_type text,
        add column ended_subject_id uuid,
        add column ended_rule_ids uuid[] not null default '{}',
        add column superseded_by uuid constraint follow_ups_superseded_by references follow_ups,
        add constraint follow_ups_snoozed_until check (snoozed_until <= act_by),
        drop constraint follow_ups_state_check,
        add constraint follow_ups_state_check check (state in ('open', 'done', 'superseded', 'cancelled', 'dismissed'));
      alter table follow_ups alter column occurrence drop default, alter column series drop default, alter column role drop default;
      drop index follow_ups_one_open;
      create unique index follow_ups_one_open on follow_ups (subject_type, subject_id, key, occurrence) where state = 'open';
      -- Planning reads these beside the open ones: what somebody dismissed is not opened again.
      create index follow_ups_dismissed on follow_ups (subject_type, subject_id) where state = 'dismissed';
      create index follow_ups_of_deputy on follow_ups (deputy_id) where state = 'open' and deputy_id is not null;

      -- A follow-up whose days moved, and what moved them.
      create table follow_up_moves (
        id uuid primary key default uuidv7(),
        follow_up_id uuid not null constraint follow_up_moves_follow_up references follow_ups,
        at timestamptz not null default clock_now(),
        because text not null,
        because_subject_type text,
        because_subject_id uuid,
        from_target_on date not null,
        from_latest_on date not null,
        to_target_on date not null,
        to_latest_on date not null,
        from_rule_ids uuid[] not null,
        to_rule_ids uuid[] not null
      );
      comment on table follow_up_moves is 'person: follow_up_id -> follow_ups.refugee_id';
      create index follow_up_moves_of_follow_up on follow_up_moves (follow_up_id, at);

      -- What people wrote on a follow-up, and why they put it off, gave it away or dropped it.
      create table follow_up_notes (
        id uuid primary key,
        follow_up_id uuid not null constraint follow_up_notes_follow_up references follow_ups,
        at timestamptz not null default clock_now(),
        author_id uuid not null constraint follow_up_notes_author references staff_accounts,
        kind text not null check (kind in ('note', 'snooze', 'reassignment', 'dismissal')),
        text text not null,
        until_on date,
        constraint follow_up_notes_snoozed_until check ((kind = 'snooze') = (until_on is not null))
      );
      comment on table follow_up_notes is 'person: follow_up_id -> follow_ups.refugee_id';
      create index follow_up_notes_of_follow_up on follow_up_notes (follow_up_id, at);

      alter table reminders
        drop constraint reminders_step_check,
        add constraint reminders_step_check check (step in ('target', 'last', 'deputy', 'leader', 'given', 'taken')),
        drop constraint reminders_channel_check,
        add constraint reminders_channel_check check (channel in ('in_app', 'email')),
        add column read_at timestamptz,
        -- Unread on these days, the deputy and then the leader are told; days of work, counted when it was planned.
        add column deputy_on date,
        add column leader_on date,
        add column escalated text check (escalated in ('deputy', 'leader')),
        -- Why it was not sent: a person may ask.
        add column not_sent_because text;
      create index reminders_inbox on reminders (recipient_id, sent_at desc, id) where channel = 'in_app' and state = 'sent';
      create index reminders_unread on reminders (deputy_on) where channel = 'in_app' and state = 'sent' and read_at is null and escalated is distinct from 'leader';

      -- What marked a plan, so that what moves can say why. A subject whose planning failed waits behind the others.
      alter table plans
        add column stale_because text,
        add column stale_subject_type text,
        add column stale_subject_id uuid,
        add column failed_at timestamptz;

      -- Two numbers that stood in the program; what follows from them does not move.
      insert into legislation_rules (key, operator, value, unit, selects_by, valid_from, legal_basis, source, confidence, note)
      values
        ('programme.age_min', 'gte', '18', 'years', 'takeover', '-infinity', 'Integration Act § 16', 'elov.dk Integration Act § 16', 'L',
         'Value H, start unknown.'),
        ('practice.talks_spread', 'eq', '100', 'percent of the six months', 'visitation', '-infinity', 'Municipal practice',
         'rules file, section 9 (the four talks)', 'L',
         'Editable practice, not law: over how much of the six months the targets of the first talks are spread.');
      update plans set stale = true;

      -- History is added to, never rewritten.
      grant select, insert on follow_up_moves, follow_up_notes to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from legislation_rules where key in ('programme.age_min', 'practice.talks_spread');
      alter table plans drop column stale_because, drop column stale_subject_type, drop column stale_subject_id, drop column failed_at;
      drop index reminders_unread, reminders_inbox;
      delete from reminders where channel <> 'email' or step not in ('target', 'last');
      alter table reminders
        drop column read_at, drop column deputy_on, drop column leader_on, drop column escalated, drop column not_sent_because,
        drop constraint reminders_step_check,
        add constraint reminders_step_check check (step in ('target', 'last')),
        drop constraint reminders_channel_check,
        add constraint reminders_channel_check check (channel in ('email'));
      drop table follow_up_notes, follow_up_moves;
      drop index follow_ups_dismissed, follow_ups_of_deputy, follow_ups_one_open;
      update follow_ups set state = 'cancelled' where state = 'dismissed';
      update follow_ups set state = 'cancelled', ended_at = clock_now(), ended_because = 'duty.unknown'
      where state = 'open' and (key <> 'contract' or occurrence > 1);
      alter table follow_ups
        drop column occurrence, drop column series, drop column role, drop column assumed, drop column suspended,
        drop column assigned_id, drop column deputy_id, drop column snoozed_until, drop column ended_subject_type,
        drop column ended_subject_id, drop column ended_rule_ids, drop column superseded_by,
        drop constraint follow_ups_state_check,
        add constraint follow_ups_state_check check (state in ('open', 'done', 'superseded', 'cancelled'));
      create unique index follow_ups_one_open on follow_ups (subject_type, subject_id, key) where state = 'open';
    `);
  }
}
