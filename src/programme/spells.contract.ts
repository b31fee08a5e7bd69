/** What a spell is of; `work` is ordinary, without subsidy, and a birth is one day. */
export const SPELL_KINDS = [
  'benefit',
  'self_supporting',
  'work',
  'wage_subsidy',
  'education',
  'leave',
  'birth',
  'illness',
  'suspended',
] as const;
export type SpellKind = (typeof SPELL_KINDS)[number];
