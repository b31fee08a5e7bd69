import type { PracticeTerms } from './practice.rules.js';

/** What a follow-up says of the practice it follows from. */
export interface PracticeOfFollowUp extends Pick<PracticeTerms, 'title' | 'reason'> {
  ruleId: string;
  versionId: string;
  number: number;
}

/** That of the follow-up `f`; null when the law asks for it. */
export const PRACTICE = `
  (select json_build_object('ruleId', p.rule_id, 'versionId', p.id, 'number', p.number, 'title', p.terms->'title',
     'reason', p.terms->'reason') from practice_rule_versions p where p.id = f.practice_version_id)`;
