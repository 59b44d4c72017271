import type { LedgerRecord } from '../records';
import { isOnBelt, saysSo } from './citation-fit';
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
