import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LedgerFact } from '@carbon-ledger/core';
import { anchoringAddress, findingLines, otherWords, severities } from './lines';
import { readSide, reconcileFiles, withFile, type ReadFile } from './run';

const folder = path.join(__dirname, '../../../examples/reconcile');
const read = (name: string): ReadFile => readSide(name, readFileSync(path.join(folder, name)));
const sides = (bookings: string): ReadFile[] =>
  ['注销记录.csv', bookings, '申请汇总.csv'].map(read).reduce<ReadFile[]>(withFile, []);

const day = { year: '2024', asOf: '2025-12-08' };
const plant = '91140000MA0FAKE01X';
const facts: LedgerFact[] = [
  { kind: 'accounts', uscc: plant, ccer: 'FIC-CCER-0000001', allowance: 'FIC-CEA-0000001' },
  { kind: 'obligation', uscc: plant, year: '2024', due: '4146356' },
];
const ledger = { facts, tables: [], told: { ledger: 'a'.repeat(64), size: '9', facts: facts.length } };

describe('files that are dropped for a reconciliation', () => {
  it('are told apart by their headers', () => {
    expect(sides('抵销登记-1208.csv').map(({ file: { name, source, rows } }) => [name, source, rows])).toEqual([
      ['抵销登记-1208.csv', 'bookings', expect.any(Number)],
      ['注销记录.csv', 'cancellations', expect.any(Number)],
      ['申请汇总.csv', 'applications', expect.any(Number)],
    ]);
  });

  it('take the place of one with the same name', () => {
    const [first, ...others] = sides('抵销登记-1208.csv');
    const again = { ...first!, notes: [] };
    expect(withFile([first!, ...others], again)).toEqual([again, ...others]);
    expect(withFile([first!, ...others], again)[0]).toBe(again);
  });

  it('are refused where they are of no side', () => {
    const bytes = new TextEncoder().encode('日期,天气\n2025-01-01,晴\n');
    expect(() => readSide('天气.csv', bytes)).toThrow('天气.csv');
  });
});

describe('a run', () => {
  const report = reconcileFiles(sides('抵销登记-1208.csv'), ledger, day);

  it('comes to the sums and mismatches that the command line comes to', () => {
    expect(report.totals).toMatchObject({
      ...{ cancelled: '60000', booked: '46500', applied: '60000', isClean: false },
      kinds: { MATCHED: 4, QUANTITY_MISMATCH: 2 },
    });
    expect(report.enterprises).toMatchObject([{ due: '4146356', cap: '207317' }]);
    expect(report.ledger).toEqual(ledger.told);
  });

  it('holds the files to what the ledger says, where it is not left out', () => {
    const kinds = (verified: string): string[] => {
      const told = facts.map((fact) => (fact.kind === 'obligation' ? { ...fact, due: verified } : fact));
      return Object.keys(reconcileFiles(sides('抵销登记-1208.csv'), { ...ledger, facts: told }, day).totals.kinds);
    };
    expect([
      kinds('4146356').includes('OBLIGATION_MISMATCH'),
      kinds('4000000').includes('OBLIGATION_MISMATCH'),
    ]).toEqual([false, true]);
    const without = reconcileFiles(sides('抵销登记-1208.csv'), undefined, day);
    expect([without.ledger, without.digest === report.digest]).toEqual([null, false]);
  });

  it('has the heaviest findings first, each with both of its places', () => {
    const lines = findingLines(report);
    const weights = lines.map(({ severity }) => severities.indexOf(severity));
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(lines).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'QUANTITY_MISMATCH', severity: 'block', found: '15000' },
        ...{ place: '注销记录.csv › I3', other: '抵销登记-1208.csv › F3：1500' },
      }),
    );
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it('is anchored by a form that has what it came to', () => {
    const asked = new URL(anchoringAddress(report), 'http://x').searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      ...{ kind: 'reconciliation.20251208', period: '2024', 'content.asOf': '2025-12-08' },
      ...{ 'content.digest': report.digest, 'content.rows': '6', 'content.open': '2' },
    });
  });
});

it('says of a record in doubt why it is, in words', () => {
  expect(otherWords({ other: 'input-doubted' })).toEqual({ zh: '依据存疑', en: 'input in doubt' });
  expect(otherWords({ other: 'A.csv › F3：15000' }).zh).toBe('A.csv › F3：15000');
});
