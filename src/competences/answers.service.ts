import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ClassificationsService } from '../classifications/classifications.service.js';
import type { Day } from '../platform/calendar/calendar.js';
import type { FieldError } from '../platform/http/problem.js';
import type { Actor } from '../platform/http/access.js';
import { codesIn, codingsIn, wordsIn, type NamedCode } from './answer-codes.js';
import { readAnswer } from './answer-values.js';
import {
  ANSWERS_OF,
  DIRECTIONS,
  WRITE_ANSWERS,
  type StoredAnswers,
  type WrittenAnswer,
} from './answers.queries.js';
import { lackingSense } from './answers.rules.js';
import type { Answers, AnswerSource } from './competences.contract.js';
import { FormVersionsService } from './form-versions.service.js';
import type { FormVersion } from './forms.contract.js';

/** Where answers are from, and who gives them in. */
export interface Answering {
  source: AnswerSource;
  on: Day;
  by: Actor;
}

/** Answers to a form as they were sent, by field. */
export interface SentAnswers {
  form: FormVersion;
  sent: Record<string, unknown>;
}

/** What was sent, as it is kept, and everything that is wrong with it by its path: what has an error is not among the answers. */
export interface ReadAnswers {
  answers: Answers;
  errors: FieldError[];
}

/** Answers that were read, of one assessment. */
export interface ToWrite {
  assessmentId: string;
  form: FormVersion;
  answers: Answers;
  /** The revision each gets, unless it is just the next. */
  revisions?: Record<string, number>;
  /** The day they are from, unless it is that of all. */
  on?: Day;
}

/** What an assessment's form was answered: read from people, checked against its form, and written by one statement. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly forms: FormVersionsService,
    private readonly classifications: ClassificationsService,
  ) {}

  /** The answers of an assessment, with the form they are to. */
  async of(tx: EntityManager, assessmentId: string): Promise<{ form: FormVersion; answers: Answers }> {
    const [{ form_version: version, answers }] = await tx.query<StoredAnswers[]>(ANSWERS_OF, [
      [assessmentId],
    ]);
    return { form: await this.forms.of(tx, version), answers };
  }

  async read(tx: EntityManager, form: FormVersion, sent: Record<string, unknown>): Promise<ReadAnswers> {
    return (await this.readAll(tx, [{ form, sent }]))[0];
  }

  /** Of however many assessments, in as many statements as of one. */
  async readAll(tx: EntityManager, all: SentAnswers[]): Promise<ReadAnswers[]> {
    const read = all.map(({ form, sent }) => readAs(form, sent));
    const named = read.flatMap(({ answers }, i) =>
      codesIn(answers, all[i].form).map((code) => ({ ...code, i })),
    );
    for (const { i, at, field } of await this.unknownAmong(tx, named)) {
      read[i].errors.push({ field: at, rule: 'known' });
      delete read[i].answers[field];
    }
    return read;
  }

  /** Writes answers that were read; gives those that changed. */
  async write(tx: EntityManager, all: ToWrite[], { source, on, by }: Answering): Promise<WrittenAnswer[]> {
    const some = all.filter(({ answers }) => Object.keys(answers).length > 0);
    if (some.length === 0) return [];
    await this.complete(tx, some, by);
    const rows = some.flatMap(({ assessmentId, form, answers, revisions = {}, on: ofItsOwn = on }) =>
      Object.entries(answers).map(([field, value]) => ({
        assessment_id: assessmentId,
        form_version: form.version,
        field,
        revision: revisions[field],
        value,
        source,
        source_on: ofItsOwn,
      })),
    );
    return tx.query<WrittenAnswer[]>(WRITE_ANSWERS, [JSON.stringify(rows), by.id]);
  }

  /** Says of answers that were read what Ankomst itself knows: which way words are written, and who chose a code. */
  async complete(tx: EntityManager, all: ToWrite[], by: Actor): Promise<void> {
    await this.direct(
      tx,
      all.flatMap(({ answers }) => Object.values(answers)),
    );
    await this.attribute(tx, all, by);
  }

  private async unknownAmong<Code extends NamedCode>(tx: EntityManager, named: Code[]): Promise<Code[]> {
    const unknown: Code[] = [];
    for (const scheme of new Set(named.map((one) => one.scheme))) {
      const codes = named.filter((one) => one.scheme === scheme);
      const missing = await this.classifications.unknown(tx, scheme, [
        ...new Set(codes.map(({ code }) => code)),
      ]);
      unknown.push(...codes.filter(({ code }) => missing.includes(code)));
    }
    return unknown;
  }

  /** Who chose a code stays who they are while the code stays. */
  private async attribute(tx: EntityManager, all: ToWrite[], by: Actor): Promise<void> {
    const coded = all.filter(({ answers }) =>
      Object.values(answers).some((value) => codingsIn(value).length > 0),
    );
    if (coded.length === 0) return;
    const rows = await tx.query<StoredAnswers[]>(ANSWERS_OF, [coded.map(({ assessmentId }) => assessmentId)]);
    const stood = new Map(rows.map(({ id, answers }) => [id, answers]));
    for (const { assessmentId, answers } of coded)
      for (const [name, value] of Object.entries(answers)) {
        const before = codingsIn(stood.get(assessmentId)?.[name]);
        for (const coding of codingsIn(value)) {
          const same = before.find(
            ({ scheme, code, sure }) =>
              scheme === coding.scheme && code === coding.code && sure === coding.sure,
          );
          coding.by ||= same?.by ?? by.id;
        }
      }
  }

  /** Says which way the person's words are written. */
  private async direct(tx: EntityManager, values: unknown[]): Promise<void> {
    const words = values.flatMap(wordsIn).filter(({ language }) => language !== null);
    if (words.length === 0) return;
    const rows = await tx.query<{ code: string; direction: 'ltr' | 'rtl' }[]>(DIRECTIONS, [
      words.map(({ language }) => language),
    ]);
    const directions = new Map(rows.map(({ code, direction }) => [code, direction]));
    for (const one of words) one.direction = directions.get(one.language!) ?? null;
  }
}

function readAs({ fields }: FormVersion, sent: Record<string, unknown>): ReadAnswers {
  const answers: Answers = {};
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const field = fields.find((one) => one.name === name);
    const answer = field
      ? readAnswer(field, value, name)
      : { value: null, errors: [{ field: name, rule: 'unknown' }] };
    const wrong = field && answer.errors.length === 0 ? lackingSense(field, answer.value) : answer.errors;
    errors.push(...wrong);
    if (wrong.length === 0) answers[name] = answer.value;
  }
  return { answers, errors };
}
