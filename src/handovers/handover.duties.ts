// No act says how a case is handed over: these days are our own practice.
import { addWorkingDays, type Day } from '../platform/calendar/calendar.js';
import type { Act, Duty, DutyRole, DutyText } from '../reminders/reminders.contract.js';
import type { ReceiverRole } from './case-handovers.contract.js';

/** What there is to do about the handing over of one case, oldest first; what is over stays, and is done. */
export interface HandoverFacts {
  subjectId: string;
  offers: { id: string; toRole: ReceiverRole; on: Day; over: boolean }[];
  questions: { id: string; handoverId: string; on: Day; over: boolean }[];
  /** Operators' forms that raised questions. */
  forms: { id: string; on: Day; over: boolean }[];
}

/** Working days to accept or return a case, to answer a question of the receiver, and to settle an operator's form. */
const RECEIVE_WITHIN = 5;
const ANSWER_WITHIN = 5;
const SETTLE_WITHIN = 5;

const RECEIVE = 'handover.receive';
const ANSWER = 'handover.answer_question';
const SETTLE = 'handover.settle_answers';

export const handoverTexts: Record<string, DutyText> = {
  [RECEIVE]: {
    title: { da: 'Modtag sagen eller send den tilbage', en: 'Accept the case or return it' },
    reason: {
      da: ({ earliestOn, latestOn }) => `Sagen blev tilbudt ${earliestOn}; svar senest ${latestOn}.`,
      en: ({ earliestOn, latestOn }) => `The case was offered on ${earliestOn}; reply by ${latestOn}.`,
    },
    ifNothing: {
      da: 'Ingen ved, om sagen er taget imod, og personen spørges måske igen om det samme.',
      en: 'Nobody knows whether the case is taken over, and the person may be asked the same again.',
    },
  },
  [ANSWER]: {
    title: { da: 'Svar på modtagerens spørgsmål', en: 'Answer the receiver’s question' },
    numbered: true,
    reason: {
      da: ({ earliestOn, latestOn }) =>
        `Sagen kom tilbage med spørgsmålet ${earliestOn}; svar senest ${latestOn}.`,
      en: ({ earliestOn, latestOn }) =>
        `The case came back with the question on ${earliestOn}; answer by ${latestOn}.`,
    },
    ifNothing: {
      da: 'Sagen kan ikke tilbydes igen, før alle spørgsmål er besvaret.',
      en: 'The case cannot be offered again until all questions are answered.',
    },
  },
  [SETTLE]: {
    title: {
      da: 'Afgør, hvad operatøren svarede anderledes',
      en: 'Settle what the operator answered otherwise',
    },
    reason: {
      da: ({ earliestOn, latestOn }) =>
        `Operatørens skema kom ${earliestOn} og siger andet end kladden; vælg senest ${latestOn}.`,
      en: ({ earliestOn, latestOn }) =>
        `The operator’s form came on ${earliestOn} and says otherwise than the draft; choose by ${latestOn}.`,
    },
    ifNothing: {
      da: 'Begge svar bliver stående, og det, der stod først, gælder.',
      en: 'Both answers stay, and the one that stood first holds.',
    },
  },
};

export function handoverDuties({ offers, questions, forms }: HandoverFacts): Duty[] {
  return [
    ...offers.map((offer, i) =>
      duty(RECEIVE, i, offer, offer.toRole, RECEIVE_WITHIN, `case-handovers/${offer.id}/acceptances`),
    ),
    ...questions.map((question, i) =>
      duty(
        ANSWER,
        i,
        question,
        'job_consultant',
        ANSWER_WITHIN,
        `case-handovers/${question.handoverId}/questions/${question.id}/answers`,
      ),
    ),
    ...forms.map((form, i) =>
      duty(SETTLE, i, form, 'job_consultant', SETTLE_WITHIN, `operator-forms/${form.id}/settlements`),
    ),
  ];
}

function duty(
  key: string,
  i: number,
  { on, over }: { on: Day; over: boolean },
  role: DutyRole,
  within: number,
  path: string,
): Duty {
  const act: Act = { method: 'POST', href: `/api/v1/${path}` };
  return {
    key,
    occurrence: i + 1,
    // each stands for itself: none takes another's place
    series: `${key} ${i + 1}`,
    role,
    done: over,
    earliestOn: on,
    targetOn: on,
    latestOn: addWorkingDays(on, within),
    rules: [],
    assumed: [],
    pauses: [],
    act,
  };
}
