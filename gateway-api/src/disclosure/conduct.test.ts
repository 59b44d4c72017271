import { parseRecord, type LedgerRecord } from '@carbon-ledger/core';
import { prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { prices } from '../http/limits/prices';
import { sampleReceipt } from '../testing/trial-world';
import { conductOf, type CountedRecords } from './conduct';

const lab = '91140100MA0FAKE2XU';
const base = parseRecord(sampleReceipt('E1', '2024-01').record);
const place = { txId: '', blockNumber: '1', logIndex: 0, anchoredAt: '', submission: '', indexInSubmission: 0 };

function entryOf(id: string, record: Partial<LedgerRecord>): AnchoredEntry {
  return { ...place, id, key: id, record: { ...base, ...record }, text: '', state: 'CURRENT', status: 'current' };
}

const conclusion = entryOf('rec:c', { type: 'verification-conclusion' });
const finding = entryOf('rec:f', { type: 'finding' });
const other = entryOf('rec:o', { type: 'explanation' });
const hit = { severity: 'warn', addresses: ['rec:c#emission_tCO2'] };
const told = { severity: 'info', addresses: ['rec:c#emission_tCO2'] };
const elsewhere = { severity: 'critical', addresses: ['rec:d#emission_tCO2'] };
const screening = entryOf('rec:s', { type: 'screening-result', content: { findings: [hit, told, elsewhere] } });

/** A ledger on which one conclusion is cited by all of these, the oldest first, as an index has them. */
function citedBy(citing: readonly AnchoredEntry[]): { projection: CountedRecords; read: () => number } {
  const known = new Map(citing.map((entry) => [entry.id, entry]));
  let count = 0;
  async function* under(prefix: string): AsyncGenerator<readonly (readonly [string, string])[], void, undefined> {
    await Promise.resolve();
    expect(prefix).toBe(prefixes.cited('rec:c'));
    for (let at = 0; at < citing.length; at += 500)
      yield citing.slice(at, at + 500).map(({ id }, index) => [`${prefix}${String(at + index)}`, id] as const);
  }
  const records = (ids: readonly string[]): Promise<(AnchoredEntry | undefined)[]> => {
    count += ids.length;
    return Promise.resolve(ids.map((id) => known.get(id)));
  };
  const list = (): Promise<{ items: AnchoredEntry[] }> => Promise.resolve({ items: [conclusion] });
  const get = (): Promise<undefined> => Promise.resolve(undefined);
  return { projection: { list, under, reader: { records }, world: { get } }, read: () => count };
}

async function count(citing: readonly AnchoredEntry[]): Promise<[Awaited<ReturnType<typeof conductOf>>, number]> {
  const { projection, read } = citedBy(citing);
  let spent = 0;
  const values = { of: () => Promise.resolve({}) };
  const pacer = { turn: () => Promise.resolve() };
  const spend = (units: number): void => {
    spent += units;
  };
  const conduct = await conductOf({ projection, pacer, values, spend }, lab, 'verifier');
  expect(spent).toBeGreaterThanOrEqual(read() * prices.recordRead);
  return [conduct, read()];
}

const many = (length: number): AnchoredEntry[] => Array.from({ length }, () => other);

it('is counted of all that rests on what was filed, however much came after it', async () => {
  const [conduct] = await count([finding, screening, ...many(1_200)]);
  expect(conduct).toMatchObject({
    ...{ filed: 1, complete: true, hitsPerReport: '1.00' },
    ...{ findings: { count: 1, records: ['rec:f'] }, screened: { count: 1, records: ['rec:s'] } },
  });
});

it('does not count what does not stand', async () => {
  const [conduct] = await count([
    { ...finding, status: 'withdrawn' },
    { ...screening, status: 'superseded' },
  ]);
  expect(conduct).toMatchObject({ findings: { count: 0 }, screened: { count: 0 }, hitsPerReport: '0.00' });
});

it('says that it is not complete where more rests on it than is looked at', async () => {
  const [conduct, read] = await count([...many(21_000), finding]);
  expect(conduct).toMatchObject({ complete: false, findings: { count: 0 } });
  expect(read).toBeLessThan(21_000);
});
