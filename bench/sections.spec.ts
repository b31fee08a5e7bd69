import { withSection } from './sections.js';

describe('a report', () => {
  const small = withSection('# Head\n', '', '10,000 persons', 'small');

  it('keeps the section of the other size, the smaller first', () => {
    const both = withSection('# Head\n', withSection('# Head\n', '', '200,000 persons', 'large'), '10,000 persons', 'small'); // prettier-ignore
    expect(both).toBe('# Head\n\n## 10,000 persons\n\nsmall\n\n## 200,000 persons\n\nlarge\n');
  });

  it('replaces its own, and the head', () => {
    const again = withSection('# New head\n', small, '10,000 persons', 'new');
    expect(again).toBe('# New head\n\n## 10,000 persons\n\nnew\n');
  });
});
