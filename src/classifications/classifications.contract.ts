/** Classifications that codes are kept of; those of ESCO are empty until it is imported. */
export type KnownScheme =
  | 'isco08'
  | 'isced_level'
  | 'isced_field'
  | 'esco_skill_group'
  | 'esco_occupation'
  | 'esco_skill'
  | 'cefr'
  | 'language'
  | 'country';
