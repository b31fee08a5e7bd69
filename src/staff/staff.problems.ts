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
  too_many_tries: {
    kind: 'limited',
    da: 'For mange forsøg. Prøv igen senere.',
    en: 'Too many tries. Try again later.',
  },
  no_such_session: {
    kind: 'not_found',
    da: 'Du har ingen sådan session.',
    en: 'You have no such session.',
  },
  password_token_refused: {
    kind: 'unauthenticated',
    da: 'Linket er brugt eller udløbet. Bed om et nyt.',
    en: 'The link was used or has expired. Ask for a new one.',
  },
  current_password_wrong: {
    kind: 'refused',
    da: 'Den nuværende adgangskode er forkert.',
    en: 'The current password is wrong.',
  },
  password_is_own_name: {
    kind: 'refused',
    da: 'Adgangskoden må ikke være dit navn eller din e-mail.',
    en: 'The password cannot be your name or e-mail.',
  },
  no_such_account: {
    kind: 'not_found',
    da: 'Kontoen findes ikke.',
    en: 'There is no such account.',
  },
  unit_not_led: {
    kind: 'not_found',
    da: 'Enheden findes ikke, eller du leder den ikke i dag.',
    en: 'There is no such unit, or you do not lead it today.',
  },
  no_such_deputy: {
    kind: 'refused',
    da: 'En stedfortræder er en kollega i enheden med åben konto og samme rolle; en leders må være fra en anden.',
    en: "A deputy is a colleague of the unit with an open account and the same role; a leader's may be of another.",
  },
  last_administrator: {
    kind: 'conflict',
    da: 'Der skal være en administrator.',
    en: 'There must be an administrator.',
  },
  role_not_allowed: {
    kind: 'forbidden',
    da: 'Din rolle giver ikke adgang til denne handling.',
    en: 'Your role does not give access to this.',
    reach: 'signed in',
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
