import { derivedSalts, digestBytes, parseOpening } from '@carbon-ledger/core';
import { committedCells, openingOf } from './cells';
import { documentWithCells } from './documents';

const bytes = Buffer.from('month,coal\n2024-01,100.50\n');
const table = new File([bytes], 'coal.csv');
const digests = digestBytes(bytes);
const key = Uint8Array.from({ length: 32 }, () => 7);
const seedOf = (sha256: string): Promise<string> => Promise.resolve(derivedSalts(key)(sha256, 1, 'cells'));

describe('a table that is anchored from the console', () => {
  it('is committed cell by cell, and its owner opens it with key and file alone', async () => {
    const document = await documentWithCells({ path: 'a/coal.csv', file: table }, digests, 'evidence', seedOf);
    expect(document.cells).toEqual(await committedCells(table, await seedOf(digests.sha256)));
    const text = await openingOf(table, document, await seedOf(digests.sha256));
    expect(parseOpening(JSON.parse(text)).cells).toContainEqual(['CSV', 'B2', '100.50']);
  });

  it('is opened by no other key, and of no other table', async () => {
    const document = await documentWithCells({ path: 'coal.csv', file: table }, digests, 'evidence', seedOf);
    const other = new File(['month,coal\n2024-01,100.51\n'], 'coal.csv');
    await expect(openingOf(table, document, '0'.repeat(32))).rejects.toMatchObject({ code: 'FIGURES_ROOT_MISMATCH' });
    await expect(openingOf(other, document, await seedOf(digests.sha256))).rejects.toMatchObject({
      code: 'FIGURES_ROOT_MISMATCH',
    });
  });

  it('is another thing than a file that is no table, or cannot be read as one', async () => {
    const named = (name: string, content: string): Parameters<typeof documentWithCells>[0] => ({
      path: name,
      file: new File([content], name),
    });
    const asked = jest.fn(seedOf);
    const pdf = await documentWithCells(named('a.pdf', '%PDF-'), digests, 'report', asked);
    expect([pdf.cells, asked.mock.calls]).toEqual([undefined, []]);
    const broken = await documentWithCells(named('a.xlsx', 'PK\u0003\u0004 no archive'), digests, 'workbook', seedOf);
    expect(broken.cells).toBeUndefined();
  });
});
