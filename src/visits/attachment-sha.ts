import { Param } from '@nestjs/common';
import { SHA_256 } from '../platform/http/ids.js';
import { requestProblem } from '../platform/http/problem.js';

/** Of the bytes, in small hexadecimal, or 400. */
export const Sha256 = (): ParameterDecorator =>
  Param('sha256', {
    transform: (value: string): string => {
      if (SHA_256.test(value)) return value;
      const values = { form: '64 × 0-9 a-f' };
      throw requestProblem.invalid({ errors: [{ field: 'sha256', rule: 'pattern', values }] });
    },
  });

export const SHA_256_OF_IT = {
  name: 'sha256',
  description: 'Of the bytes, in small hexadecimal.',
  schema: {
    type: 'string',
    pattern: SHA_256.source,
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
};
