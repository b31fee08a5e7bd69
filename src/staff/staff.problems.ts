import { problems } from '../platform/http/problem.js';

export const staffProblem = problems('staff', {
  sign_in_refused: {
    kind: 'unauthenticated',
    da: 'E-mail eller adgangskode er forkert, eller kontoen er lukket.',
    en: 'The e-mail or password is wrong, or the account is closed.',
  },
  refresh_refused: {
    kind: 'unauthenticated',
    da: 'Sessionen er slut. Log ind igen.',
    en: 'The session is over. Sign in again.',
  },
  role_not_allowed: {
    kind: 'forbidden',
    da: 'Din rolle giver ikke adgang til denne handling.',
    en: 'Your role does not give access to this.',
  },
  email_taken: {
    kind: 'conflict',
    da: 'Der findes allerede en konto med den e-mail.',
    en: 'There is an account with this e-mail already.',
    constraint: 'staff_accounts_email',
  },
  unknown_unit: {
    kind: 'refused',
    da: 'Enheden findes ikke.',
    en: 'There is no such unit.',
    constraint: 'staff_accounts_unit',
  },
});
