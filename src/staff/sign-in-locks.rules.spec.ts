import { verdictOn, type Standing } from './sign-in-locks.rules.js';

const email = (over: Partial<Standing> = {}): Standing => ({
  limit: 5,
  failures: 0,
  pending: 0,
  opensInSeconds: null,
  ...over,
});
const address = (over: Partial<Standing> = {}): Standing => email({ limit: 50, ...over });

describe('a try to sign in', () => {
  test.each([
    ['the first', email(), address(), { is: 'let in' }],
    ['the fifth', email({ failures: 4 }), address({ failures: 4 }), { is: 'let in' }],
    ['the fifth while the fourth is out', email({ failures: 3, pending: 1 }), address(), { is: 'let in' }],
    ['the sixth while five are out', email({ pending: 5 }), address({ pending: 5 }), { is: 'to wait' }],
    ['the sixth while one is out', email({ failures: 4, pending: 1 }), address(), { is: 'to wait' }],
    [
      'the sixth',
      email({ failures: 5, opensInSeconds: 840 }),
      address({ failures: 5 }),
      { is: 'locked', retryAfterSeconds: 840 },
    ],
    [
      'the sixth, a moment before the window is over',
      email({ failures: 5, opensInSeconds: 0 }),
      address(),
      { is: 'locked', retryAfterSeconds: 1 },
    ],
    ['the fiftieth of an address', email(), address({ failures: 49 }), { is: 'let in' }],
    [
      'the fifty-first of an address',
      email(),
      address({ failures: 50, opensInSeconds: 30 }),
      { is: 'locked', retryAfterSeconds: 30 },
    ],
    [
      'one that both keep out',
      email({ failures: 5, opensInSeconds: 7 }),
      address({ failures: 50, opensInSeconds: 30 }),
      { is: 'locked', retryAfterSeconds: 30 },
    ],
  ])('%s', (_, ofEmail, ofAddress, verdict) => {
    expect(verdictOn([ofEmail, ofAddress])).toEqual(verdict);
  });
});
