import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const legislationProblem = problems('legislation', {
  no_rule_on_date: {
    kind: 'refused',
    da: 'Der er ingen regel for den dag.',
    en: 'There is no rule for that day.',
  },
  unknown_key: {
    kind: 'refused',
    da: 'Ingen regel har den nøgle; en ny række skal føre en kendt regel videre.',
    en: 'No rule has that key; a new row must carry on a known rule.',
  },
  unlike_predecessor: {
    kind: 'refused',
    da: 'Værdien er af en anden slags end reglens tidligere rækker.',
    en: 'The value is of another kind than the earlier rows of the rule.',
  },
  overlaps: {
    kind: 'conflict',
    da: 'Perioden overlapper en anden række med samme nøgle.',
    en: 'The period overlaps another row of the same key.',
    constraint: 'legislation_rules_one_at_a_time',
  },
  ends_before_it_starts: {
    kind: 'refused',
    da: 'Reglen slutter, før den begynder.',
    en: 'The rule ends before it starts.',
    constraint: 'legislation_rules_in_order',
  },
  no_such_suspension: {
    kind: 'not_found',
    da: 'Suspensionen findes ikke.',
    en: 'There is no such suspension.',
  },
  suspension_over: {
    kind: 'conflict',
    da: 'Suspensionen er allerede afsluttet eller trukket tilbage.',
    en: 'The suspension has ended or was withdrawn already.',
  },
  suspension_ends_before_it_starts: {
    kind: 'refused',
    da: 'Suspensionen slutter, før den begynder.',
    en: 'The suspension ends before it starts.',
    constraint: 'deadline_suspensions_in_order',
  },
});

declareRules({
  like_predecessor: {
    da: () => 'skal være af samme slags som reglens tidligere rækker',
    en: () => "must be of the kind of the rule's earlier rows",
  },
});
