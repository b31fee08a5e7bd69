import { clipped, printable } from './printable.js';

describe('text on a page', () => {
  it.each([
    [
      'stays as it is, whatever looks like markup',
      '#read("/etc/passwd") $x$ \\ *b*',
      '#read("/etc/passwd") $x$ \\ *b*',
    ],
    ['keeps the joiners that Persian is written with', 'مهارت\u200cها', 'مهارت\u200cها'],
    ['turns nobody’s direction', 'Selam\u202e Tesfay\u2066', 'Selam Tesfay'],
    ['may break where it has no space', 'W'.repeat(50), `${'W'.repeat(24)}\u200b${'W'.repeat(24)}\u200bWW`],
    ['is a number where it is one', 7, 7],
  ])('%s', (_, given, expected) => {
    expect(printable(given)).toBe(expected);
  });

  it.each([
    ['short enough', 'Svejser', 7, 'Svejser'],
    ['too long', 'Svejser og smed', 11, 'Svejser og…'],
    ['over several lines', 'Svejser\n og\tsmed', 20, 'Svejser og smed'],
    ['of letters that are two units each', '😀😀😀', 2, '😀…'],
  ])('is clipped: %s', (_, text, most, expected) => {
    expect(clipped(text, most)).toBe(expected);
  });
});
