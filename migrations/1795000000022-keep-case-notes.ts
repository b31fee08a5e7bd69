import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepCaseNotes1795000000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Refuses to change a row that is frozen, whoever writes and by whatever way. The trigger that calls this says when
      -- a row is frozen, and gives the name that the refusal is known by.
      create function keep_frozen() returns trigger language plpgsql as $$
      begin
        raise exception 'a frozen row of % stays as it is', tg_table_name
          using errcode = 'restrict_violation', constraint = tg_argv[0], table = tg_table_name;
      end $$;

      drop trigger integration_contracts_frozen on integration_contracts;
      drop function keep_signed_contract();
      create trigger integration_contracts_frozen before update or delete on integration_contracts
        for each row when (old.signed_on is not null) execute function keep_frozen('integration_contracts_frozen');
      -- What one party has signed says what it said until the signature is withdrawn. Two triggers, because a condition
      -- cannot ask for the new row of a delete.
      create trigger integration_contracts_half_signed before update on integration_contracts
        for each row when (num_nonnulls(old.person_signed_on, old.municipality_signed_on) > 0
                           and (new.goals, new.activities) is distinct from (old.goals, old.activities))
        execute function keep_frozen('integration_contracts_half_signed');
      create trigger integration_contracts_half_signed_kept before delete on integration_contracts
        for each row when (num_nonnulls(old.person_signed_on, old.municipality_signed_on) > 0)
        execute function keep_frozen('integration_contracts_half_signed');

      -- The parts of an assessment keep their own: they must wait for a signature that is being written.
      drop trigger assessments_frozen on assessments;
      drop function keep_signed_assessment();
      create trigger assessments_frozen before update or delete on assessments
        for each row when (old.signed_at is not null) execute function keep_frozen('assessments_frozen');
    `);
    await db.query(`
      -- What the file must hold (offentlighedsloven § 13). Its author may change it for a day; what it said within that day
      -- is not kept, because until then it is being written. From then on it is frozen, and can only be amended.
      create table case_notes (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint case_notes_refugee references refugees,
        author_id uuid not null constraint case_notes_author references staff_accounts,
        noted_at timestamptz not null default clock_now(),
        frozen_at timestamptz not null default clock_now() + interval '24 hours',
        about_on date not null,
        kind text check (kind in ('fact', 'assessment', 'contact', 'decision')),
        text text not null
      );
      comment on table case_notes is 'person: refugee_id';
      create index case_notes_of_case on case_notes (refugee_id, noted_at, id);
      create trigger case_notes_frozen before update or delete on case_notes
        for each row when (old.frozen_at <= clock_now()) execute function keep_frozen('case_notes_frozen');

      create table case_note_amendments (
        id uuid primary key,
        note_id uuid not null constraint case_note_amendments_note references case_notes,
        author_id uuid not null constraint case_note_amendments_author references staff_accounts,
        amended_at timestamptz not null default clock_now(),
        reason text not null,
        text text not null
      );
      comment on table case_note_amendments is 'person: note_id -> case_notes.refugee_id';
      create index case_note_amendments_of_note on case_note_amendments (note_id, amended_at, id);
      create trigger case_note_amendments_frozen before update or delete on case_note_amendments
        for each row execute function keep_frozen('case_note_amendments_frozen');

      -- When it was written is the clock's to say; whose it is and who wrote it never change.
      grant select, insert (id, version, refugee_id, author_id, about_on, kind, text),
        update (version, about_on, kind, text) on case_notes to ankomst_app;
      grant select, insert (id, note_id, author_id, reason, text) on case_note_amendments to ankomst_app;
    `);
    await db.query(`
      -- Of the grants that one colleague has of one case at the same time, the one that lasts longest stays: each of the
      -- others ends where such a one begins. Who sees the case when is as before.
      update access_grant one set until_at = greatest(one.from_at, longer.from_at)
      from (
        select a.id, min(b.from_at) as from_at
        from access_grant a join access_grant b
          on (b.refugee_id, b.staff_id) = (a.refugee_id, a.staff_id) and (b.until_at, b.id) > (a.until_at, a.id)
          and tstzrange(a.from_at, a.until_at) && tstzrange(b.from_at, b.until_at)
        group by a.id
      ) as longer
      where longer.id = one.id;
      alter table access_grant add constraint access_grant_one_at_a_time
        exclude using gist (refugee_id with =, staff_id with =, tstzrange(from_at, until_at) with &&);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table access_grant drop constraint access_grant_one_at_a_time;
      drop table case_note_amendments, case_notes;
      drop trigger assessments_frozen on assessments;
      drop trigger integration_contracts_half_signed_kept on integration_contracts;
      drop trigger integration_contracts_half_signed on integration_contracts;
      drop trigger integration_contracts_frozen on integration_contracts;
      drop function keep_frozen();
    `);
    // Written as the migrations that made them did, so that taking this one back leaves what was there.
    await db.query(`
      create function keep_signed_contract() returns trigger language plpgsql as $$
      begin
        if old.signed_on is not null then
          raise exception 'a signed contract stays as it is'
            using errcode = 'restrict_violation', constraint = 'integration_contracts_frozen', table = 'integration_contracts';
        end if;
        if num_nonnulls(old.person_signed_on, old.municipality_signed_on) > 0
           and (tg_op = 'DELETE' or (new.goals, new.activities) is distinct from (old.goals, old.activities)) then
          raise exception 'what one party has signed says what it said until the signature is withdrawn'
            using errcode = 'restrict_violation', constraint = 'integration_contracts_half_signed', table = 'integration_contracts';
        end if;
        return coalesce(new, old);
      end $$;
      create trigger integration_contracts_frozen before update or delete on integration_contracts
        for each row execute function keep_signed_contract();
      create function keep_signed_assessment() returns trigger language plpgsql as $$
      begin
        if old.signed_at is not null then
          raise exception 'a signed assessment stays as it is'
            using errcode = 'restrict_violation', constraint = 'assessments_frozen', table = 'assessments';
        end if;
        return coalesce(new, old);
      end $$;
      create trigger assessments_frozen before update or delete on assessments
        for each row execute function keep_signed_assessment();
    `);
  }
}
