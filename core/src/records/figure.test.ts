import fc from 'fast-check';
import { toHex } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import { isLedgerError } from '../errors';
import { figureLeafHash, figuresRoot, orderFigures, parseFigures, verifyFigures, type Figure } from '.';

const figure: Figure = { name: 'Mar_pct', value: '12.34', unit: '%', salt: '0123456789abcdef'.repeat(2) };

function places(value: unknown): string[] {
  try {
    parseFigures(value);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('BAD_RECORD');
    return [...new Set(error.faults.map(({ path }) => path))];
  }
}

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}(?:\.[A-Za-z0-9_]{1,4})?$/);
const salt = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex);
const someFigures = fc.uniqueArray(
  fc.record({
    name,
    value: fc.integer().map((n) => (n / 100).toFixed(2).replace(/^-0\.00$/, '0.00')),
    unit: fc.constant('t'),
    salt,
  }),
  { selector: (one) => one.name, minLength: 1, maxLength: 12 },
);

/** RFC 6962 once more, without the tree that the code has. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only, ...rest] = leaves;
  if (only === undefined) throw new Error('no leaves');
  if (rest.length === 0) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1, ...rootOf(leaves.slice(0, split)), ...rootOf(leaves.slice(split))));
}

describe('private figures', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no name', { name: '' }, '/figures/0/name'],
    ['a name with a space', { name: 'Mar pct' }, '/figures/0/name'],
    ['a name with three parts behind it', { name: 'a.b.c.d' }, '/figures/0/name'],
    ['a number', { value: 12.34 }, '/figures/0/value'],
    ['an exponent', { value: '1e2' }, '/figures/0/value'],
    ['a negative zero', { value: '-0' }, '/figures/0/value'],
    ['a thousands separator', { value: '1,000' }, '/figures/0/value'],
    ['a unit of 41 characters', { unit: 'x'.repeat(41) }, '/figures/0/unit'],
    ['no unit', { unit: undefined }, '/figures/0/unit'],
    ['no salt', { salt: undefined }, '/figures/0/salt'],
    ['a salt of 15 bytes', { salt: '00'.repeat(15) }, '/figures/0/salt'],
    ['a salt of 17 bytes', { salt: '00'.repeat(17) }, '/figures/0/salt'],
    ['a salt in capitals', { salt: 'AB'.repeat(16) }, '/figures/0/salt'],
    ['a source in no document', { source: { document: -1, place: 'p. 1' } }, '/figures/0/source/document'],
    ['a source in the 201st document', { source: { document: 200, place: 'p. 1' } }, '/figures/0/source/document'],
    ['a source without place', { source: { document: 0 } }, '/figures/0/source/place'],
    ['a member more', { hint: '12' }, '/figures/0'],
  ])('are refused with %s', (_, change, place) => {
    expect(places([{ ...figure, ...change }])).toEqual([place]);
  });

  it('are a list of at most 2000, told with the place of each fault', () => {
    expect(places([figure])).toEqual([]);
    expect(places({ 0: figure })).toEqual(['/figures']);
    expect(places(Array.from({ length: 2001 }, () => figure))).toEqual(['/figures']);
    expect(places([figure, { ...figure, salt: '' }, { ...figure, value: '' }])).toEqual([
      '/figures/1/salt',
      '/figures/2/value',
    ]);
  });

  it('are leaves of their canonical bytes, salt included', () => {
    expect(figureLeafHash(figure)).toEqual(sha256(Uint8Array.of(0, ...canonicalBytes(figure))));
    expect(figureLeafHash({ ...figure, salt: '0'.repeat(32) })).not.toEqual(figureLeafHash(figure));
  });

  it('have the root of RFC 6962 over the leaves in the order of names, in whatever order they come', () => {
    fc.assert(
      fc.property(someFigures, fc.nat(), (figures, turn) => {
        const ordered = [...figures].sort((a, b) => (a.name < b.name ? -1 : 1));
        const expected = toHex(rootOf(ordered.map(figureLeafHash)));
        const turned = [...figures.slice(turn % figures.length), ...figures.slice(0, turn % figures.length)];
        expect(figuresRoot(turned)).toBe(expected);
        expect(orderFigures(turned)).toEqual(ordered);
        verifyFigures(expected, turned);
      }),
    );
  });

  it('have no root where there are none', () => {
    expect(figuresRoot([])).toBeNull();
    verifyFigures(null, []);
  });

  it('are exactly those that the record commits to: none changed, left out, added or repeated', () => {
    const isRefused = (root: string | null, figures: readonly Figure[]): void => {
      expect(() => {
        verifyFigures(root, figures);
      }).toThrow(expect.objectContaining({ code: 'FIGURES_ROOT_MISMATCH' }) as Error);
    };
    fc.assert(
      fc.property(someFigures, fc.nat(), salt, (figures, at, otherSalt) => {
        const root = figuresRoot(figures);
        const place = at % figures.length;
        const changed = (change: object): Figure[] =>
          figures.map((one, index) => (index === place ? { ...one, ...change } : one));
        const one = figures[place]!;
        isRefused(root, changed({ value: `${one.value}1` }));
        isRefused(root, changed({ unit: 'kg' }));
        isRefused(root, changed({ formula: 'E' }));
        isRefused(root, changed({ name: `${one.name}X` }));
        if (otherSalt !== one.salt) isRefused(root, changed({ salt: otherSalt }));
        isRefused(
          root,
          figures.filter((_, index) => index !== place),
        );
        isRefused(root, [...figures, one]);
        isRefused(root, [...figures, { ...one, name: 'other.zzzz' }]);
        isRefused(null, figures);
      }),
      { numRuns: 30 },
    );
    isRefused('0'.repeat(64), []);
  });
});
