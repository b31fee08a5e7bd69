import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BookAndInviteToVisits1795000000034 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table centre_visits
        add cancelled_at timestamptz,
        add cancellation_reason text,
        add constraint centre_visits_cancelled_with_reason check ((cancelled_at is null) = (cancellation_reason is null)),
        add constraint centre_visits_one_end check (num_nonnulls(closed_at, cancelled_at) <= 1);

      -- Null while nobody has asked the person to come.
      alter table visit_participants
        add invited_on date,
        add invited_how text check (invited_how in ('letter', 'phone', 'centre_staff', 'sms')),
        add constraint visit_participants_invited_how check ((invited_on is null) = (invited_how is null));

      -- What is booked, for hours of the visit's day; the language the visit itself names is the one that was expected.
      create table interpreter_bookings (
        id uuid primary key,
        version int not null default 1,
        visit_id uuid not null constraint interpreter_bookings_visit references centre_visits,
        language text not null constraint interpreter_bookings_language references languages,
        from_time time(0) not null,
        to_time time(0) not null,
        form text not null check (form in ('on_site', 'phone', 'video')),
        state text not null default 'requested' check (state in ('requested', 'confirmed', 'cancelled')),
        agency text,
        reference text,
        requested_by uuid not null constraint interpreter_bookings_requested_by references staff_accounts,
        requested_at timestamptz not null default clock_now(),
        constraint interpreter_bookings_hours check (from_time < to_time)
      );
      comment on table interpreter_bookings is 'person: none';
      create index interpreter_bookings_visit_hours on interpreter_bookings (visit_id, from_time, id);

      grant update (on_day, interpreter_language, cancelled_at, cancellation_reason) on centre_visits to ankomst_app;
      grant delete on visit_consultants to ankomst_app;
      grant update (invited_on, invited_how) on visit_participants to ankomst_app;
      grant select, insert on interpreter_bookings to ankomst_app;
      grant update (version, from_time, to_time, form, state, agency, reference) on interpreter_bookings to ankomst_app;

      -- Visits bring duties now.
      update plans set stale = true where subject_type = 'case'
        and subject_id in (select refugee_id from visit_participants);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table interpreter_bookings;
      alter table visit_participants drop invited_on, drop invited_how;
      alter table centre_visits drop cancelled_at, drop cancellation_reason;
      revoke update (on_day, interpreter_language) on centre_visits from ankomst_app;
      revoke delete on visit_consultants from ankomst_app;
      update plans set stale = true where subject_type = 'case'
        and subject_id in (select refugee_id from visit_participants);
    `);
  }
}
