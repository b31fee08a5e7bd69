import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource, MigrationExecutor } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { provision } from '../scripts/provision.js';
import { connection } from '../src/platform/database/database.module.js';
import { startApp, type TestApp } from './support/app.js';

const APP = 'ankomst_app';
const FORBIDDEN = '42501';

/** Everything in the schema as lines of text, in no order of creation. */
const SCHEMA = `
  with space as (select oid from pg_namespace where nspname = 'public'),
  extension_member as (select classid, objid from pg_depend where deptype = 'e'),
  relation as (
    select c.* from pg_class c join space on space.oid = c.relnamespace
    where (c.tableoid, c.oid) not in (select * from extension_member)
  ),
  routine as (
    select p.* from pg_proc p join space on space.oid = p.pronamespace
    where (p.tableoid, p.oid) not in (select * from extension_member)
  ),
  type as (
    select t.* from pg_type t join space on space.oid = t.typnamespace
    where t.typtype in ('e', 'd', 'r') and (t.tableoid, t.oid) not in (select * from extension_member)
  )
  select line from (
    select format('extension %s', extname) from pg_extension
    union all
    select format('relation %s (%s) of %s: %s', relname, relkind, relowner::regrole, obj_description(oid, 'pg_class'))
    from relation where relkind <> 'i'
    union all
    select format('column %s.%s: %s %s%s collation %s default %s %s%s: %s', relname, attname,
      row_number() over (partition by attrelid order by attnum), format_type(atttypid, atttypmod),
      case when attnotnull then ' not null' end, attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid),
      attidentity, attgenerated, col_description(attrelid, attnum))
    from relation join pg_attribute a on attrelid = relation.oid
    left join pg_attrdef d on d.adrelid = attrelid and d.adnum = attnum
    where relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped
    union all
    select format('constraint %s on %s: %s', conname, relname, pg_get_constraintdef(k.oid))
    from relation join pg_constraint k on conrelid = relation.oid
    union all
    select pg_get_indexdef(oid) from relation where relkind = 'i'
    union all
    select format('view %s: %s', relname, pg_get_viewdef(oid)) from relation where relkind in ('v', 'm')
    union all
    select format('sequence %s: %s', relname, s)
    from relation join (select seqrelid, row(seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcycle) as s
                        from pg_sequence) as s on seqrelid = relation.oid
    union all
    select format('%s of %s: %s', pg_get_functiondef(oid), proowner::regrole, obj_description(oid, 'pg_proc'))
    from routine where prokind in ('f', 'p')
    union all
    select pg_get_triggerdef(t.oid) from relation join pg_trigger t on tgrelid = relation.oid where not tgisinternal
    union all
    select format('policy %s on %s: %s', p.polname, relname, pg_get_expr(p.polqual, p.polrelid))
    from relation join pg_policy p on p.polrelid = relation.oid
    union all
    select format('type %s (%s): %s', typname, typtype,
      (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = type.oid))
    from type
    union all
    select format('%s: %s for %s', what, privilege_type, case grantee when 0 then 'public' else grantee::regrole::text end)
    from (
      select 'grant on ' || relname as what, coalesce(relacl, acldefault('r', relowner)) as acl from relation where relkind <> 'i'
      union all
      select format('grant on %s.%s', relname, attname), attacl from relation join pg_attribute on attrelid = relation.oid
      union all
      select format('grant on %s', routine.oid::regprocedure), coalesce(proacl, acldefault('f', proowner)) from routine
      union all
      select 'grant on ' || typname, coalesce(typacl, acldefault('T', typowner)) from type
    ) as granted, aclexplode(acl)
  ) as lines(line)
  order by line collate "C"`;

const TABLES = `
  select relname as name, obj_description(c.oid, 'pg_class') as comment,
    (select json_object_agg(attname, format_type(atttypid, atttypmod)) from pg_attribute
     where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
    (select coalesce(json_agg(json_build_object('to', confrelid::regclass::text, 'columns',
       (select json_agg(attname) from pg_attribute where attrelid = conrelid and attnum = any(conkey)))), '[]')
     from pg_constraint where conrelid = c.oid and contype = 'f') as references
  from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm') order by relname`;

interface Table {
  name: string;
  comment: string | null;
  columns: Record<string, string>;
  references: { to: string; columns: string[] }[];
}

describe('the schema', () => {
  let empty: DataSource;
  let app: TestApp;

  beforeAll(async () => {
    const { migrationDatabaseUrl } = await provision(process.env.TEST_ADMIN_URL!, {
      database: `schema_${randomUUID().replaceAll('-', '')}`,
      ownerPassword: 'owner',
      appPassword: 'app',
    });
    empty = await new DataSource({ ...connection(migrationDatabaseUrl, 2), migrations }).initialize();
    app = await startApp();
  });
  afterAll(async () => {
    const { database } = empty.driver;
    await empty.destroy();
    await app.close();
    const admin = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL });
    await admin.connect();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  });

  /** The table of migrations itself stays when all are undone. */
  const schema = async () =>
    (await empty.query<{ line: string }[]>(SCHEMA))
      .map(({ line }) => line)
      .filter((line) => !/\bmigrations(_id_seq)?\b/.test(line));

  test('is after each step down what it was before that step up, and after up again the same', async () => {
    const executor = new MigrationExecutor(empty);
    const steps = [];
    for (const migration of await executor.getPendingMigrations()) {
      steps.push({ name: migration.name, before: await schema() });
      await executor.executeMigration(migration);
    }
    const whole = await schema();
    expect(steps).toHaveLength(migrations.length);
    expect(whole.length).toBeGreaterThan(migrations.length);

    for (const { name, before } of steps.toReversed()) {
      await empty.undoLastMigration({ transaction: 'each' });
      expect({ name, schema: await schema() }).toEqual({ name, schema: before });
    }
    await empty.runMigrations({ transaction: 'each' });
    expect(await schema()).toEqual(whole);
  });

  // Foreign keys, checks and comments stand in the migrations alone: an entity would only say them again.
  test('has the columns, defaults, keys and indexes of the entities', async () => {
    const entities = app.app.get(DataSource).entityMetadatas.map(({ target }) => target);
    expect(entities.length).toBeGreaterThan(0);
    await empty.runMigrations({ transaction: 'each' });
    const { url } = empty.options as { url: string };
    const owner = await new DataSource({ ...connection(url, 1), entities }).initialize();
    try {
      const { upQueries } = await owner.driver.createSchemaBuilder().log();
      const own = await owner.query<{ name: string }[]>(
        `select conname as name from pg_constraint where contype in ('f', 'c', 'x')`,
      );
      const drift = upQueries
        .map(({ query }) => query)
        .filter((query) => !query.startsWith('COMMENT ON TABLE'))
        .filter((query) => !own.some(({ name }) => query.endsWith(`DROP CONSTRAINT "${name}"`)));
      expect(drift).toEqual([]);
    } finally {
      await owner.destroy();
    }
  });

  test('says of every table how it leads to a person', async () => {
    const all = await app.database.asOwner<Table>(TABLES);
    expect(all.flatMap((table) => faultOf(table, all) ?? [])).toEqual([]);
  });

  describe('the serving role', () => {
    test('is no superuser and has no rights beyond its tables', async () => {
      const [role] = await app.database.asOwner(
        `select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
           (select count(*)::int from pg_auth_members where member = r.oid) as memberships
         from pg_roles r where rolname = '${APP}'`,
      );
      expect(role).toEqual({
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
        rolbypassrls: false,
        memberships: 0,
      });
    });

    test('owns nothing', async () => {
      const owned = await app.database.asOwner(
        `select relname as name from pg_class where relowner = '${APP}'::regrole and relnamespace = 'public'::regnamespace
         union all select proname from pg_proc where proowner = '${APP}'::regrole
         union all select nspname from pg_namespace where nspowner = '${APP}'::regrole
         union all select datname from pg_database where datdba = '${APP}'::regrole`,
      );
      expect(owned).toEqual([]);
    });

    test.each(['timeline', 'read_log', 'sign_in_events'])('only adds to %s', async (table) => {
      const [{ column }] = await app.database.asOwner<{ column: string }>(
        `select attname as column from pg_attribute where attrelid = $1::regclass and attnum = 1`,
        [table],
      );
      for (const statement of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        await expect(app.database.asApp(statement)).rejects.toMatchObject({ code: FORBIDDEN });
      }
    });

    test('truncates no table, makes none and does not move the clock', async () => {
      const truncatable = await app.database.asOwner(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
           and has_table_privilege('${APP}', oid, 'truncate')`,
      );
      expect(truncatable).toEqual([]);
      for (const statement of ['create table own (id int)', `update clock set ahead = '1 day'`]) {
        await expect(app.database.asApp(statement)).rejects.toMatchObject({ code: FORBIDDEN });
      }
    });
  });
});

/**
 * What is wrong with a table's comment: `person: none`, or `person: <column>`, or with further steps,
 * `person: <column> -> <table>.<column>`, each along a foreign key, until one that refers to `refugees`.
 */
function faultOf(table: Table, all: Table[]): string | undefined {
  const path = /^person: (\S.*)$/.exec(table.comment ?? '')?.[1];
  if (!path) return `${table.name} lacks a comment "person: …"`;
  if (path !== 'none') return faultOfPath(table, path.split(' -> '), all);
  const leading = table.references.find(({ to }) =>
    all.some(({ name, comment }) => name === to && comment !== 'person: none'),
  );
  return leading && `${table.name} says "none" but refers to ${leading.to}`;
}

function faultOfPath(table: Table, [step, ...further]: string[], all: Table[]): string | undefined {
  const column = step.slice(step.indexOf('.') + 1);
  const type = table.columns[column];
  if (!type) return `${table.name} has no column ${column}`;
  const reached = table.references.filter(({ columns }) => columns.includes(column)).map(({ to }) => to);
  if (further.length === 0) {
    // an array of ids cannot have a foreign key
    const isPerson =
      reached.includes('refugees') || type === 'uuid[]' || `${table.name}.${column}` === 'refugees.id';
    return isPerson ? undefined : `${table.name}.${column} does not refer to refugees`;
  }
  const next = further[0].split('.')[0];
  const target = all.find(({ name }) => name === next);
  if (!target || !reached.includes(next)) return `${table.name}.${column} does not refer to ${next}`;
  return faultOfPath(target, further, all);
}
