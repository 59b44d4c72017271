import type { CurrentRecord } from '@carbon-ledger/core';
import { parseRecord } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { sampleReceipt } from '../testing/trial-world';
import { standingRecords, type HeadsByType } from './standing';

const issued = parseRecord(sampleReceipt('E1', '2024-01').record);

function entry(id: string, key: string, status: AnchoredEntry['status']): AnchoredEntry {
  const place = { txId: '', blockNumber: '1', logIndex: 0, anchoredAt: '', submission: '', indexInSubmission: 0 };
  return { ...place, id, key, record: issued, text: '', state: 'CURRENT', status };
}

/** Heads as an index holds them, and which records were read. */
function ledgerOf(rows: readonly (readonly [key: string, state: string, status: AnchoredEntry['status']])[]): {
  ledger: HeadsByType;
  read: string[];
} {
  const read: string[] = [];
  const entries = new Map(
    rows.map(([key, , status], index) => [`rec:${String(index)}`, entry(`rec:${String(index)}`, key, status)]),
  );
  async function* current(type: string, state: string, uscc = ''): AsyncGenerator<CurrentRecord, void, undefined> {
    await Promise.resolve();
    for (const [index, [key, at]] of rows.entries())
      if (at === state && key.endsWith(`/${type}`) && key.startsWith(uscc))
        yield { key, record: `rec:${String(index)}`, version: 1, state, since: '', by: `rec:${String(index)}` };
  }
  const records = (ids: readonly string[]): Promise<(AnchoredEntry | undefined)[]> => {
    read.push(...ids);
    return Promise.resolve(ids.map((id) => entries.get(id)));
  };
  return { ledger: { current, reader: { records } }, read };
}

const [one, other] = ['91140000MA0FAKE01X', '91140100MA0FAKE2XU'];

it('reads what stands of a type and year, and nothing of others', async () => {
  const { ledger, read } = ledgerOf([
    [`${other}/-/2024/emitter-list`, 'CURRENT', 'current'],
    [`${one}/-/2024/emitter-list`, 'CURRENT', 'current'],
    [`${one}/-/2023/emitter-list`, 'CURRENT', 'current'],
    [`${one}/-/2024/emitter-list`, 'WITHDRAWN', 'withdrawn'],
    [`${one}/PLANT/2024/annual-report`, 'CURRENT', 'current'],
  ]);
  const found = await standingRecords(ledger, 'emitter-list', '2024');
  expect(found.map(({ id }) => id)).toEqual(['rec:1', 'rec:0']);
  expect(read.sort()).toEqual(['rec:0', 'rec:1']);
});

it('takes the months of a year, of one party where one is named', async () => {
  const { ledger } = ledgerOf([
    [`${one}/U1/2024-01/sample-receipt`, 'CURRENT', 'current'],
    [`${one}/U1/2024-12/sample-receipt`, 'CURRENT', 'current'],
    [`${one}/U1/2025-01/sample-receipt`, 'CURRENT', 'current'],
    [`${other}/U1/2024-01/sample-receipt`, 'CURRENT', 'current'],
  ]);
  const found = await standingRecords(ledger, 'sample-receipt', '2024', one);
  expect(found.map(({ id }) => id)).toEqual(['rec:0', 'rec:1']);
});
