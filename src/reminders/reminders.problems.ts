import { problems } from '../platform/http/problem.js';

export const reminderProblem = problems('reminders', {
  no_such_reminder: {
    kind: 'not_found',
    da: 'Mindst én af påmindelserne findes ikke i din indbakke.',
    en: 'At least one of the reminders is not in your inbox.',
  },
  no_such_follow_up: {
    kind: 'not_found',
    da: 'Mindst én af opfølgningerne findes ikke, eller du kan ikke se den.',
    en: 'At least one of the follow-ups does not exist, or you cannot see it.',
  },
  follow_up_ended: {
    kind: 'conflict',
    da: 'Mindst én af opfølgningerne er ikke åben længere.',
    en: 'At least one of the follow-ups is no longer open.',
  },
  to_be_decided: {
    kind: 'refused',
    da: 'Opgaven løses ved at tage stilling til påmindelserne og kan ikke afvises.',
    en: 'The task is done by deciding on the reminders and cannot be dismissed.',
  },
  not_dismissed: {
    kind: 'conflict',
    da: 'Opfølgningen er ikke afvist.',
    en: 'The follow-up is not dismissed.',
  },
  snoozed_into_the_past: {
    kind: 'refused',
    da: 'En opfølgning kan kun udsættes til en dag, der kommer.',
    en: 'A follow-up can only be put off to a day that is still to come.',
  },
  snoozed_too_long: {
    kind: 'refused',
    da: 'En opfølgning kan ikke udsættes til efter den sidste dag, hvor der skal handles.',
    en: 'A follow-up cannot be put off beyond the last day to act.',
  },
  does_not_work_on_the_case: {
    kind: 'refused',
    da: 'Kollegaen arbejder ikke med alle sagerne og kan ikke overtage opfølgningerne.',
    en: 'The colleague does not work on all of the cases and cannot take over the follow-ups.',
  },
});
