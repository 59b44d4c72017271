import { digestBytes, openCells } from '@carbon-ledger/core';
import type { CheckedFile } from './examine';
import { keptOf, openTable, whereChanged, withCells } from './where-changed';

const [was, is] = ['month,coal\n2024-01,100.50\n', 'month,coal\n2024-01,99.50\n'].map((text) => Buffer.from(text));
const seed = '1'.repeat(32);
const cells = ['A1 month', 'B1 coal', 'A2 2024-01', 'B2 100.50'].map((one) => {
  const [cell = '', text = ''] = one.split(' ');
  return { sheet: 'CSV', cell, text };
});
const opening = openCells({ name: 'coal.csv', sha256: digestBytes(was!).sha256 }, seed, cells);
const expected = [{ place: 'CSV!B2', anchored: '100.50', found: '99.50' }];

function file(path: string, bytes: Buffer, verdict: CheckedFile['verdict']): CheckedFile {
  const anchored = { name: path, ...digestBytes(was!) };
  const answer = { verdict: 'inconsistent', verdictZh: '不一致', reason: '', record: 'rec:1', anchored } as const;
  return { kind: 'file', path, file: new Blob([bytes.toString()]), hashed: digestBytes(bytes), verdict, answer };
}

const changed = file('coal.csv', is!, 'inconsistent');
/** The ledger, which knows the table by this root. */
function ledgerSays(root: string | undefined): void {
  const documents = [
    { sha256: opening.document.sha256, ...(root === undefined ? {} : { cells: { root, count: '4' } }) },
  ];
  jest.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const isQuestion = (input as string).endsWith('/verifications');
    const items = [{ verdict: 'consistent', status: 'current', record: 'rec:1' }];
    return Promise.resolve(Response.json(isQuestion ? { items } : { record: { documents } }));
  });
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a table that was changed', () => {
  it('is named by its cell beside the party’s own copy, in whatever order both were dropped', async () => {
    // Under one name: whoever has two copies calls them alike.
    const own = file('coal.csv', was!, 'consistent');
    for (const results of [
      [changed, own],
      [own, changed],
    ]) {
      const located = await withCells(results);
      expect(located[results.indexOf(changed)]).toMatchObject({ where: expected });
    }
  });

  it('is named by its cell with the opening that the ledger’s root holds', async () => {
    ledgerSays(opening.root);
    const opened = await openTable(new Blob([JSON.stringify(opening)]));
    expect(opened.verdict).toBe('consistent');
    const results = [changed, { kind: 'opening', path: 'o.json', verdict: 'consistent', opened } as const];
    expect(await whereChanged(changed, keptOf(results))).toEqual(expected);
  });

  it('is named by nothing where neither is there, or it is no table', async () => {
    expect(await whereChanged(changed, keptOf([changed]))).toBeUndefined();
    const pdf = file('coal.pdf', is!, 'inconsistent');
    expect(await whereChanged(pdf, keptOf([pdf]))).toBeUndefined();
  });
});

describe('an opening of cells', () => {
  it.each([
    ['with another root is not what was anchored', '0'.repeat(64), 'inconsistent'],
    ['of a table that was anchored without its cells cannot be told', undefined, 'undecidable'],
  ])('%s', async (_, root, verdict) => {
    ledgerSays(root);
    expect(await openTable(new Blob([JSON.stringify(opening)]))).toMatchObject({ verdict, cells: [] });
  });

  it('that is none is refused', async () => {
    await expect(openTable(new Blob(['{"schema":"carbon-ledger/cells-opening/v1"}']))).rejects.toMatchObject({
      code: 'BAD_FILE',
    });
  });
});
