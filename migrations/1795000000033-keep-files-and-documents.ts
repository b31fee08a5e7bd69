import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepFilesAndDocuments1795000000033 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What the file store holds, by the name it lies under there: a row is written once its bytes are safe. Whose a file
      -- is, says the row that points at it. The row stays when the bytes are removed, as what is known of them.
      create table files (
        id uuid primary key,
        sha256 bytea not null check (length(sha256) = 32),
        bytes int not null check (bytes > 0),
        media_type text not null,
        stored_as text not null constraint files_stored_as unique check (stored_as ~ '^[0-9a-f]{32}$'),
        stored_at timestamptz not null default clock_now(),
        let_go_at timestamptz,
        removed_at timestamptz,
        check (removed_at is null or let_go_at is not null)
      );
      comment on table files is 'person: none';
      create index files_let_go on files (let_go_at) where let_go_at is not null and removed_at is null;
      grant select, insert (id, sha256, bytes, media_type, stored_as), update (let_go_at, removed_at)
        on files to ankomst_app;
    `);
    await db.query(`
      -- The id is its sender's, who may send it again. A document that was added by mistake is withdrawn, with a reason.
      create table case_documents (
        id uuid primary key,
        refugee_id uuid not null constraint case_documents_refugee references refugees,
        kind text not null check (kind in ('permit_letter', 'signed_contract', 'statement', 'certificate',
                                           'school_paper', 'work_paper', 'other')),
        name text not null check (length(name) between 1 and 200),
        file_id uuid not null unique constraint case_documents_file references files,
        added_by uuid not null constraint case_documents_added_by references staff_accounts,
        added_at timestamptz not null default clock_now(),
        withdrawn_by uuid constraint case_documents_withdrawn_by references staff_accounts,
        withdrawn_at timestamptz,
        withdrawn_because text,
        check (num_nonnulls(withdrawn_by, withdrawn_at, withdrawn_because) in (0, 3))
      );
      comment on table case_documents is 'person: refugee_id';
      create index case_documents_of_case on case_documents (refugee_id, added_at, id);
      create trigger case_documents_withdrawn before update or delete on case_documents
        for each row when (old.withdrawn_at is not null) execute function keep_frozen('case_documents_withdrawn');
      grant select, insert (id, refugee_id, kind, name, file_id, added_by),
        update (withdrawn_by, withdrawn_at, withdrawn_because) on case_documents to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table case_documents, files;');
  }
}
