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
      create function keep_signed_contract() returns trigger language plpgsql as $$
      begin
        if old.signed_on is not null then
          raise exception 'a signed contract stays as it is'
            using errcode = 'restrict_violation', constraint = 'integration_contracts_frozen', table = 'integration_contracts';
        end if;
        return coalesce(new, old);
      end $$;
      create trigger integration_contracts_frozen before update or delete on integration_contracts
        for each row execute function keep_signed_contract();
      grant select, insert on integration_contracts to ankomst_app;
      grant update (version, goal, activities, signed_on, signed_by) on integration_contracts to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table integration_contracts; drop function keep_signed_contract();');
  }
}
