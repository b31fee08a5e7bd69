import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeliverByEveryChannel1795000000025 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Claims that never came back: a mail that kills whoever sends it does not do so for ever.
      alter table reminders add column lost int not null default 0;
      -- What a person has to decide on.
      create index reminders_undelivered on reminders (follow_up_id) where channel = 'email' and state in ('failed', 'unsure');
      -- Both channels are woken by themselves, so that mails that wait hold up no inbox.
      drop index reminders_due;
      create index reminders_due on reminders (channel, due_at, id) where state in ('planned', 'sending');

      -- Invitations and resets go out as every mail does; how they end for their owner stands in ended_because as before.
      alter table password_tokens
        add column state text not null default 'planned' check (state in ('planned', 'sending', 'sent', 'unsure', 'failed', 'cancelled')),
        add column lost int not null default 0,
        add column claimed_at timestamptz,
        add column not_sent_because text;
      update password_tokens set state = case
        when sent_at is not null then 'sent' when ended_because = 'not sent' then 'failed' when ended_at is not null then 'cancelled'
        else 'planned' end;
      drop index password_tokens_to_send;
      create index password_tokens_to_send on password_tokens (asked_at) where state in ('planned', 'sending') and ended_at is null;
      grant update (state, lost, claimed_at, not_sent_because) on password_tokens to ankomst_app;

      -- One mail a day for who wants that instead of a mail for each reminder.
      create table digests (
        id uuid primary key default uuidv7(),
        account_id uuid not null constraint digests_account references staff_accounts,
        on_day date not null,
        state text not null default 'planned' check (state in ('planned', 'sending', 'sent', 'unsure', 'failed', 'cancelled')),
        attempts int not null default 0,
        lost int not null default 0,
        claimed_at timestamptz,
        retry_at timestamptz,
        sent_at timestamptz,
        not_sent_because text,
        constraint digests_once unique (account_id, on_day)
      );
      comment on table digests is 'person: none';
      create index digests_due on digests (id) where state in ('planned', 'sending');
      grant select, insert, delete on digests to ankomst_app;
      grant update (state, attempts, lost, claimed_at, retry_at, sent_at, not_sent_because) on digests to ankomst_app;
      update plans set stale = true;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table digests;
      drop index password_tokens_to_send;
      create index password_tokens_to_send on password_tokens (asked_at) where sent_at is null and ended_at is null;
      alter table password_tokens
        drop column state, drop column lost, drop column claimed_at, drop column not_sent_because;
      drop index reminders_due, reminders_undelivered;
      create index reminders_due on reminders (due_at, id) where state in ('planned', 'sending');
      alter table reminders drop column lost;
    `);
  }
}
