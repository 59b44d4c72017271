import fc from 'fast-check';
import { isSameIdentifier, normaliseIdentifier } from '.';

const number = 'FIC-CQ-202401-U1-101';

describe('identity of numbers written by hand', () => {
  it.each([
    ['a space behind', `${number} `],
    ['spaces around a hyphen', 'FIC-CQ - 202401-U1-101'],
    ['spaces in place of hyphens', 'FIC CQ 202401 U1 101'],
    ['an ideographic space', `　${number}`],
    ['a no-break space', `${number}\u00a0`],
    ['a line end', `${number}\r\n`],
    ['full-width hyphens', 'FIC－CQ－202401－U1－101'],
    ['dashes and minus', 'FIC–CQ—202401−U1‐101'],
    ['slashes and underscores', 'FIC/CQ_202401.U1·101'],
    ['full-width letters and digits', 'ＦＩＣ-ＣＱ-２０２４０１-Ｕ１-１０１'],
    ['other case', 'fic-Cq-202401-u1-101'],
    ['a zero-width space', 'FIC-CQ-2024\u200b01-U1-101'],
    ['a byte order mark', `\ufeff${number}`],
    ['a soft hyphen', 'FIC-CQ-2024\u00ad01-U1-101'],
    ['a direction mark', `\u202e${number}\u202c`],
    ['a variation selector', `${number}\ufe0f`],
    ['a Cyrillic С', 'FIС-СQ-202401-U1-101'],
    ['Arabic digits', 'FIC-CQ-٢٠٢٤٠١-U١-١٠١'],
    ['Persian and Devanagari digits', 'FIC-CQ-۲۰۲۴۰۱-U१-१०१'],
    ['mathematical digits', 'FIC-CQ-𝟐𝟎𝟐𝟒𝟎𝟏-U𝟙-𝟏𝟎𝟏'],
    ['leading zeros', 'FIC-CQ-202401-U01-0101'],
    ['no separators beside letters', 'FICCQ202401U1-101'],
  ])('takes %s as the same number', (_, written) => {
    expect(isSameIdentifier(number, written)).toBe(true);
  });

  it.each([
    ['FIC-CQ-202401-U1-101', 'FIC-CQ-202401-U1-102'],
    ['2024-1-11', '2024-11-1'],
    ['A-10', 'A-1'],
    ['A-100', 'A-1'],
    ['晋煤检字〔2024〕第001号', '晋煤检字〔2024〕第010号'],
    ['1.10', '11.0'],
    ['U0', 'U'],
    ['FIC-٣', 'FIC-4'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(isSameIdentifier(one, other)).toBe(false);
  });

  it('reads Chinese numbers with either brackets', () => {
    expect(isSameIdentifier('晋煤检字〔2024〕第001号', '晋煤检字（2024）第 1 号')).toBe(true);
  });

  it.each(['', ' ', '—', '\u200b\u200d', '()'])('finds no number in %j', (text) => {
    expect(normaliseIdentifier(text)).toBe('');
    expect(isSameIdentifier(text, text)).toBe(false);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...Array.from('AaZ09-－–_/ \u200b\u3000Ａａ０．.#号СΑßıİǆͅ①½')), maxLength: 30 }),
  );

  it('gives the same again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const identity = normaliseIdentifier(text);
        expect(normaliseIdentifier(identity)).toBe(identity);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not depend on case, form or white space at the ends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const identity = normaliseIdentifier(text);
        expect(normaliseIdentifier(` ${text}\n`)).toBe(identity);
        expect(normaliseIdentifier(text.normalize('NFD'))).toBe(identity);
        expect(normaliseIdentifier(text.normalize('NFKC'))).toBe(identity);
        expect(normaliseIdentifier(text.toUpperCase())).toBe(identity);
      }),
      { numRuns: 3000 },
    );
  });

  it('tells numbers apart whose runs of letters and digits differ', () => {
    const run = fc.oneof(
      fc.integer({ min: 0, max: 99_999 }).map(String),
      fc.string({ unit: fc.constantFrom(...Array.from('ABCDEFXYZ')), minLength: 1, maxLength: 3 }),
    );
    const runs = fc.array(run, { minLength: 1, maxLength: 6 });
    const joined = (parts: readonly string[]): string => parts.join('-').replace(/(?<=[A-Z])-(?=[A-Z])/g, '');
    fc.assert(
      fc.property(runs, runs, (one, other) => {
        expect(isSameIdentifier(one.join('-'), other.join('-'))).toBe(joined(one) === joined(other));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a number of plain ASCII the identity that the tables of Unicode give it', () => {
    const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
    const wide = (letter: string): string =>
      letter === ' ' ? '\u3000' : String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
    fc.assert(
      fc.property(ascii, (text) => {
        expect(normaliseIdentifier(text)).toBe(normaliseIdentifier(Array.from(text, wide).join('')));
      }),
      { numRuns: 2000 },
    );
  });
});
