import type { LedgerRecord } from '../records';
import { factsOfRecord, factTypes } from './facts';

const plant = '91140000MA0FAKE01X';
const base: LedgerRecord = {
  schema: 'carbon-ledger/record/v1',
  type: 'party',
  issuer: plant,
  subject: { uscc: plant, unit: 'PLANT', period: '2024' },
  kind: 'party',
  version: 1,
  cites: [],
  documents: [],
  totals: {},
  figuresRoot: null,
  content: {},
};

const of = (record: Partial<LedgerRecord>): ReturnType<typeof factsOfRecord> =>
  factsOfRecord({ id: 'rec:1', record: { ...base, ...record } });

describe('what a record says for a reconciliation', () => {
  it('is the accounts of a party, each where it has one, and nothing where it has none', () => {
    const told = (identifiers: object | undefined): unknown => of({ content: { identifiers } });
    expect(told({ ccerAccountId: 'C1' })).toEqual([{ kind: 'accounts', record: 'rec:1', uscc: plant, ccer: 'C1' }]);
    expect(told({ allowanceAccountId: 'A1' })).toEqual([
      { kind: 'accounts', record: 'rec:1', uscc: plant, allowance: 'A1' },
    ]);
    expect([told({}), told(undefined)]).toEqual([[], []]);
  });

  it('is what the plant as a whole owes, not one of its units', () => {
    const totals = { verifiedEmission_tCO2: { value: '4146356', unit: 'tCO2' } };
    const conclusion = { type: 'verification-conclusion', totals } as const;
    expect(of(conclusion)).toEqual([
      { kind: 'obligation', record: 'rec:1', uscc: plant, year: '2024', due: '4146356' },
    ]);
    expect(of({ ...conclusion, subject: { ...base.subject, unit: 'U1' } })).toEqual([]);
    expect(of({ ...conclusion, totals: {} })).toEqual([]);
  });

  it('is every facility under its permit', () => {
    const units = [
      { permitNo: 'P1', facilityCode: 'MF0001' },
      { permitNo: 'P1', facilityCode: 'MF0002' },
    ];
    expect(of({ type: 'facility', content: { units } })).toEqual([
      { kind: 'facility', record: 'rec:1', code: 'P1/MF0001', uscc: plant },
      { kind: 'facility', record: 'rec:1', code: 'P1/MF0002', uscc: plant },
    ]);
  });

  it('is a cancellation with its numbers, and the record that says so', () => {
    const content = { projectRef: 'P', serialFrom: '1', serialTo: '9', qty: '9' };
    expect(of({ type: 'ccer-cancellation', content })).toEqual([
      {
        ...{ kind: 'cancellation', record: 'rec:1', uscc: plant, year: '2024' },
        ...{ project: 'P', serialFrom: '1', serialTo: '9', qty: '9' },
      },
    ]);
  });

  it('is a freeze with its numbers, and a booking with the cancellation that it books', () => {
    const numbers = { serialFrom: '1', serialTo: '9' };
    expect(of({ type: 'ccer-freeze', content: { ...numbers, projectRef: 'P', qty: '9', account: 'C1' } })).toEqual([
      { kind: 'freeze', record: 'rec:1', uscc: plant, year: '2024', ...numbers },
    ]);
    const cites = ['parameters', 'ccer-cancellation'].map((role) => ({ role, record: `rec:${role}`, key: 'k' }));
    expect(of({ type: 'offset-booking', content: { qty: '9' }, cites })).toEqual([
      { kind: 'booking', record: 'rec:1', uscc: plant, year: '2024', qty: '9', cancellation: 'rec:ccer-cancellation' },
    ]);
  });

  it('is nothing for every other type', () => {
    expect(factTypes).not.toContain('monthly-evidence');
    expect(of({ type: 'monthly-evidence', content: { units: [] } })).toEqual([]);
  });

  it('is told with why its record is in doubt', () => {
    const totals = { verifiedEmission_tCO2: { value: '4146356', unit: 'tCO2' } };
    const record = { ...base, type: 'verification-conclusion', totals } as LedgerRecord;
    const facts = factsOfRecord({ id: 'rec:1', record, doubts: ['under-finding', 'resting'] });
    expect(facts).toEqual([expect.objectContaining({ due: '4146356', doubts: 'under-finding, resting' })]);
    expect(factsOfRecord({ id: 'rec:1', record, doubts: [] })[0]).not.toHaveProperty('doubts');
  });
});
