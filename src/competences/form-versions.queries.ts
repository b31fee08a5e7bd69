import type { List } from '../platform/http/paging.js';
import type { FormVersion } from './forms.contract.js';

export interface FormRow extends FormVersion {
  published_by: { id: string; name: string } | null;
  published_at: Date;
}

const FORM = `
  f.version, f.published_at,
  case when a.id is not null then json_build_object('id', a.id, 'name', a.name) end as published_by,
  (select json_agg(json_build_object('name', q.name, 'meaning', q.meaning, 'kind', q.kind, 'label', q.label,
            'requiredFor', q.required_for, 'bounds', q.bounds, 'options', q.options, 'replaces', q.replaces)
          order by q.position)
   from form_fields q where q.version = f.version) as fields`;
const FORMS = 'from form_versions f left join staff_accounts a on a.id = f.published_by';

export const FORM_VERSIONS = {
  name: 'form-versions',
  select: `f.id, ${FORM}`,
  from: FORMS,
  sorts: { version: { sql: 'f.version', type: 'int' } },
  first: '-version',
  id: { sql: 'f.id', type: 'uuid' },
} satisfies List;

export const FORM_BY_VERSION = `select ${FORM} ${FORMS} where f.version = $1`;

export const CURRENT_VERSION = 'select max(version) as version from form_versions';

/** Until the transaction ends no other version is published; who reads forms does not wait. */
export const ONE_PUBLISHER = `select pg_advisory_xact_lock(hashtext('ankomst.forms'))`;

/** `$1` version, `$2` how many fields, `$3` who publishes; gives its id. */
export const INSERT_FORM =
  'insert into form_versions (version, field_count, published_by) values ($1, $2, $3) returning id';

/** `$1` version, `$2` its fields as JSON, in order. */
export const INSERT_FIELDS = `
  insert into form_fields (version, name, meaning, position, kind, label, required_for, bounds, options, replaces)
  select $1, f->>'name', f->>'meaning', ordinality, f->>'kind', f->'label', f->>'requiredFor',
         nullif(f->'bounds', 'null'), nullif(f->'options', 'null'), nullif(f->'replaces', 'null')
  from jsonb_array_elements($2::jsonb) with ordinality as f (f, ordinality)`;
