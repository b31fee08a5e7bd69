import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ClassificationsService } from '../classifications/classifications.service.js';
import type { Day } from '../platform/calendar/calendar.js';
import type { FieldError } from '../platform/http/problem.js';
import type { Actor } from '../platform/http/access.js';
import { codesIn, codingsIn, wordsIn } from './answer-codes.js';
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

/** What an assessment's form was answered: read from people, checked against its form, and written by one statement. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly forms: FormVersionsService,
    private readonly classifications: ClassificationsService,
  ) {}

  /** The answers of an assessment, with the form they are to. */
  async of(tx: EntityManager, assessmentId: string): Promise<{ form: FormVersion; answers: Answers }> {
    const [{ form_version: version, answers }] = await tx.query<StoredAnswers[]>(ANSWERS_OF, [assessmentId]);
    return { form: await this.forms.of(tx, version), answers };
  }

  /** What was sent, as it is kept, and everything that is wrong with it by its path: what has an error is not among the answers. */
  async read(
    tx: EntityManager,
    form: FormVersion,
    sent: Record<string, unknown>,
  ): Promise<{ answers: Answers; errors: FieldError[] }> {
    const answers: Answers = {};
    const errors: FieldError[] = [];
    for (const [name, value] of Object.entries(sent)) {
      const field = form.fields.find((one) => one.name === name);
      const answer = field
        ? readAnswer(field, value, name)
        : { value: null, errors: [{ field: name, rule: 'unknown' }] };
      const wrong = field && answer.errors.length === 0 ? lackingSense(field, answer.value) : answer.errors;
      errors.push(...wrong);
      if (wrong.length === 0) answers[name] = answer.value;
    }
    for (const { field } of await this.unknownCodes(tx, form, answers)) {
      errors.push({ field, rule: 'known' });
      delete answers[/^[a-z0-9_]+/.exec(field)![0]];
    }
    return { answers, errors };
  }

  /** Writes answers that were read; gives those that changed. */
  async write(
    tx: EntityManager,
    assessmentId: string,
    form: FormVersion,
    answers: Answers,
    { source, on, by }: Answering,
  ): Promise<WrittenAnswer[]> {
    if (Object.keys(answers).length === 0) return [];
    const stood = (await this.of(tx, assessmentId)).answers;
    for (const [name, value] of Object.entries(answers)) {
      await this.direct(tx, value);
      // Who chose a code stays who they are while the code stays.
      const before = codingsIn(stood[name]);
      for (const coded of codingsIn(value)) {
        const same = before.find(
          ({ scheme, code, sure }) => scheme === coded.scheme && code === coded.code && sure === coded.sure,
        );
        coded.by ||= same?.by ?? by.id;
      }
    }
    return tx.query<WrittenAnswer[]>(WRITE_ANSWERS, [
      assessmentId,
      form.version,
      JSON.stringify(answers),
      source,
      on,
      by.id,
    ]);
  }

  private async unknownCodes(
    tx: EntityManager,
    form: FormVersion,
    answers: Answers,
  ): Promise<{ field: string }[]> {
    const named = codesIn(answers, form);
    const schemes = [...new Set(named.map(({ scheme }) => scheme))];
    const unknown: { field: string }[] = [];
    for (const scheme of schemes) {
      const codes = named.filter((one) => one.scheme === scheme);
      const missing = await this.classifications.unknown(tx, scheme, [
        ...new Set(codes.map(({ code }) => code)),
      ]);
      unknown.push(...codes.filter(({ code }) => missing.includes(code)).map(({ at }) => ({ field: at })));
    }
    return unknown;
  }

  /** Says which way the person's words are written. */
  private async direct(tx: EntityManager, value: unknown): Promise<void> {
    const words = wordsIn(value).filter(({ language }) => language !== null);
    if (words.length === 0) return;
    const rows = await tx.query<{ code: string; direction: 'ltr' | 'rtl' }[]>(DIRECTIONS, [
      words.map(({ language }) => language),
    ]);
    const directions = new Map(rows.map(({ code, direction }) => [code, direction]));
    for (const one of words) one.direction = directions.get(one.language!) ?? null;
  }
}
