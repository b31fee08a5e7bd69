import type { Language } from '../platform/http/language.js';
import type { Mail } from '../platform/mail/mailer.js';
import type { TokenToSend } from './passwords.queries.js';

interface Words {
  subject: string;
  dear: string;
  why: string;
  how: string;
  otherwise: string;
}

const WORDS: Record<Language, Record<TokenToSend['purpose'], Words>> = {
  da: {
    invitation: {
      subject: 'Velkommen til Ankomst: vælg en adgangskode',
      dear: 'Hej',
      why: 'Der er oprettet en konto til dig i Ankomst.',
      how: 'Vælg en adgangskode her, senest',
      otherwise: 'Er linket udløbet, så bed om en ny adgangskode på samme side.',
    },
    reset: {
      subject: 'Ankomst: vælg en ny adgangskode',
      dear: 'Hej',
      why: 'Du har bedt om at vælge en ny adgangskode til Ankomst.',
      how: 'Vælg den her, senest',
      otherwise: 'Har du ikke bedt om det, skal du ikke gøre noget: din adgangskode gælder stadig.',
    },
  },
  en: {
    invitation: {
      subject: 'Welcome to Ankomst: choose a password',
      dear: 'Hello',
      why: 'An account at Ankomst has been opened for you.',
      how: 'Choose a password here, no later than',
      otherwise: 'If the link has expired, ask for a new password on the same page.',
    },
    reset: {
      subject: 'Ankomst: choose a new password',
      dear: 'Hello',
      why: 'You asked to choose a new password for Ankomst.',
      how: 'Choose it here, no later than',
      otherwise: 'If you did not ask for it, do nothing: your password is still the same.',
    },
  },
};

/** The token stands behind a #, which no browser sends on: it reaches no log of any server. */
export function passwordMail(to: TokenToSend, token: string, publicUrl: string): Mail {
  const words = WORDS[to.language][to.purpose];
  const until = new Intl.DateTimeFormat(to.language === 'da' ? 'da-DK' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Copenhagen',
  }).format(to.expires_at);
  return {
    // Each sending has a token of its own, so it is a mail of its own.
    messageId: `password-${to.id}-${to.attempts}@ankomst`,
    to: to.email,
    subject: words.subject,
    text: [
      `${words.dear} ${to.name}`,
      words.why,
      `${words.how} ${until}:`,
      `${publicUrl}/passwords#token=${token}`,
      words.otherwise,
    ].join('\n\n'),
  };
}
