import type { Response, Schema } from './openapi-document.js';
import type { DeclaredProblem } from './problem.filter.js';
import { ruleText } from './rule-texts.js';

/** The one shape of every refusal. */
export function problemSchema(problems: DeclaredProblem[]): Schema {
  return {
    type: 'object',
    required: ['type', 'status', 'code', 'title', 'requestId'],
    properties: {
      type: { type: 'string', description: 'The code as a URN.' },
      status: { type: 'integer', description: 'The status code of the reply.' },
      code: {
        type: 'string',
        enum: problems.map(({ code }) => code),
        description: 'What is wrong; see docs/problems.md.',
      },
      title: { type: 'string', description: 'The same in Danish, or English by Accept-Language.' },
      requestId: { type: 'string', format: 'uuid', description: 'Tell us this id when you ask about it.' },
      errors: { type: 'array', items: FIELD_ERROR, description: 'The fields that are wrong.' },
      retryAfterSeconds: {
        type: 'integer',
        minimum: 1,
        description: 'When a request too many may come again.',
      },
    },
  };
}

const FIELD_ERROR: Schema = {
  type: 'object',
  required: ['field', 'rule', 'message'],
  properties: {
    field: { type: 'string', description: 'Path of the field, such as `languages[0].code`.' },
    rule: { type: 'string', description: 'The rule it breaks; see docs/problems.md.' },
    message: { type: 'string', description: 'What the rule asks for, in the language of the title.' },
  },
};

/** A reply with one of these problems. */
export function refusal(description: string, problems: DeclaredProblem[]): Response {
  const code: Schema = { type: 'string', enum: problems.map((problem) => problem.code) };
  return {
    description,
    ...(problems.some(({ status }) => [429, 503].includes(status)) && {
      headers: { 'Retry-After': RETRY_AFTER },
    }),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code } }],
        },
        examples: Object.fromEntries(
          problems.map((problem) => [
            problem.code,
            { summary: problem.en, value: exampleOfProblem(problem) },
          ]),
        ),
      },
    },
  };
}

const RETRY_AFTER = {
  description: 'Seconds after which it may come again.',
  schema: { type: 'integer', minimum: 1 },
  example: 5,
};

function exampleOfProblem({ code, status, kind, da }: DeclaredProblem): Record<string, unknown> {
  return {
    type: `urn:ankomst:problem:${code}`,
    status,
    code,
    title: da,
    ...(code === 'request.invalid' && {
      errors: [{ field: 'bornOn', rule: 'day', message: ruleText('day', {}, 'da') }],
    }),
    ...(kind === 'limited' && { retryAfterSeconds: 30 }),
    requestId: '3f0a1b62-5b6f-4d0e-9d2e-3c1f5a7b9e10',
  };
}
