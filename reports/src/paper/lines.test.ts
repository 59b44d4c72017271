import { columnWidths } from './columns';
import { linesOf, wordsOf } from './lines';

/** A font of which every character is one point wide. */
const measure = (text: string): number => Array.from(text).length;

describe('the lines of a text', () => {
  it.each([
    ['Quantities differ', 12, ['Quantities', 'differ']],
    ['monthly-evidence', 10, ['monthly-', 'evidence']],
    ['on 2024-06-30 at -12', 9, ['on 2024-', '06-30 at', '-12']],
    ['on 2024-06-30 at -12', 12, ['on', '2024-06-30', 'at -12']],
    ['≠ 60\u2009000 t', 8, ['≠ 60\u2009000', 't']],
    ['应清缴，上限', 3, ['应清', '缴，上', '限']],
    ['见（注）', 3, ['见', '（注）']],
    ['a\n\nb', 3, ['a', '', 'b']],
    ['', 3, ['']],
  ])('of %j, %i wide, end between words', (text, width, lines) => {
    expect(linesOf(text, width, measure)).toEqual(lines);
  });

  it('break what is wider than a line at its joints, and where it must be', () => {
    expect(linesOf('91140000MA0FAKE01X/U1/2024-06/evidence', 20, measure)).toEqual([
      '91140000MA0FAKE01X/',
      'U1/2024-06/evidence',
    ]);
    expect(linesOf('0123456789', 4, measure)).toEqual(['0123', '4567', '89']);
    expect(linesOf('𠮷野', 0.5, measure)).toEqual(['𠮷', '野']);
  });

  it('leave nothing out and are never too wide', () => {
    const text =
      'Rows that do not match, or wait: 不一致与待处理的行（共 1\u2009024 行）, see http://127.0.0.1:8080/records/x.';
    for (let width = 1; width < 60; width++) {
      const lines = linesOf(text, width, measure);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(width);
    }
  });
});

describe('the columns of a table', () => {
  const widths = (texts: readonly string[], total: number): number[] =>
    columnWidths(
      texts.map((text) => ({ share: 1, texts: [text] })),
      total,
      measure,
      1,
    );

  it('keep their shares where every word has its room', () => {
    expect(widths(['a', 'b'], 40)).toEqual([20, 20]);
  });

  it('are as wide as their longest word, at the cost of those with room to spare', () => {
    const [narrow, wide] = widths(['Cancellation of', 'a b c d'], 24);
    expect(narrow).toBeGreaterThanOrEqual(measure('Cancellation') + 2);
    expect(narrow! + wide!).toBe(24);
  });

  it('give up codes before words, where there is no room for both', () => {
    const code = '91140000MA0FAKE01X';
    const [first, second] = widths([code, 'Cancelled'], 30);
    expect(second).toBeGreaterThanOrEqual(measure('Cancelled') + 2);
    expect(first! + second!).toBe(30);
  });

  it('keep their shares where not even short words fit', () => {
    expect(widths(['Quantities', 'Cancelled'], 10)).toEqual([5, 5]);
  });
});

it('counts a number with its thousands as one word', () => {
  expect(wordsOf('100\u2009244.41 tCO2')).toEqual(['100\u2009244.41 ', 'tCO2']);
});
