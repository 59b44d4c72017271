import { LedgerError } from '@carbon-ledger/core';
import { faultsOfRefusal } from './submit';

describe('a refusal', () => {
  it('has its faults at the places of the form', () => {
    const faults = [
      { path: '/submissions/0/submission/records/0/content/due', code: 'BAD_RECORD', message: 'late' },
      { path: '/submissions/0/submission/records/0', code: 'KEY_TAKEN', message: 'stands' },
      { path: '/figures/Mar_pct', code: 'FIGURE_FORMAT', message: 'two decimals' },
    ] as const;
    expect(faultsOfRefusal(new LedgerError('BAD_RECORD', 'x', { faults })).map(({ path }) => path)).toEqual([
      '/content/due',
      '',
      '/figures/Mar_pct',
    ]);
  });

  it('of another kind of error has none', () => {
    expect(faultsOfRefusal(new Error('network'))).toEqual([]);
  });
});
