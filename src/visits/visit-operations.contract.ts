/** What became of an operation, as its sender hears it; `duplicate` is one that came before. */
export const ANSWERED = ['applied', 'duplicate', 'conflict', 'quarantined'] as const;
export type Answered = (typeof ANSWERED)[number];
/** What stands in the log. */
export type Outcome = Exclude<Answered, 'duplicate'>;

/** Why an operation stands aside until a person decides. */
export const REASONS = {
  access_revoked: {
    da: 'Kontoen arbejder ikke længere med sagen.',
    en: 'The account does not work on the case any more.',
  },
  form_replaced: {
    da: 'Svaret er på en anden udgave af skemaet.',
    en: 'The answer is to another version of the form.',
  },
  signed: { da: 'Kompetenceafklaringen er underskrevet.', en: 'The assessment is signed.' },
  no_such_participant: {
    da: 'Personen er ikke på besøget.',
    en: 'The person is no participant of the visit.',
  },
  amending_older: {
    da: 'En ændring af en ældre kompetenceafklaring er åben: underskriv den, og tag så operationen ind.',
    en: 'An amendment of an older assessment is open: sign it, then take the operation in.',
  },
  unknown_assessment: {
    da: 'Ingen har sagt, hvis kompetenceafklaring det er; tages ind, når kontoens enheder siger det.',
    en: 'Nobody has said whose assessment it is; it is taken in once a device of the account says so.',
  },
  assessment_without_meeting: {
    da: 'Kun en deltager, der blev mødt, har en kompetenceafklaring; tages ind, når kontoens enheder siger, at personen blev mødt.',
    en: 'Only a participant who was met has an assessment; it is taken in once a device of the account says that they were.',
  },
  no_such_field: { da: 'Feltet findes ikke.', en: 'There is no such field.' },
  invalid_value: { da: 'Værdien kan ikke bruges.', en: 'The value cannot be used.' },
  seq_taken: {
    da: 'Enheden har brugt nummeret til en anden operation.',
    en: 'The device used the number for another operation.',
  },
  id_reused: {
    da: 'Id’et er brugt til en operation med et andet indhold.',
    en: 'The id was used for an operation with other content.',
  },
  erased: {
    da: 'Personen er slettet; værdien er ikke gemt.',
    en: 'The person was erased; the value is not kept.',
  },
} as const;
export type Reason = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as Reason[];

/** What an operation can be about. */
export const SUBJECT_TYPES = ['participant', 'assessment'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** Fields of a participant: how the meeting ended, and the id of the assessment it brought. */
export const PARTICIPANT_FIELDS = ['outcome', 'assessmentId'] as const;
export type ParticipantField = (typeof PARTICIPANT_FIELDS)[number];

/** The most operations a request may bring. */
export const MOST_OPERATIONS = 500;
