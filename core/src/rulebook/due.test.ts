import fc from 'fast-check';
import { addDays } from '../calendar';
import { shelvedMethodologies, shelvedRules } from '../methodology';
import { dueDay, statedDue, valuesOf, type YearValues } from './due';
import { dueTerms, dueTermsOf } from './due-terms';
import { recordTypes } from './registry';

const subject = (period: string, unit = 'U1') => ({ uscc: '91140000MA0FAKE01X', unit, period });
const valued = (values: Readonly<Record<string, string>>): YearValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, unit: '1', source: '通知' }]));
const dueBy = (type: keyof typeof dueTerms, period: string, values: YearValues | undefined, kind: string = type) =>
  dueDay(recordTypes[type], { subject: subject(period), kind }, values);

describe('the calendar of each sector’s year, as the folders of sectors/ state it', () => {
  it.each([
    // 2025 [F4] and 2026 [F3] of the work notices; monthly evidence 40 natural days after the month.
    ['CN-ETS-POWER', '2024', 'quality-control-plan', '2024', '2023-12-31'],
    ['CN-ETS-POWER', '2024', 'monthly-evidence', '2024-01', '2024-03-11'],
    ['CN-ETS-POWER', '2024', 'monthly-evidence', '2024-09', '2024-11-09'],
    ['CN-ETS-POWER', '2024', 'annual-report', '2024', '2025-03-31'],
    ['CN-ETS-POWER', '2024', 'verification-conclusion', '2024', '2025-06-30'],
    ['CN-ETS-POWER', '2024', 'allowance-issuance', '2024', '2025-07-31'],
    ['CN-ETS-POWER', '2024', 'allowance-credit', '2024', '2025-08-20'],
    ['CN-ETS-POWER', '2024', 'surrender', '2024', '2025-12-31'],
    ['CN-ETS-POWER', '2026', 'emitter-list', '2026', '2025-10-31'],
    ['CN-ETS-CEMENT', '2024', 'verifier-assessment', '2024', '2025-12-31'],
    ['CN-ETS-STEEL', '2025', 'verifier-assessment', '2025', '2026-11-30'],
    ['CN-ETS-POWER-GAS', '2024', 'annual-report', '2024', '2025-03-31'],
    ['CN-ETS-POWER', '2020', 'surrender', '2020', '2021-12-31'],
    ['CN-ETS-STEEL', '2024', 'quality-control-plan', '2024', undefined],
    ['CN-ETS-STEEL', '2024', 'monthly-evidence', '2024-03', undefined],
    ['CN-ETS-STEEL', '2024', 'annual-report', '2024', '2025-06-30'],
    ['CN-ETS-STEEL', '2024', 'verification-conclusion', '2024', '2025-08-31'],
    ['CN-ETS-CEMENT', '2024', 'annual-report', '2024', '2025-06-30'],
    ['CN-ETS-ALUMINIUM', '2024', 'allowance-issuance', '2024', '2025-09-30'],
    ['CN-ETS-STEEL', '2025', 'monthly-evidence', '2025-01', '2025-10-31'],
    ['CN-ETS-STEEL', '2025', 'monthly-evidence', '2025-06', '2025-10-31'],
    ['CN-ETS-STEEL', '2025', 'monthly-evidence', '2025-07', '2025-09-09'],
    ['CN-ETS-CEMENT', '2025', 'annual-report', '2025', '2026-03-31'],
    ['CN-ETS-CEMENT', '2025', 'verification-conclusion', '2025', '2026-07-31'],
  ] as const)('%s %s: %s of %s is due on %s', (id, year, type, period, day) => {
    expect(dueBy(type, period, shelvedRules(id, year).parameters.values)).toBe(day);
  });

  it('has a day of surrender and of the annual report for every sector of the market and year', () => {
    for (const { id, years } of shelvedMethodologies().filter((one) => one.id.startsWith('CN-ETS-')))
      for (const year of years)
        for (const type of ['surrender', 'annual-report'] as const)
          expect(dueBy(type, year, shelvedRules(id, year).parameters.values)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('a day that parameters set', () => {
  it('is none without them, whatever the type', () => {
    for (const type of Object.keys(dueTerms) as (keyof typeof dueTerms)[])
      for (const values of [undefined, {}, valued({ OF: '99' })])
        expect(dueBy(type, '2024-01', values)).toBeUndefined();
    expect(dueTermsOf('sample-receipt')).toBeUndefined();
    expect(dueTermsOf('toString')).toBeUndefined();
  });

  it('is so many days behind the month, or the one of the month itself', () => {
    const month = fc.integer({ min: 1, max: 12 }).map((one) => String(one).padStart(2, '0'));
    fc.assert(
      fc.property(month, fc.nat(999), (of, days) => {
        const end = addDays(of === '12' ? '2025-01-01' : `2024-${String(Number(of) + 1).padStart(2, '0')}-01`, -1);
        const counted = { 'evidence.days': String(days) };
        expect(dueBy('monthly-evidence', `2024-${of}`, valued(counted))).toBe(addDays(end, days));
        const own = { ...counted, [`evidence.deadline.${of}`]: '20251031' };
        expect(dueBy('monthly-evidence', `2024-${of}`, valued(own))).toBe('2025-10-31');
      }),
    );
  });

  it.each(['20250230', '2025', '2025-03-31', '-20250331', '99999999'])('is none by %s, which is no day', (text) => {
    expect(dueBy('annual-report', '2024', valued({ 'annualReport.deadline': text }))).toBeUndefined();
  });

  it('of allowances is that of their phase; an adjustment has none', () => {
    const values = valued({ 'preAllocation.deadline': '20250420', 'determination.deadline': '20250731' });
    const of = (kind: string) => dueBy('allowance-issuance', '2024', values, kind);
    expect(['allowance-issuance.pre', 'allowance-issuance', 'allowance-issuance.adjustment'].map(of)).toEqual([
      '2025-04-20',
      '2025-07-31',
      undefined,
    ]);
  });

  it('is filled in where a type states it and nothing is stated', () => {
    const values = valued({ 'evidence.days': '40', 'annualReport.deadline': '20250331' });
    const month = { subject: subject('2024-01'), kind: 'monthly-evidence' };
    const filled = (content: Readonly<Record<string, unknown>>) =>
      statedDue(recordTypes['monthly-evidence'], month, content, values);
    expect([filled({}), filled({ due: '' }), filled({ due: '2024-01-01' })]).toEqual([
      { due: '2024-03-11' },
      { due: '2024-03-11' },
      {},
    ]);
    const year = { subject: subject('2024'), kind: 'annual-report' };
    expect(statedDue(recordTypes['annual-report'], year, {}, values)).toEqual({});
  });

  it('is read of a record that has values, and of nothing else', () => {
    expect(valuesOf({ content: { values: valued({ OF: '99' }) } })).toEqual(valued({ OF: '99' }));
    for (const content of [{}, { values: null }, { values: 'x' }]) expect(valuesOf({ content })).toBeUndefined();
    expect(valuesOf(undefined)).toBeUndefined();
  });
});
