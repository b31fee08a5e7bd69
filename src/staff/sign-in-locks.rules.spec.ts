import { networkOf, verdictOn, type Standing } from './sign-in-locks.rules.js';

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

describe('what counts as one address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['what a broken proxy says', 'what a broken proxy says'],
  ])('%s is %s', (said, network) => {
    expect(networkOf(said)).toBe(network);
  });

  test('no text makes it fail', () => {
    for (const text of ['', ':', '::', ':::::::::::', '1:2:3:4:5:6:7:8::9', 'x::y'])
      expect(typeof networkOf(text)).toBe('string');
  });
});
