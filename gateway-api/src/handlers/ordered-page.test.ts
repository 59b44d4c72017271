import fc from 'fast-check';
import { orderedPage, type Listed } from './ordered-page';

const listed = fc.uniqueArray(
  fc.record({ rank: fc.constantFrom('', 'a', 'b', '甲', '乙'), code: fc.string({ maxLength: 3 }) }),
  { selector: ({ code }) => code, maxLength: 40 },
);
const order = fc.constantFrom('asc' as const, 'desc' as const, undefined);

/** Every page of a list, one after the other. */
async function allOf(
  items: readonly Listed[],
  query: { readonly limit: number; readonly order?: 'asc' | 'desc' | undefined },
  isShown: (one: Listed) => boolean = () => true,
): Promise<Listed[][]> {
  const pages: Listed[][] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await orderedPage(items, { ...query, cursor }, (one) =>
      Promise.resolve(isShown(one) ? one : undefined),
    );
    pages.push(page.items);
    cursor = page.next;
  }
  return pages;
}

const byRank = (one: Listed, other: Listed): number =>
  one.rank === other.rank ? (one.code < other.code ? -1 : 1) : one.rank < other.rank ? -1 : 1;

describe('a page of a list in memory', () => {
  it('goes on where the page before ended: together they are the list in its order, each item once', async () => {
    await fc.assert(
      fc.asyncProperty(listed, fc.integer({ min: 1, max: 7 }), order, async (items, limit, asked) => {
        const pages = await allOf(items, { limit, order: asked });
        const sorted = [...items].sort(byRank);
        expect(pages.flat()).toEqual(asked === 'desc' ? sorted.reverse() : sorted);
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('leaves out what is not shown, and still comes to the end', async () => {
    await fc.assert(
      fc.asyncProperty(listed, fc.integer({ min: 1, max: 7 }), async (items, limit) => {
        const isShown = ({ rank }: Listed): boolean => rank !== 'a';
        const pages = await allOf(items, { limit }, isShown);
        expect(pages.flat()).toEqual([...items].sort(byRank).filter(isShown));
      }),
    );
  });

  it('looks at so many and no more, and says that there is more', async () => {
    const items = Array.from({ length: 1201 }, (_, at) => ({ rank: '', code: String(at).padStart(5, '0') }));
    let looked = 0;
    const none = (): Promise<undefined> => {
      looked += 1;
      return Promise.resolve(undefined);
    };
    const page = await orderedPage(items, { limit: 50 }, none);
    expect([looked, page.items.length]).toEqual([500, 0]);
    expect(page.next).toBeDefined();
    expect((await allOf(items, { limit: 50 }, ({ code }) => code === '01200')).flat()).toEqual([items[1200]]);
  });

  it('goes on where what the cursor names is gone meanwhile', async () => {
    const items = ['a', 'b', 'c', 'd'].map((code) => ({ rank: '', code }));
    const shown = (one: Listed): Promise<Listed> => Promise.resolve(one);
    const { next } = await orderedPage(items, { limit: 2 }, shown);
    const left = items.filter(({ code }) => code !== 'b');
    expect((await orderedPage(left, { limit: 2, cursor: next }, shown)).items.map(({ code }) => code)).toEqual([
      'c',
      'd',
    ]);
  });

  it.each(['', 'x', '%', Buffer.from('{}').toString('base64url'), Buffer.from('["a"]').toString('base64url')])(
    'refuses the cursor %p of another query',
    async (cursor) => {
      const asked = orderedPage([], { limit: 1, cursor }, () => Promise.resolve(undefined));
      await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', faults: [{ path: '/cursor' }] });
    },
  );
});
