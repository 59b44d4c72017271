import { recordTypeNames, type LedgerRecord } from '../records';
import { isAnswer, isMeant, isOnBelt, misfitOf, nearest, saysSo, servingTypes } from './citation-fit';
import { recordTypes } from './registry';
import { recordOf } from './testing/bench';

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
    ['being of a period that is not asked for', { ...report, period: '2024-03' }, { period: '2023-03' }, 'period'],
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

describe('what somebody who fills in a record may mean', () => {
  const key = { uscc: 'A', unit: 'U1', period: '2024', kind: 'product-footprint.cell' };
  const upstream = { role: 'upstream', type: 'product-footprint', min: 0, max: 40 } as const;

  it('is no earlier version of its own, but where the role takes just that', () => {
    const other = { ...key, kind: 'product-footprint.pack' };
    expect([isMeant(upstream, key, key), isMeant(upstream, key, other)]).toEqual([false, true]);
    expect([key, other].map((one) => isMeant({ ...upstream, own: true }, key, one))).toEqual([true, false]);
  });

  it.each(recordTypeNames)('never is what a %s replaces, in any role, unless it is opened on it', (type) => {
    for (const unit of ['U1', 'PLANT', '-']) {
      const record = recordOf(type, { subject: { unit }, content: { stage: 'open' } });
      const own = { ...record.subject, kind: record.kind };
      const roles = recordTypes[type].cites(record).filter((rule) => isMeant(rule, own, own));
      expect(roles.map(({ role: name }) => name)).toEqual(type === 'inspection' ? ['plan'] : []);
    }
  });

  it('is of a conclusion that of the year before, of its own unit', () => {
    const own = { uscc: 'A', unit: 'U1', period: '2024', kind: 'verification-conclusion' };
    const rules = recordTypes['verification-conclusion'].cites(recordOf('verification-conclusion', { subject: own }));
    const years = ['2022', '2023', '2024', '2025'].filter((period) =>
      rules.some((rule) => rule.role === 'last-conclusion' && isMeant(rule, own, { ...own, period })),
    );
    expect(years).toEqual(['2023']);
  });

  it.each(['', '.05', '.06', '.B01'])('is of a test report%s the receipt of its own sample', (label) => {
    const month = { uscc: 'A', unit: 'U1', period: '2024-03' };
    const own = { ...month, kind: `test-report${label}` };
    const [rule] = recordTypes['test-report'].cites(recordOf('test-report', { subject: month, kind: own.kind }));
    const kinds = ['', '.05', '.06', '.B01', '.kept'].map((one) => `sample-receipt${one}`);
    expect(kinds.filter((kind) => rule && isMeant(rule, own, { ...month, kind }))).toEqual([`sample-receipt${label}`]);
  });
});

describe('of several that serve, the nearest', () => {
  const lots = ['ccer-lot.b', 'ccer-lot', 'ccer-lot.a'];
  const one = { ...role, max: 1 };
  const of = (kind: string, found = lots): readonly string[] => nearest(found, one, { kind }, (lot) => lot);

  it('is under the same label, else under none, else any', () => {
    expect([of('ccer-freeze.a'), of('ccer-freeze.c'), of('ccer-freeze')]).toEqual([
      ['ccer-lot.a'],
      ['ccer-lot'],
      ['ccer-lot'],
    ]);
    expect(of('ccer-freeze.c', ['ccer-lot.a', 'ccer-lot.b'])).toEqual(['ccer-lot.a', 'ccer-lot.b']);
    expect(of('ccer-freeze', [])).toEqual([]);
  });

  it('are all, where a role takes several', () => {
    expect(nearest(lots, role, { kind: 'ccer-freeze.a' }, (lot) => lot)).toEqual(lots);
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
