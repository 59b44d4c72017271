import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { BuiltRecord, Fault } from '@carbon-ledger/core';
import { builtWith, viewWith } from '../testing/records';
import { allocationLines, computedOf, difference, mayIssue, stated, toIssue, type AllocationLine } from './lines';

const total = (value: string): { value: string; unit: string } => ({ value, unit: 'tCO2' });
const built = (uscc: string, unit: string, allowance: string): BuiltRecord =>
  builtWith(`${uscc}/${unit}`, { totals: { allowance_tCO2: total(allowance) } });
const fault: Fault = { path: '', code: 'FIGURE_MISSING', message: 'x' };

function line(
  uscc: string,
  unit: string,
  anchored: string | undefined,
  computed = '10',
  faults: readonly Fault[] = [],
): AllocationLine {
  const view = viewWith({ totals: { allowance_tCO2: total(anchored ?? '') } });
  return {
    ...{ uscc, unit, computed: { built: built(uscc, unit, computed), faults } },
    ...(anchored === undefined ? {} : { anchored: view }),
  };
}

describe('what was allocated, beside what the rules give', () => {
  it('differs by exactly so much', () => {
    const one = line('A', 'U1', '9007199254740993', '9007199254740994');
    expect([stated(one, 'final'), computedOf(one, 'final'), difference(one, 'final')]).toEqual([
      ...['9007199254740993', '9007199254740994', '1'],
    ]);
    expect(difference(line('A', 'U1', undefined), 'final')).toBeUndefined();
  });

  it('is of the phase that is asked for', () => {
    const anchored = viewWith({ totals: { preallocation_tCO2: total('7'), A_tCO2: total('9') } });
    const one = { uscc: 'A', unit: 'U1', anchored };
    expect([stated(one, 'pre'), stated(one, 'final')]).toEqual(['7', '9']);
  });
});

describe('what is issued at once', () => {
  const idsOf = (lines: readonly AllocationLine[], most?: number): string[] => toIssue(lines, most).map(({ id }) => id);

  it('are units, and behind them their plant', () => {
    expect(idsOf([line('A', 'PLANT', undefined), line('A', 'U1', undefined), line('A', 'U2', undefined)])).toEqual([
      ...['A/U1', 'A/U2', 'A/PLANT'],
    ]);
  });

  it('is nothing of a plant of which something is not ready', () => {
    const broken = line('A', 'U2', undefined, '10', [fault]);
    expect(mayIssue(broken)).toBe(false);
    expect(idsOf([line('A', 'U1', undefined), broken, line('B', 'U1', undefined)])).toEqual(['B/U1']);
    expect(idsOf([{ uscc: 'A', unit: 'U1' }])).toEqual([]);
  });

  it('is nothing that stands already', () => {
    expect(idsOf([line('A', 'U1', '10'), line('A', 'PLANT', undefined)])).toEqual(['A/PLANT']);
  });

  it('are whole plants, as many as one signature takes', () => {
    const lines = ['A', 'B'].flatMap((uscc) => [line(uscc, 'U1', undefined), line(uscc, 'PLANT', undefined)]);
    expect(idsOf(lines, 3)).toEqual(['A/U1', 'A/PLANT']);
    expect(idsOf(lines, 4)).toHaveLength(4);
  });
});

describe('lines of a year', () => {
  const view = (kind: string, uscc: string, unit: string): AnchoredRecordView =>
    viewWith({ kind, subject: { uscc, unit, period: '2024' } });
  const records: Record<string, AnchoredRecordView[]> = {
    'quality-control-plan': [view('quality-control-plan', 'A', 'U1'), view('quality-control-plan', 'B', 'U1')],
    'allowance-issuance': [view('allowance-issuance', 'A', 'U1'), view('allowance-issuance.pre', 'A', 'PLANT')],
  };
  const client = {
    // eslint-disable-next-line @typescript-eslint/require-await -- as the client gives it
    async *allRecords({ type = '' }: { readonly type?: string }) {
      yield* records[type] ?? [];
    },
  };

  it('are every unit and plant of the region, with what stands of the phase', async () => {
    const found = await allocationLines(client, { year: '2024', phase: 'final' }, (uscc) => uscc === 'A');
    expect(found.map(({ unit, anchored }) => [unit, anchored !== undefined])).toEqual([
      ['U1', true],
      ['PLANT', false],
    ]);
  });
});
