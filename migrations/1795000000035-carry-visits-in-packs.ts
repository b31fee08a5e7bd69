import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CarryVisitsInPacks1795000000035 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What was taken over from an earlier assessment is no revision of this one: nobody has answered yet.
      alter table assessment_answers drop constraint assessment_answers_revision_check;
      alter table assessment_answers add constraint assessment_answers_revision_check check (revision >= 0);

      -- Out in the field the assessment may be begun before somebody says that the person was met.
      alter table visit_participants drop constraint visit_participants_assessed_when_met;
      alter table visit_participants
        add outcome_revision int not null default 0,
        add outcome_by uuid constraint visit_participants_outcome_by references staff_accounts,
        add assessment_revision int not null default 0,
        add assessment_by uuid constraint visit_participants_assessment_by references staff_accounts,
        add assessment_at timestamptz,
        add constraint visit_participants_assessed_when_met
          check (assessment_id is null or outcome is null or outcome = 'met');
      -- Whoever changes a participant and does not count, is counted.
      create function count_participant_revisions() returns trigger language plpgsql as $$
      begin
        if new.outcome_revision = old.outcome_revision and new.outcome is distinct from old.outcome then
          new.outcome_revision = old.outcome_revision + 1;
        end if;
        if new.assessment_revision = old.assessment_revision and new.assessment_id is distinct from old.assessment_id then
          new.assessment_revision = old.assessment_revision + 1;
        end if;
        return new;
      end $$;
      create trigger visit_participants_revisions before update on visit_participants
        for each row execute function count_participant_revisions();

      create table visit_packs (
        id uuid primary key,
        visit_id uuid not null constraint visit_packs_visit references centre_visits,
        account_id uuid not null constraint visit_packs_account references staff_accounts,
        form_version int not null constraint visit_packs_form references form_versions,
        content text not null,
        issued_at timestamptz not null default clock_now(),
        expires_at timestamptz not null,
        replaced_by uuid constraint visit_packs_replaced_by references visit_packs,
        returned_at timestamptz,
        written_off_at timestamptz,
        written_off_by uuid constraint visit_packs_written_off_by references staff_accounts,
        write_off_reason text,
        constraint visit_packs_written_off_with_reason check (
          (written_off_at is null) = (written_off_by is null) and (written_off_at is null) = (write_off_reason is null))
      );
      comment on table visit_packs is 'person: none';
      comment on column visit_packs.content is 'digest of what the pack holds, with which it is known again';
      comment on column visit_packs.returned_at is 'when operations, or that there are none, last came back with it';
      create index visit_packs_of_visit on visit_packs (visit_id, account_id, issued_at desc);

      -- Who is in a pack, and what it told of them; it outlives the participant, so that a late return is understood.
      create table visit_pack_people (
        pack_id uuid not null constraint visit_pack_people_pack references visit_packs,
        participant_id uuid not null,
        refugee_id uuid not null constraint visit_pack_people_refugee references refugees,
        assessment_id uuid,
        form_version int not null,
        revisions jsonb not null,
        primary key (pack_id, participant_id)
      );
      comment on table visit_pack_people is 'person: refugee_id';
      comment on column visit_pack_people.revisions is 'revision of each field as the pack told it; left out, 0';

      create table visit_devices (
        visit_id uuid not null constraint visit_devices_visit references centre_visits,
        account_id uuid not null constraint visit_devices_account references staff_accounts,
        device_id text not null,
        pack_id uuid not null constraint visit_devices_pack references visit_packs,
        last int not null check (last >= 0),
        primary key (visit_id, account_id, device_id)
      );
      comment on table visit_devices is 'person: none';
      comment on column visit_devices.last is 'how many operations there are by its own count, or by what it sent';
      comment on column visit_devices.pack_id is 'the pack it came with last';

      -- The ids of assessments that devices began, and which assessment each became; null for a person who was erased.
      create table visit_assessment_aliases (
        visit_id uuid not null constraint visit_assessment_aliases_visit references centre_visits,
        alias uuid not null,
        participant_id uuid not null,
        refugee_id uuid not null constraint visit_assessment_aliases_refugee references refugees,
        assessment_id uuid constraint visit_assessment_aliases_assessment references assessments,
        primary key (visit_id, alias)
      );
      comment on table visit_assessment_aliases is 'person: refugee_id';

      -- Everything that came back, in the words of who sent it. Nothing leaves this log but the values of the erased.
      create table visit_operations (
        id uuid primary key,
        visit_id uuid not null constraint visit_operations_visit references centre_visits,
        operation_id uuid not null,
        digest bytea not null,
        pack_id uuid not null constraint visit_operations_pack references visit_packs,
        account_id uuid not null constraint visit_operations_account references staff_accounts,
        device_id text not null,
        seq int not null check (seq > 0),
        subject_type text not null check (subject_type in ('participant', 'assessment')),
        subject_id uuid not null,
        field text not null,
        base_revision int not null check (base_revision >= 0),
        value jsonb,
        attachments text[] not null default '{}',
        at timestamptz not null,
        received_at timestamptz not null default clock_now(),
        refugee_id uuid constraint visit_operations_refugee references refugees,
        target uuid,
        outcome text not null check (outcome in ('applied', 'conflict', 'quarantined')),
        reason text,
        errors jsonb,
        revision int,
        written int,
        decided_at timestamptz,
        decided_by uuid constraint visit_operations_decided_by references staff_accounts,
        taken boolean,
        decision_reason text,
        constraint visit_operations_once unique (visit_id, operation_id, digest),
        constraint visit_operations_quarantined_for_reason check ((outcome = 'quarantined') = (reason is not null)),
        constraint visit_operations_decided check ((decided_at is null) = (taken is null))
      );
      comment on table visit_operations is 'person: refugee_id';
      comment on column visit_operations.refugee_id is 'null while nobody said whose assessment it is of';
      comment on column visit_operations.target is 'participant or assessment it is applied to, once that is known';
      comment on column visit_operations.revision is 'revision the device was told';
      comment on column visit_operations.written is 'revision this operation itself wrote';
      comment on column visit_operations.attachments is 'SHA-256 its value names, in hexadecimal';
      create index visit_operations_of_device on visit_operations (visit_id, account_id, device_id, seq);
      create index visit_operations_of_person on visit_operations (refugee_id);
      create index visit_pack_people_of_person on visit_pack_people (refugee_id);
      create index visit_operations_undecided on visit_operations (visit_id, id)
        where outcome <> 'applied' and decided_at is null;

      create table visit_attachments (
        visit_id uuid not null constraint visit_attachments_visit references centre_visits,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        file_id uuid not null unique constraint visit_attachments_file references files,
        pack_id uuid not null constraint visit_attachments_pack references visit_packs,
        received_at timestamptz not null default clock_now(),
        primary key (visit_id, sha256)
      );
      comment on table visit_attachments is 'person: none';
      comment on column visit_attachments.sha256 is 'whose it is, the operations say that name it';

      create table erased_people (refugee_id uuid primary key, erased_at timestamptz not null default clock_now());
      comment on table erased_people is 'person: none';
      comment on column erased_people.refugee_id is 'an id behind which there is nobody any more';

      grant select, insert on visit_packs, visit_pack_people, visit_devices, visit_assessment_aliases, visit_operations,
        visit_attachments to ankomst_app;
      grant update (replaced_by, returned_at, written_off_at, written_off_by, write_off_reason) on visit_packs to ankomst_app;
      grant update (pack_id, last) on visit_devices to ankomst_app;
      grant update (assessment_id) on visit_assessment_aliases to ankomst_app;
      grant update (value, attachments, refugee_id, target, outcome, reason, errors, revision, written, decided_at, decided_by, taken,
        decision_reason) on visit_operations to ankomst_app;
      grant select on erased_people to ankomst_app;
      grant update (outcome_revision, outcome_by, assessment_revision, assessment_by, assessment_at) on visit_participants to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table erased_people, visit_attachments, visit_operations, visit_assessment_aliases, visit_devices, visit_pack_people, visit_packs;
      drop trigger visit_participants_revisions on visit_participants;
      drop function count_participant_revisions();
      update visit_participants set assessment_id = null where outcome is null;
      alter table visit_participants
        drop constraint visit_participants_assessed_when_met,
        drop outcome_revision, drop outcome_by, drop assessment_revision, drop assessment_by, drop assessment_at,
        add constraint visit_participants_assessed_when_met check (assessment_id is null or outcome = 'met');
      alter table assessment_answers disable trigger assessment_answers_frozen;
      update assessment_answers set revision = 1 where revision = 0;
      alter table assessment_answers enable trigger assessment_answers_frozen;
      alter table assessment_answers drop constraint assessment_answers_revision_check;
      alter table assessment_answers add constraint assessment_answers_revision_check check (revision > 0);
    `);
  }
}
