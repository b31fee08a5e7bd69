import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Count, field, OneOf } from '../../platform/http/fields.js';
import { ANSWER_SOURCES, type AnswerSource, type AnswerValue } from '../competences.contract.js';
import {
  FreeTextAnswer,
  InterpreterAnswered,
  LanguageAnswer,
  LicenceAnswer,
  SchoolingAnswer,
  SkillAnswer,
  WishedOccupationAnswer,
  WorkAnswer,
} from './answer-values.dto.js';
import { AssessorView } from './assessor.dto.js';

const OBJECTS = [FreeTextAnswer, InterpreterAnswered];
const FACTS = [
  LanguageAnswer,
  SchoolingAnswer,
  WorkAnswer,
  SkillAnswer,
  LicenceAnswer,
  WishedOccupationAnswer,
];

/** What an answer can be, of whatever kind. */
export const ANY_ANSWER = {
  oneOf: [
    ...OBJECTS.map((shape) => ({ $ref: getSchemaPath(shape) })),
    ...FACTS.map((shape) => ({ type: 'array', items: { $ref: getSchemaPath(shape) } })),
    { type: 'array', items: { type: 'string' } },
    { type: 'string' },
    { type: 'integer' },
    { type: 'boolean' },
    {
      type: 'object',
      properties: { unknown: { type: 'boolean', enum: [true] } },
      required: ['unknown'],
      additionalProperties: false,
    },
  ],
};

const EXAMPLE = {
  languages: [{ language: 'tir', motherTongue: true, spoken: 'C2' }],
  work: [
    {
      words: { text: 'I installed lights in new houses', language: 'eng' },
      danish: 'Installerede lys i nye huse',
      coded: { scheme: 'isco08', code: '7411', sure: 'likely' },
      years: 4,
      evidence: { grade: 'described', source: 'person' },
    },
  ],
  schooling: { unknown: true },
  school_years: 9,
};

/** Answers by the name of their field; each has the shape of its field's kind. */
export const AnswersByField = () =>
  applyDecorators(
    ApiExtraModels(...OBJECTS, ...FACTS),
    field('object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
    ApiProperty({
      type: 'object',
      additionalProperties: { nullable: true, ...ANY_ANSWER } as never,
      example: EXAMPLE,
    }),
  );

/** One answer of a reply, of whatever kind. */
export const OneAnswer = (example: AnswerValue, over: { nullable?: true } = {}) =>
  ApiProperty({ ...ANY_ANSWER, ...over, example });

@ApiExtraModels(...OBJECTS, ...FACTS)
export class AnswerView {
  @OneAnswer(9) value: AnswerValue;
  /** How often it was written. @example 1 */
  @Count() revision: number;
  /** With the person, taken over from an earlier assessment, or from the asylum operator. @example talk */
  @OneOf(ANSWER_SOURCES) source: AnswerSource;
  /** The day it is from. */
  @ApiProperty({ format: 'date' }) sourceOn: string;
  /** Who gave it in. */
  answeredBy: AssessorView;
  answeredAt: string;
}
