import type { Language } from '../platform/http/language.js';
import type { BookingForm, BookingState, InvitedHow } from './visits.contract.js';

interface DaySheetTexts {
  title: string;
  consultants: string;
  interpreters: string;
  none: string;
  columns: [
    number: string,
    name: string,
    language: string,
    interpreter: string,
    invited: string,
    notes: string,
  ];
  needed: string;
  notInvited: string;
  forms: Record<BookingForm, string>;
  states: Record<Exclude<BookingState, 'cancelled'>, string>;
  how: Record<InvitedHow, string>;
  cancelled: string;
}

/** The sheet is read by colleagues: in Danish or English. */
export const DAY_SHEET_TEXTS: Record<Language, DaySheetTexts> = {
  da: {
    title: 'Dagsliste',
    consultants: 'Jobkonsulenter',
    interpreters: 'Tolke',
    none: 'Ingen',
    columns: ['Sag', 'Navn', 'Sprog', 'Tolk', 'Inviteret', 'Noter'],
    needed: 'ja',
    notInvited: 'nej',
    forms: { on_site: 'fremmøde', phone: 'telefon', video: 'video' },
    states: { requested: 'bestilt', confirmed: 'bekræftet' },
    how: { letter: 'brev', phone: 'telefon', centre_staff: 'centrets personale', sms: 'sms' },
    cancelled: 'Besøget er aflyst.',
  },
  en: {
    title: 'Day sheet',
    consultants: 'Job consultants',
    interpreters: 'Interpreters',
    none: 'None',
    columns: ['Case', 'Name', 'Language', 'Interpreter', 'Invited', 'Notes'],
    needed: 'yes',
    notInvited: 'no',
    forms: { on_site: 'on site', phone: 'by phone', video: 'by video' },
    states: { requested: 'requested', confirmed: 'confirmed' },
    how: { letter: 'letter', phone: 'phone', centre_staff: 'staff of the centre', sms: 'text message' },
    cancelled: 'The visit is cancelled.',
  },
};
