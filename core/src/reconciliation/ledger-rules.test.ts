import type { LedgerRecord } from '../records';
import { rulesOnLedger } from './ledger-rules';
import { shippedReconciliationRules as shipped } from './rules';

function table(unit: string, values: Readonly<Record<string, string>>): LedgerRecord {
  const entries = Object.entries(values).map(([name, value]) => [name, { value, unit: '1' }]);
  return {
    ...{ schema: 'carbon-ledger/record/v1', type: 'parameter', issuer: '11100000MA0TRYA01Y' },
    subject: { uscc: '11100000MA0TRYA01Y', unit, period: '2024' },
    ...{ kind: 'parameter', version: 1, cites: [], documents: [], totals: {}, figuresRoot: null },
    content: { values: Object.fromEntries(entries) as unknown },
  };
}

describe('rules of a reconciliation', () => {
  it('are those of the tables on the ledger, where these say anything', () => {
    const said = {
      ccerCapRate: '0.03',
      'offset.cancelTo': '20251130',
      'offset.bookingDays': '2',
      'offset.closesAt': '930',
      'offset.freeze': '1',
      'ccer.registeredFrom': '20240201',
    };
    const found = rulesOnLedger(shipped, '2024', [{ record: table('STEEL', {}) }, { record: table('POWER', said) }]);
    expect(found).toMatchObject({ bookingDays: 2, closesAt: '09:30', newFromRegistered: '2024-02-01' });
    const changed = { capRate: '0.03', deadline: '2025-11-30', isFrozenFirst: true };
    expect(found.years['2024']).toEqual({ ...shipped.years['2024'], ...changed });
    expect(found.years['2023']).toEqual(shipped.years['2023']);
  });

  it('do not depend on the order of tables', () => {
    const tables = [
      { record: table('POWER', { 'offset.bookingDays': '1' }) },
      { record: table('STEEL', { 'offset.bookingDays': '9' }) },
    ];
    expect(rulesOnLedger(shipped, '2024', tables)).toEqual(rulesOnLedger(shipped, '2024', [...tables].reverse()));
  });

  it('are named by year where a table or a calendar is in doubt', () => {
    const calendar: LedgerRecord = { ...table('-', {}), type: 'working-days', kind: 'working-days' };
    const inWorkingDays = { 'offset.bookingInWorkingDays': '1' };
    const said = [
      { record: table('POWER', inWorkingDays), doubts: ['under-finding', 'input-doubted'] },
      { record: table('STEEL', {}), doubts: [] },
      { record: { ...calendar, subject: { ...calendar.subject, period: '2025' } }, doubts: ['key-compromised'] },
    ];
    expect(rulesOnLedger(shipped, '2024', said).doubted).toEqual({
      '2024': [
        { record: '11100000MA0TRYA01Y/POWER/2024/parameter', doubts: 'under-finding, input-doubted' },
        { record: '11100000MA0TRYA01Y/-/2025/working-days', doubts: 'key-compromised' },
      ],
    });
    expect(rulesOnLedger(shipped, '2024', [{ record: table('POWER', {}) }])).not.toHaveProperty('doubted');
    // A calendar by which nothing was counted accuses no row.
    const [, , unread] = said;
    expect(rulesOnLedger(shipped, '2024', [{ record: table('POWER', {}) }, unread!])).not.toHaveProperty('doubted');
  });

  it('stay as they came where the ledger has no table, or the program knows no such year', () => {
    expect(rulesOnLedger(shipped, '2024', [])).toBe(shipped);
    for (const year of ['1999', 'constructor', '__proto__'])
      expect(rulesOnLedger(shipped, year, [{ record: table('POWER', { ccerCapRate: '0.5' }) }])).toBe(shipped);
  });
});
