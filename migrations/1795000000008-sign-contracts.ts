import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SignContracts1795000000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table integration_contracts (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint integration_contracts_refugee references refugees,
        goal text not null,
        activities text not null,
        drafted_at timestamptz not null default clock_now(),
        signed_on date,
        signed_by uuid constraint integration_contracts_signed_by references staff_accounts,
        constraint integration_contracts_one unique (refugee_id),
        constraint integration_contracts_signed check ((signed_on is null) = (signed_by is null))
      );
      comment on table integration_contracts is 'person: refugee_id';
      grant select, insert, update on integration_contracts to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table integration_contracts;');
  }
}
