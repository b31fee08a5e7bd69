import { cprDigits, fitsModulus11, maskedCpr } from './cpr.js';

describe('a CPR number', () => {
  it.each([
    ['with a hyphen', '010190-1234', '0101901234'],
    ['without one', '0101901234', '0101901234'],
    ['29 February in any year', '290295-1234', '2902951234'],
    ['30 February', '300290-1234', null],
    ['31 April', '310490-1234', null],
    ['day 0', '000190-1234', null],
    ['month 13', '011390-1234', null],
    ['all zeros, which some systems send for none', '000000-0000', null],
    ['a replacement number with the day plus 60', '610190-1234', null],
    ['full-width digits', '０１０１９０１２３４', null],
    ['a digit too many', '010190-12345', null],
    ['a space', '010190 1234', null],
  ])('%s', (_, text, digits) => {
    expect(cprDigits(text)).toBe(digits);
  });

  it('may fail modulus 11: that is a doubt to tell, not a refusal', () => {
    expect(fitsModulus11('0707614285')).toBe(true);
    expect(fitsModulus11('0101901234')).toBe(false);
    expect(cprDigits('0101901234')).not.toBeNull();
  });

  it('is shown without its serial', () => {
    expect(maskedCpr('0101901234')).toBe('010190-••••');
  });
});
