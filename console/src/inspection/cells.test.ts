import type { LedgerRecord } from '@carbon-ledger/core';
import { viewWith } from '../testing/records';
import { cellDifferences } from './cells';

const sha256 = `sha256:${'1'.repeat(64)}`;
const documentWith = (digest: string): LedgerRecord['documents'][number] => ({
  ...{ role: 'workbook', name: 'month.xlsx', mediaType: 'application/octet-stream', size: '1' },
  ...{ sha256: digest, sm3: `sm3:${'0'.repeat(64)}` },
});
const blank = { unit: 't', salt: '0'.repeat(32) };
const view = viewWith({ documents: [documentWith(`sha256:${'0'.repeat(64)}`), documentWith(sha256)] }, [
  { name: 'fc_t', value: '100.50', source: { document: 1, place: "'my sheet'!B2" }, ...blank },
  { name: 'NCV', value: '21.208', source: { document: 1, place: 'my sheet!C2' }, ...blank },
  { name: 'other', value: '7', source: { document: 0, place: 'my sheet!D2' }, ...blank },
]);
const cell = (name: string, text: string): { sheet: string; cell: string; text: string } => ({
  ...{ sheet: 'my sheet', cell: name, text },
});

describe('a table that was changed', () => {
  it('is named by the cells from which figures were read, where there is no copy of what was anchored', () => {
    const found = [cell('B2', '100.5'), cell('C2', '21.3'), cell('D2', '8')];
    expect(cellDifferences([view], sha256, found, undefined)).toEqual([
      { place: 'my sheet!C2', anchored: '21.208', found: '21.3', figure: 'NCV' },
    ]);
    expect(cellDifferences([view], sha256, [cell('B2', '100.50')], undefined)).toEqual([
      { place: 'my sheet!C2', anchored: '21.208', found: '', figure: 'NCV' },
    ]);
  });

  it('is compared cell by cell beside a copy', () => {
    const original = [cell('A1', '机组'), cell('B2', '100.50')];
    expect(cellDifferences([view], sha256, [cell('A1', '机 组'), cell('B2', '99')], original)).toEqual([
      { place: 'my sheet!A1', anchored: '机组', found: '机 组' },
      { place: 'my sheet!B2', anchored: '100.50', found: '99', figure: 'fc_t' },
    ]);
  });
});
