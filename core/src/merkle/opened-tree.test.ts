import fc from 'fast-check';
import { leafHash, nodeHash, openedPlaces, openTree, rootOf, rootOfOpened } from '.';

const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => leafHash(new TextEncoder().encode(`leaf ${String(at)}`)));

const someOpen = fc
  .integer({ min: 1, max: 70 })
  .chain((count) => fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat({ max: count - 1 }), { minLength: 1 })));

describe('an opened tree', () => {
  it('leads to the root, whatever is open', () => {
    fc.assert(
      fc.property(someOpen, ([count, open]) => {
        const leaves = leavesOf(count);
        const tree = openTree(leaves, new Set(open));
        const opened = leaves.filter((_, at) => open.includes(at));
        expect(rootOfOpened(tree, opened)).toEqual(rootOf(leaves));
        expect(openedPlaces(tree.marks).filter(Boolean)).toHaveLength(opened.length);
      }),
    );
  });

  it('has no second form: a mark changed, left out, doubled or moved leads elsewhere or nowhere', () => {
    const marks = fc.constantFrom('/', '.', '#', '', '//', '#.', '/#.', '/.#', '/##', '..');
    fc.assert(
      fc.property(someOpen, fc.nat(), marks, ([count, open], at, other) => {
        const leaves = leavesOf(count);
        const { marks: good, nodes } = openTree(leaves, new Set(open));
        const place = at % good.length;
        const changed = good.slice(0, place) + other + good.slice(place + 1);
        fc.pre(changed !== good);
        const opened = leaves.filter((_, index) => open.includes(index));
        expect(leadsElsewhere(() => rootOfOpened({ marks: changed, nodes }, opened), rootOf(leaves))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no two closed subtrees that could be one', () => {
    const [a, b, c] = leavesOf(3) as [Uint8Array, Uint8Array, Uint8Array];
    const root = nodeHash(nodeHash(a, b), c);
    expect(rootOfOpened({ marks: '/#.', nodes: [nodeHash(a, b)] }, [c])).toEqual(root);
    expect(() => rootOfOpened({ marks: '//##.', nodes: [a, b] }, [c])).toThrow('side by side');
  });

  it('is not climbed without end', () => {
    expect(() => rootOfOpened({ marks: '/'.repeat(100_000), nodes: [] }, [])).toThrow('too deep');
    const deepest = openTree(leavesOf(2000), new Set([0]));
    expect(() => rootOfOpened(deepest, leavesOf(1))).not.toThrow();
  });
});

function leadsElsewhere(climb: () => Uint8Array, root: Uint8Array): boolean {
  try {
    return Buffer.compare(climb(), root) !== 0;
  } catch {
    return true;
  }
}
