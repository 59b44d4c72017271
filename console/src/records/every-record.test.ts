import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { everyRecord } from './every-record';
import { readFilters } from './filters';

const record = (id: string): AnchoredRecordView => ({ id }) as AnchoredRecordView;

test('the count moves with each page, however short it is, and a page with nothing in it is not the end', async () => {
  const pages = [{ items: [record('a')], next: '1' }, { items: [], next: '2' }, { items: [record('b'), record('c')] }];
  const asked: (string | undefined)[] = [];
  const records = (({ cursor }) => {
    asked.push(cursor);
    return Promise.resolve(pages[asked.length - 1]!);
  }) as LedgerClient['records'];
  const counts: number[] = [];
  const all = await everyRecord({ records }, readFilters(''), (count) => counts.push(count));
  expect(all.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual([undefined, '1', '2']);
  expect(counts).toEqual([1, 1, 3]);
});
