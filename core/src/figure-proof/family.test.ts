import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { recordOf } from '../rulebook/testing/bench';
import { allFiguresOf, missingFigure, neighboursOfFamily } from './family';
import { closedLeaves, type OpenRecord } from './scope';

const record = recordOf('monthly-evidence');
const withLeaves = (leaves: readonly (string | null)[]): OpenRecord => ({ id: 'rec:x', record, figures: [], leaves });

/** Leaves as a proof shows them: closed ones that stand side by side are one. */
function shown(names: readonly string[], open: ReadonlySet<string>): (string | null)[] {
  return [...names].sort().flatMap((name, at, all): (string | null)[] => {
    if (open.has(name)) return [name];
    const before = all[at - 1];
    return before !== undefined && !open.has(before) ? [] : [null];
  });
}

const universe = ['a', 'b.01', 'c', 'daily.fc_t.01', 'daily.fc_t.02', 'daily.fc_t.03', 'daily.fc_ta', 'e', 'z'];
const prefix = 'daily.fc_t.';

describe('a family of figures', () => {
  it('is whole exactly where no closed leaf could hide a member of it', () => {
    const names = fc.subarray(universe, { minLength: 1 });
    fc.assert(
      fc.property(names, fc.subarray(universe), (held, opened) => {
        const open = new Set(opened.filter((name) => held.includes(name)));
        const leaves = shown(held, open);
        // What stands between two open leaves is not told, so any name between them may.
        const couldHide = leaves.some((leaf, at) => {
          if (leaf !== null) return false;
          const before = leaves[at - 1] ?? '';
          const behind = leaves[at + 1] ?? '\u{10ffff}';
          return before < `${prefix}\u{10ffff}` && behind > prefix;
        });
        const expected = couldHide ? 'FIGURE_MISSING' : 'none';
        expect(codeOf(() => neighboursOfFamily(withLeaves(leaves), prefix))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, (string | null)[], string[]]>([
    ['in the middle of its record', [null, 'c', 'daily.fc_t.01', 'daily.fc_t.02', 'e', null], ['c', 'e']],
    ['at the beginning', ['daily.fc_t.01', 'e', null], ['e']],
    ['at the end', [null, 'c', 'daily.fc_t.01'], ['c']],
    ['alone', ['daily.fc_t.01', 'daily.fc_t.02'], []],
    ['of no member, between two that are open', [null, 'c', 'e', null], ['c', 'e']],
    ['of no member in a record of none', [], []],
  ])('%s is shown whole by its neighbours', (_, leaves, neighbours) => {
    expect(neighboursOfFamily(withLeaves(leaves), prefix)).toEqual(neighbours);
  });

  it.each<[string, (string | null)[]]>([
    ['before it', [null, 'daily.fc_t.01', 'e']],
    ['behind it', ['c', 'daily.fc_t.01', null]],
    ['among its members', ['c', 'daily.fc_t.01', null, 'daily.fc_t.03', 'e']],
    ['where it would stand', ['c', null, 'e']],
    ['alone', [null]],
  ])('with something closed %s is not shown whole', (_, leaves) => {
    const refused = codeOf(() => neighboursOfFamily(withLeaves(leaves), prefix));
    expect(refused).toBe('FIGURE_MISSING');
  });

  it('is named in the refusal by record and prefix', () => {
    expect(() => neighboursOfFamily(withLeaves([null]), prefix)).toThrow('monthly-evidence#daily.fc_t.* is not open');
    expect(missingFigure({ record }, 'Mar_pct')).toMatchObject({ code: 'FIGURE_MISSING' });
    expect(missingFigure({ record }, 'Mar_pct').message).toContain('/U1/2024-01/monthly-evidence#Mar_pct');
  });
});

describe('all figures of a record', () => {
  it('are open, or the record is not open as a whole', () => {
    expect(allFiguresOf(withLeaves(['a', 'b']))).toEqual(['a', 'b']);
    expect(allFiguresOf(withLeaves([]))).toEqual([]);
    for (const leaves of [[null], ['a', null], [null, 'a'], ['a', null, 'b']])
      expect(codeOf(() => allFiguresOf(withLeaves(leaves)))).toBe('FIGURE_MISSING');
  });

  it('of a record of which nothing is open are one closed leaf, and none where it has none', () => {
    expect(closedLeaves({ ...record, figuresRoot: '0'.repeat(64) })).toEqual([null]);
    expect(closedLeaves(record)).toEqual([]);
  });
});
