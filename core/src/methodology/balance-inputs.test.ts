import type { LedgerRecord } from '../records/record';
import { balanceInputsOf } from './balance-inputs';
import { solveBalanceValue } from './balance';
import { shelvedRules } from './shelf';

const uscc = '91340000MA0CEMEN1P';

type Verified = Parameters<typeof balanceInputsOf>[1][number];

interface Line {
  readonly id: string;
  readonly emission: string;
  readonly intensity: string;
  readonly months?: number;
  readonly counts?: string;
}

const total = (value: string): { value: string; unit: string } => ({ value, unit: '1' });

function recordOf(kind: LedgerRecord['type'], unit: string, fields: Partial<LedgerRecord>): LedgerRecord {
  return {
    ...{ schema: 'carbon-ledger/record/v1', type: kind, kind, issuer: uscc, version: 1, documents: [], content: {} },
    ...{ subject: { uscc, unit, period: '2025' }, cites: [], totals: {}, figuresRoot: null, ...fields },
  };
}

function reportOf({ id, emission, intensity, months = 12, counts = '1' }: Line): Verified {
  const cites = Array.from({ length: months }, (_, index) => {
    const key = `${uscc}/${id}/2025-${String(index + 1).padStart(2, '0')}/monthly-evidence`;
    return { role: 'monthly-evidence', record: `rec:${id}${String(index)}`, key };
  });
  const totals = {
    emission_tCO2: total(emission),
    intensity_tCO2_t: total(intensity),
    countsInBalance: total(counts),
  };
  return { id: `rec:${id}`, figures: [], record: recordOf('annual-report', id, { cites, totals }) };
}

function conclusionOf({ id, emission }: Line): Verified {
  const cites = [{ role: 'annual-report', record: `rec:${id}`, key: `${uscc}/${id}/2025/annual-report` }];
  const totals = { verifiedEmission_tCO2: total(emission) };
  return { id: `rec:c${id}`, figures: [], record: recordOf('verification-conclusion', id, { cites, totals }) };
}

const counted = [
  { id: 'A', emission: '1000000', intensity: '0.8000' },
  { id: 'B', emission: '3000000', intensity: '0.8800' },
];
const cement = shelvedRules('CN-ETS-CEMENT', '2025').methodology.balance!;
const inputsOf = (lines: readonly Line[]): ReturnType<typeof balanceInputsOf> =>
  balanceInputsOf(cement, lines.map(reportOf), lines.map(conclusionOf));

describe('the data of a balance value', () => {
  it.each<[string, Line]>([
    ['of a kind that is given its emissions', { id: 'W', emission: '500000', intensity: '0.6000', counts: '0' }],
    ['that began or ended within the year', { id: 'N', emission: '500000', intensity: '0.6000', months: 11 }],
    ['below 26,000 t', { id: 'S', emission: '25999', intensity: '0.6000' }],
  ])('leave out a line %s: what it is given does not depend on the value', (_what, line) => {
    const inputs = inputsOf([...counted, line]);
    expect(inputs.map(({ record }) => record)).toEqual(['rec:A', 'rec:B']);
    expect(solveBalanceValue(inputs, cement).value).toBe('0.8600');
  });

  it('hold a line of 26,000 t and of twelve months', () => {
    expect(inputsOf([...counted, { id: 'S', emission: '26000', intensity: '0.6000' }])).toHaveLength(3);
  });

  it.each(['CN-ETS-ALUMINIUM', 'CN-ETS-STEEL'])('of %s leave out what is small, new or closed', (id) => {
    const { balance } = shelvedRules(id, '2026').methodology;
    expect(balance).toMatchObject({ least: '26000', months: 12 });
    expect(balance?.counts).toBeUndefined();
  });
});
