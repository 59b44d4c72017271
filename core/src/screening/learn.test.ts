import { learnRelations } from './learn';
import { compileRules } from './compile';
import { ruleSetFaults, ruleSetSchema, screenBooks, type Book, type BookSource, type RuleSet } from '.';
import { bookDigest } from './screening';
import { plants, record } from './testing/books';

const scope = { of: 'all', year: '2024' } as const;

function ruleSet(learn: object = {}): RuleSet {
  return ruleSetSchema.parse({
    ...{ id: 'TEST-RULES', title: { en: 'T', zh: '测' }, effectiveFrom: '2024-01-01', sources: [] },
    traits: { kind: [], fuel: [] },
    rules: [
      {
        ...{ id: 'R-T99', class: 'threshold', severity: 'W', scope: 'unit-month', text: { en: 'T', zh: '测' } },
        ...{ source: '…', parameters: { sigmas: [{ value: '3' }] } },
        learn: { y: 'car', x: ['ncv'], by: [], least: 10, ...learn },
        checks: [
          {
            ...{ each: 'monthly-evidence@unit', inputs: { car: '#car', ncv: '#ncv' } },
            ...{ value: 'abs(car - intercept - slope_ncv * ncv)', bands: [{ high: 'max(sigmas * deviation, 0.5)' }] },
          },
        ],
      },
    ],
  });
}

const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));

/** A plant's year on the line 1 + 2·ncv, one month of it a little beside. */
function bookOf(uscc: string, beside = 0): Book {
  const records = months.map((month, at) =>
    record({
      ...{ of: uscc, period: `2024-${month}` },
      figures: { ncv: String(20 + at), car: String(1 + 2 * (20 + at) + (at === 4 ? beside : 0)) },
      more: { id: `rec:${uscc}${month}` },
    }),
  );
  return { uscc, records };
}

const sourcesOf = (books: readonly Book[]) => (): BookSource[] =>
  books.map((book) => ({ uscc: book.uscc, digest: bookDigest(book), load: () => Promise.resolve(book) }));

/** As a file has it, before it is filed. */
function withoutId(one: Book['records'][number]): Book['records'][number] {
  return Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'id')) as object as Book['records'][number];
}

const learnt = (books: readonly Book[], rules = ruleSet()): Promise<RuleSet> =>
  learnRelations({ rules: compileRules(rules), scope, books: sourcesOf(books) });

describe('relations that are learnt from a ledger', () => {
  const [first, second, third] = plants;
  const books = [bookOf(first), bookOf(second), bookOf(third)];

  it('are parameters of their rule, with the hash of the records they were learnt from', async () => {
    const { rules } = await learnt(books);
    const evidence = { digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown, records: 36, enterprises: 3 };
    expect(rules[0]?.parameters).toEqual({
      sigmas: [{ value: '3' }],
      intercept: [{ value: '1', learnt: { ...evidence, period: '2024' } }],
      slope_ncv: [{ value: '2', learnt: { ...evidence, period: '2024' } }],
      deviation: [{ value: '0', learnt: { ...evidence, period: '2024' } }],
    });
  });

  it('are those of each mine, however it is written, and of the mines with most records where there is room for few', async () => {
    const from = (book: Book, mine: string, of = 12): Book => ({
      ...book,
      records: book.records.slice(0, of).map((one) => ({ ...one, content: { ...one.content, coalMine: mine } })),
    });
    const mines = [
      from(bookOf(first), '（虚构）北山煤矿'),
      from(bookOf(second), '(虚构) 北山煤矿'),
      from(bookOf(third), '南山矿', 11),
    ];
    const valuesOf = async (most: object): Promise<unknown> =>
      (await learnt(mines, ruleSet({ by: ['mine'], ...most }))).rules[0]?.parameters?.['slope_ncv']?.map(
        ({ mine, learnt: evidence }) => [mine, evidence?.records],
      );
    expect(await valuesOf({})).toEqual([
      [['南山矿'], 11],
      [['虚构北山煤矿'], 24],
    ]);
    expect(await valuesOf({ most: 1 })).toEqual([[['虚构北山煤矿'], 24]]);
  });

  it('are the same for the same records in whatever order, and have another hash for others', async () => {
    const straight = await learnt(books);
    expect(await learnt([...books].reverse())).toEqual(straight);
    const digestIn = ({ rules }: RuleSet): unknown => rules[0]?.parameters?.['intercept']?.[0]?.learnt?.digest;
    expect(digestIn(await learnt(books.slice(1)))).not.toBe(digestIn(straight));
  });

  it('make a finding that says by how much, and on whose evidence', async () => {
    const rules = compileRules(await learnt(books));
    const screened = await screenBooks({ rules, scope, books: sourcesOf([bookOf(first, 3)]) });
    const [finding, ...more] = screened.result.findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'R-T99', at: `${first}/U1/2024-05/monthly-evidence`, got: '3' });
    expect(finding?.learnt).toMatchObject({ records: 36, enterprises: 3, period: '2024' });
    expect(finding?.limit).toContain(
      `learnt from 36 records of 3 enterprises of 2024 (${String(finding?.learnt?.digest)})`,
    );
  });

  it('are not run before anything was learnt, and are not learnt from few, from files, or from another year', async () => {
    const { result } = await screenBooks({ rules: compileRules(ruleSet()), scope, books: sourcesOf(books) });
    expect(result.rules['R-T99']).toEqual({ ran: 0, found: 0, notRun: { 'nothing was learnt yet': 36 } });
    const bare = (book: Book): Book => ({ ...book, records: book.records.map((one) => withoutId(one)) });
    const none = { sigmas: [{ value: '3' }] };
    for (const [given, rules] of [
      [books, ruleSet({ least: 37 })],
      [books.map(bare), ruleSet()],
    ] as const)
      expect((await learnt(given, rules)).rules[0]?.parameters).toEqual(none);
    const elsewhen = { rules: compileRules(ruleSet()), scope: { ...scope, year: '2023' }, books: sourcesOf(books) };
    expect((await learnRelations(elsewhen)).rules[0]?.parameters).toEqual(none);
  });

  it('replace what was learnt before', async () => {
    const once = await learnt(books);
    expect(await learnt(books, once)).toEqual(once);
  });

  it('are named by the check: what is no variable of it is a fault', () => {
    expect(ruleSetFaults(ruleSet())).toEqual([]);
    expect(ruleSetFaults(ruleSet({ y: 'heat' })).map(({ message }) => message)).toEqual(['heat is no variable']);
  });
});
