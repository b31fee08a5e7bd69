import type { DraftAssessment } from '../src/competences/dto/assessment.dto.js';
import type { DraftContract } from '../src/programme/dto/contract.dto.js';
import type { RegisterRefugee } from '../src/refugees/dto/refugee.dto.js';
import type { Person } from './people.js';

/** The age at which a schooling of this ISCED level usually ends. */
const ENDS_AT: Record<string, number> = { '1': 12, '2': 16, '3': 18, '5': 21, '6': 22 };
const LAST_YEAR_AT_HOME = 2023;

/** What the register is told of a person, but for the days of the case. */
export function registrationOf(person: Person): RegisterRefugee {
  const { asylumPersonId, givenNames, familyName, bornOn, sex, nationality } = person;
  const { motherTongue, languages, interpreter, household } = person;
  return {
    asylumPersonId,
    givenNames,
    familyName,
    bornOn,
    sex,
    nationality,
    motherTongue,
    languages,
    interpreter,
    household,
  };
}

/** What the person tells at the asylum centre. */
export function assessmentOf(person: Person): DraftAssessment {
  const { motherTongue, languages, interpreter, occupation, nationality, bornOn } = person;
  const born = Number(bornOn.slice(0, 4));
  const country = nationality === 'XX' ? 'LB' : nationality;
  const endedYear = Math.min(born + ENDS_AT[occupation.level], LAST_YEAR_AT_HOME);
  const isLiterate = occupation.level !== '1';
  const answers = {
    interpreter: { present: interpreter.needed, language: interpreter.language },
    languages: [
      {
        language: motherTongue,
        motherTongue: true,
        spoken: 'C2',
        read: isLiterate ? 'C1' : 'A2',
        written: isLiterate ? 'C1' : 'A1',
        readsLatinScript: motherTongue === 'som' || motherTongue === 'swa' || isLiterate,
      },
      ...languages.map((language) => ({ language, motherTongue: false, spoken: 'B1', read: 'A2' })),
    ],
    schooling: [
      {
        level: occupation.level,
        field: occupation.field,
        danish: 'Skole og uddannelse hjemme',
        country,
        endedYear,
        documents: occupation.level === '6' ? 'copy' : 'lost',
        recognition: occupation.level === '6' ? 'applied' : 'none',
      },
    ],
    work: [
      {
        words: { text: occupation.ownWords, language: 'eng' },
        danish: occupation.danish,
        coded: { scheme: 'isco08', code: occupation.code, sure: 'likely' },
        evidence: { grade: 'described', source: 'person' },
        country,
        years: Math.min(LAST_YEAR_AT_HOME - endedYear, 15),
        lastYear: LAST_YEAR_AT_HOME,
      },
    ],
    skills: [
      {
        words: { text: occupation.skill, language: 'eng' },
        evidence: { grade: 'described', source: 'person' },
      },
    ],
    licences: { unknown: true },
    computer: isLiterate ? 'alone' : 'with_help',
    wishes: { words: { text: occupation.goal, language: 'eng' } },
    wished_occupations: [{ scheme: 'isco08', code: occupation.code }],
    hours_per_week: 37,
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  };
  return { answers };
}

export function contractOf({ occupation, household }: Person): DraftContract {
  const { code, goal } = occupation;
  return {
    goals: [{ kind: 'employment', description: goal, occupation: code }],
    activities: [
      { kind: 'danish_course', description: 'Danish course', hoursPerWeek: 15 },
      { kind: 'internship', description: 'Company internship', hoursPerWeek: 22 },
      ...(household.childcare === 'needed'
        ? [{ kind: 'other' as const, description: 'A place in day care' }]
        : []),
    ],
  };
}
