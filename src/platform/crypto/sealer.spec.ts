import { randomBytes } from 'node:crypto';
import { blindIndex, Sealer } from './sealer.js';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

describe('a sealer', () => {
  const [old, current] = [key('k1'), key('k2')];

  it('opens what it sealed, and never seals the same twice alike', () => {
    const sealer = new Sealer(current);
    const [first, second] = [sealer.seal('0101901234', 'row 1'), sealer.seal('0101901234', 'row 1')];
    expect(first.equals(second)).toBe(false);
    expect(sealer.open(first, 'row 1')).toBe('0101901234');
  });

  it('does not open what was moved to another row', () => {
    const sealer = new Sealer(current);
    expect(() => sealer.open(sealer.seal('0101901234', 'row 1'), 'row 2')).toThrow();
  });

  it('does not open what was changed in any byte', () => {
    const sealer = new Sealer(current);
    const sealed = sealer.seal('0101901234', 'row 1');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] ^= 1;
      expect(() => sealer.open(changed, 'row 1')).toThrow();
    }
  });

  it('opens with an older key of the ring and seals with the newest', () => {
    const ring = new Sealer(`${current},${old}`);
    expect(ring.open(new Sealer(old).seal('text', 'row'), 'row')).toBe('text');
    expect(new Sealer(current).open(ring.seal('text', 'row'), 'row')).toBe('text');
    expect(() => new Sealer(old).open(ring.seal('text', 'row'), 'row')).toThrow('not in the ring');
  });
});

describe('a blind index', () => {
  it('is the same for the same value and key only', () => {
    const [one, other] = [randomBytes(32), randomBytes(32)];
    expect(blindIndex(one, 'a')).toEqual(blindIndex(one, 'a'));
    expect(blindIndex(one, 'a')).not.toEqual(blindIndex(one, 'b'));
    expect(blindIndex(one, 'a')).not.toEqual(blindIndex(other, 'a'));
  });
});
