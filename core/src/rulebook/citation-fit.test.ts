import type { LedgerRecord } from '../records';
import { isAnswer, isOnBelt, misfitOf, saysSo, servingTypes } from './citation-fit';
import { recordTypes } from './registry';

const role = { role: 'test-report', type: 'test-report', min: 0, max: 100 } as const;
const plan = { sharedBelt: ['U2', 'U3'] };

describe('units that a role looks at', () => {
  it('are all, where it has no belt', () => {
    expect(isOnBelt(role, 'U1', 'U9', plan)).toBe(true);
  });

  it.each([
    ['all', ['U1', 'U2', 'U3']],
    ['others', ['U2', 'U3']],
  ] as const)('are, with a belt of %s, those that the plan declares', (belt, serving) => {
    const units = ['U1', 'U2', 'U3', 'U4', 'PLANT'];
    expect(units.filter((unit) => isOnBelt({ ...role, belt }, 'U1', unit, plan))).toEqual(serving);
  });

  it.each([undefined, {}, { sharedBelt: 'U2' }])('are its own alone, where the plan says %j', (content) => {
    expect(isOnBelt({ ...role, belt: 'all' }, 'U1', 'U1', content)).toBe(true);
    expect(isOnBelt({ ...role, belt: 'all' }, 'U1', 'U2', content)).toBe(false);
    expect(isOnBelt({ ...role, belt: 'others' }, 'U1', 'U1', content)).toBe(false);
  });
});

describe('what a record must say to serve in a role', () => {
  it('is said word for word, all of it', () => {
    expect(saysSo({ outcome: 'corrected', measure: 'm' }, { outcome: 'corrected' })).toBe(true);
    expect(saysSo({ outcome: 'conservative' }, { outcome: 'corrected' })).toBe(false);
    expect(saysSo({}, { outcome: 'corrected' })).toBe(false);
  });

  it('is asked of an answer to a nonconformity by the conclusion, so that each stands in one role', () => {
    const { cites } = recordTypes['verification-conclusion'];
    const record = { subject: { uscc: '', unit: 'U1', period: '2024' } } as unknown as LedgerRecord;
    const rules = typeof cites === 'function' ? cites(record) : cites;
    const serving = (outcome: string): string[] =>
      rules
        .filter(({ type, says }) => type === 'nonconformity-response' && saysSo({ outcome }, says ?? {}))
        .map(({ role: as }) => as);
    expect(['corrected', 'conservative'].map(serving)).toEqual([['correction'], ['conservative-estimate']]);
  });
});

describe('where a record does not serve in a role', () => {
  const own = { uscc: 'A', unit: 'U1', period: '2024-03' };
  const report = { ...own, kind: 'test-report' };

  it.each([
    ['its type', { ...report, kind: 'sample-receipt' }, {}, 'type'],
    ['its label', { ...report, kind: 'test-report.2' }, { kind: 'test-report.1' }, 'kind'],
    ['being about a plant', { ...report, unit: 'PLANT' }, { of: 'units' }, 'of'],
    ['being about no unit', { ...report, unit: '-' }, { of: 'units' }, 'of'],
    ['its party', { ...report, uscc: 'B' }, { same: ['uscc', 'unit'] }, 'uscc'],
    ['its month', { ...report, period: '2024-04' }, { same: ['year', 'period'] }, 'period'],
    ['its year', { ...report, period: '2023-03' }, { same: ['year'] }, 'year'],
  ] as const)('is told: %s', (_, key, change, misfit) => {
    expect(misfitOf({ ...role, ...change }, own, key)).toBe(misfit);
  });

  it('is nothing where it serves, and any type serves where any would do', () => {
    expect(misfitOf({ ...role, same: ['uscc', 'unit', 'period', 'year'], of: 'units' }, own, report)).toBeUndefined();
    expect(misfitOf({ ...role, type: 'any' }, own, { ...report, kind: 'finding.1' })).toBeUndefined();
    expect([servingTypes(role), servingTypes({ ...role, type: 'any' })]).toEqual([['test-report'], []]);
  });
});

describe('an answer', () => {
  const about = (record: string): Pick<LedgerRecord, 'cites'> => ({ cites: [{ role: 'r', record, key: 'k' }] });

  it('is about the very version that is asked about, not about another of its key', () => {
    expect(isAnswer(about('rec:1'), [about('rec:0'), about('rec:1')])).toBe(true);
    expect(isAnswer(about('rec:2'), [about('rec:1')])).toBe(false);
    expect(isAnswer(about('rec:2'), [])).toBe(false);
  });
});
