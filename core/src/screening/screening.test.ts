import fc from 'fast-check';
import type { Book, BookRecord } from './book';
import type { CompiledRules } from './compile';
import { explanationOf } from './filed';
import { screenBook } from './run-book';
import { bookDigest, screenBooks, type Remembered, type ScreeningMemory, type ScreeningRun } from './screening';
import { book, plants, record, rulesOf, sourceOf, uscc } from './testing/books';

/** A limit for each month, one over its neighbours, one beside other enterprises, one device in two enterprises. */
const rules = rulesOf(
  {
    parameters: { most: [{ value: '50' }] },
    checks: [{ each: 'monthly-evidence@unit', inputs: { x: '#x' }, value: 'x', bands: [{ high: 'most' }] }],
  },
  {
    parameters: { far: [{ value: '20' }] },
    checks: [
      {
        ...{ each: 'monthly-evidence@unit', inputs: { x: '#x', xs: 'x over own-other-months, least 1' } },
        ...{ value: 'abs(x - mean(xs))', bands: [{ high: 'far' }] },
      },
    ],
  },
  {
    parameters: { far: [{ value: '20' }] },
    checks: [
      {
        ...{ each: 'monthly-evidence@unit', inputs: { x: '#x', xs: 'x over market, least 1' } },
        ...{ value: 'abs(x - quantile(xs, 0.5))', bands: [{ high: 'far' }] },
      },
    ],
  },
  {
    checks: [
      {
        each: 'monthly-evidence@unit',
        predicate: 'reuse',
        with: { space: 'meter', values: ['/meter'], per: ['@uscc'] },
      },
    ],
  },
);

const month = fc.record({ x: fc.integer({ min: 0, max: 99 }), meter: fc.constantFrom('M1', 'M2', 'M3') });
const year = fc.array(month, { maxLength: 4 });
type Year = readonly { readonly x: number; readonly meter: string }[];

function monthsOf(of: string, all: Year): BookRecord[] {
  return all.map(({ x, meter }, at) =>
    record({ of, period: `2024-0${String(at + 1)}`, figures: { x: String(x) }, content: { meter } }),
  );
}

const booksOf = (years: readonly Year[]): Book[] =>
  plants.map((of, at) => book(monthsOf(of, years[at] ?? []), { uscc: of }));

const run = (books: readonly Book[], memory?: ScreeningMemory, by: CompiledRules = rules): Promise<ScreeningRun> =>
  screenBooks({
    ...{ rules: by, scope: { of: 'all', year: '2024' }, books: () => books.map(sourceOf) },
    ...(memory === undefined ? {} : { memory }),
  });

/** Memory that keeps what a file keeps: text. */
function keptAsText(): ScreeningMemory {
  const known = new Map<string, string>();
  return {
    get: (of) => {
      const text = known.get(of);
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as Remembered));
    },
    set: (of, remembered) => Promise.resolve(void known.set(of, JSON.stringify(remembered))),
  };
}

describe('a run over enterprises', () => {
  const years = fc.tuple(year, year, year);

  it('finds the same, to the byte, in whatever order the records of a book stand', async () => {
    await fc.assert(
      fc.asyncProperty(years, fc.infiniteStream(fc.nat()), async (all, numbers) => {
        const books = booksOf(all);
        const shuffled = books.map((one) => ({
          ...one,
          records: one.records
            .map((entry) => [numbers.next().value, entry] as const)
            .sort(([a], [b]) => a - b)
            .map(([, entry]) => entry),
        }));
        expect(await run(shuffled)).toEqual(await run(books));
      }),
      { numRuns: 40 },
    );
  });

  it('finds with what an earlier run left what it finds without, and looks at nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(years, year, async (all, changed) => {
        const memory = keptAsText();
        const first = await run(booksOf(all), memory);
        expect(first).toEqual(await run(booksOf(all)));
        expect(await run(booksOf(all), memory)).toEqual({ ...first, looked: 0 });
        const next = booksOf([changed, ...all.slice(1)]);
        const { result, digest } = await run(next, memory);
        expect(await run(next)).toMatchObject({ result, digest });
      }),
      { numRuns: 40 },
    );
  });

  it('tells of each month alone what its own value says', async () => {
    await fc.assert(
      fc.asyncProperty(years, async (all) => {
        const { result } = await run(booksOf(all));
        const found = result.findings.filter(({ rule }) => rule === 'R-T01').map(({ got }) => Number(got));
        const expected = all.flatMap((one) => one.map(({ x }) => x)).filter((x) => x > 50);
        expect([...found].sort()).toEqual([...expected].sort());
        const meters = plants.map((_, at) => new Set((all[at] ?? []).map(({ meter }) => meter)));
        const shared = all.flatMap((one, at) =>
          one.filter(({ meter }) => meters.some((other, index) => index !== at && other.has(meter))),
        );
        expect(result.rules['R-T04']?.found ?? 0).toBe(shared.length);
        expect(result.counts.W).toBe(result.findings.length);
      }),
      { numRuns: 40 },
    );
  });

  it('comes to another digest for another figure, another rule or a record more, and to the same for the same', async () => {
    const [one, two] = [booksOf([[{ x: 1, meter: 'M1' }]]), booksOf([[{ x: 2, meter: 'M1' }]])];
    const stricter = rulesOf({
      parameters: { most: [{ value: '49' }] },
      checks: [{ each: 'monthly-evidence@unit', inputs: { x: '#x' }, value: 'x', bands: [{ high: 'most' }] }],
    });
    const digests = [
      (await run(one)).digest,
      (await run(two)).digest,
      (await run(one, undefined, stricter)).digest,
      (await run(booksOf([[{ x: 1, meter: 'M1' }], [{ x: 1, meter: 'M2' }]]))).digest,
    ];
    expect(new Set(digests).size).toBe(4);
    expect((await run(booksOf([[{ x: 1, meter: 'M1' }]]))).digest).toBe(digests[0]);
  });

  it('says of one book alone that rules beside others were not run', () => {
    const { findings, counts } = screenBook(rules, book(monthsOf(uscc, [{ x: 99, meter: 'M1' }])));
    expect(findings.map(({ rule }) => rule)).toEqual(['R-T01']);
    for (const rule of ['R-T03', 'R-T04'])
      expect(counts[rule]).toEqual({ ran: 0, found: 0, notRun: { 'other enterprises were not read': 1 } });
  });

  it('says nothing on a value that was not read, and counts it', () => {
    const records = monthsOf(uscc, [{ x: 99, meter: 'M1' }]);
    const { findings, counts } = screenBook(rules, book(records, { isUnread: (address) => address.endsWith('#x') }));
    expect(findings).toEqual([]);
    expect(counts['R-T01']?.notRun).toEqual({ 'a value was not read': 1 });
  });
});

describe('a finding that was explained', () => {
  const withExplanation = (x: number, content: object, of: string = uscc): Book =>
    book([
      ...monthsOf(uscc, [{ x, meter: 'M1' }]),
      record({ of, period: '2024-01', kind: 'explanation.1', content: { ...content } }),
    ]);
  const high = fc.integer({ min: 51, max: 99 });

  it('is quiet while its values stand, and speaks again when one changes', async () => {
    await fc.assert(
      fc.asyncProperty(high, high, async (then, now) => {
        const before = await run([book(monthsOf(uscc, [{ x: then, meter: 'M1' }]))]);
        const content = explanationOf(before.result.findings);
        const { counts } = (await run([withExplanation(now, content)])).result;
        expect([counts.W, counts.explained]).toEqual(then === now ? [0, 1] : [1, 0]);
      }),
      { numRuns: 30 },
    );
  });

  it('is explained by its own enterprise alone', async () => {
    const content = explanationOf((await run([book(monthsOf(uscc, [{ x: 99, meter: 'M1' }]))])).result.findings);
    const { counts } = (await run([withExplanation(99, content, plants[1])])).result;
    expect([counts.W, counts.explained]).toEqual([1, 0]);
  });
});

describe('the digest of a book', () => {
  it('is that of its records, in any order, and of another as soon as one differs', () => {
    fc.assert(
      fc.property(year, year, (one, other) => {
        const digest = (all: Year): string => bookDigest({ records: monthsOf(uscc, all) });
        expect(bookDigest({ records: monthsOf(uscc, one).reverse() })).toBe(digest(one));
        expect(digest(one) === digest(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it('of filed records is that of their ids and of whether they are open', () => {
    const digest = (more: Partial<BookRecord>): string => bookDigest({ records: [record({ more })] });
    expect(digest({ id: 'a' })).toBe(digest({ id: 'a', issuer: 'x' }));
    expect(
      new Set([digest({ id: 'a' }), digest({ id: 'b' }), digest({ id: 'a', isHidden: true }), digest({})]).size,
    ).toBe(4);
  });
});
