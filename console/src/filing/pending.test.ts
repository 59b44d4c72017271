import type { BuiltRecord, CitationRule, RecordType } from '@carbon-ledger/core';
import { builtWith } from '../testing/records';
import { withPending } from './pending';

const built = (unit: string, id: string, kind = 'annual-report', period = '2024'): BuiltRecord =>
  builtWith(id, { type: kind.split('.')[0] as RecordType, kind, subject: { uscc: 'A', unit, period } });
const subject = { uscc: 'A', unit: 'PLANT', period: '2024', kind: 'annual-report' };
const units: CitationRule = {
  role: 'unit-report',
  type: 'annual-report',
  min: 1,
  max: 40,
  same: ['uscc', 'year'],
  of: 'units',
};
const idsOf = (cited: ReturnType<typeof withPending>, role: string): string[] =>
  (cited[role] ?? []).map(({ id }) => id);

describe('records of the same submission', () => {
  it('take the place of what stands under their keys, and come beside the others', () => {
    const cited = { 'unit-report': [built('U1', 'old1'), built('U2', 'old2')] };
    const found = withPending(cited, [units], subject, [built('U2', 'new2'), built('U3', 'new3')]);
    expect(idsOf(found, 'unit-report')).toEqual(['old1', 'new2', 'new3']);
  });

  it('of another kind, year, party or level are none of it', () => {
    const others = [
      built('U1', 'a', 'monthly-evidence'),
      built('U1', 'b', 'annual-report', '2023'),
      built('PLANT', 'c'),
    ];
    expect(withPending({}, [units], subject, others)).toEqual({});
    expect(withPending({}, [units], { ...subject, uscc: 'B' }, [built('U1', 'd')])).toEqual({});
  });

  it('are the one that is cited, where one is', () => {
    const one: CitationRule = {
      role: 'pre-issuance',
      type: 'allowance-issuance',
      kind: 'allowance-issuance.pre',
      min: 0,
      max: 1,
    };
    const pre = built('U1', 'pre', 'allowance-issuance.pre');
    expect(idsOf(withPending({ 'pre-issuance': [built('U1', 'x')] }, [one], subject, [pre]), 'pre-issuance')).toEqual([
      'pre',
    ]);
    expect(withPending({}, [one], subject, [built('U1', 'final', 'allowance-issuance')])).toEqual({});
  });

  it('are of several the one under the label of what is filed', () => {
    const freeze: CitationRule = { role: 'ccer-freeze', type: 'ccer-freeze', min: 1, max: 1 };
    const freezes = ['a', 'b'].map((label) => built('PLANT', label, `ccer-freeze.${label}`));
    const filed = { ...subject, kind: 'ccer-release.a' };
    expect(idsOf(withPending({}, [freeze], filed, freezes), 'ccer-freeze')).toEqual(['a']);
  });
});
