import type { ScreeningFinding } from '@carbon-ledger/core';
import { emissionChange, ruleEffects, touchedBy } from './preview';

const finding = (rule: string, at: string): ScreeningFinding => ({
  ...{ rule, at, severity: 'W', touches: [], got: '', limit: '', inputs: '' },
});
const at = (unit: string, month: string): string => `91140000MA0FAKE01X/${unit}/${month}/monthly-evidence`;

describe('the effect of rules on what is found', () => {
  it('are the rules that would tell something else, with the units that they ask', () => {
    const before = [finding('R-1', at('U1', '2024-01')), finding('R-2', at('U1', '2024-01'))];
    const after = [
      finding('R-2', at('U1', '2024-01')),
      finding('R-3', at('U1', '2024-01')),
      finding('R-3', at('U1', '2024-02')),
      finding('R-3', at('U2', '2024-02')),
    ];
    expect(ruleEffects({ findings: before }, { findings: after })).toEqual([
      { rule: 'R-1', before: 1, after: 0, unitsBefore: 1, unitsAfter: 0 },
      { rule: 'R-3', before: 0, after: 3, unitsBefore: 0, unitsAfter: 2 },
    ]);
  });
});

describe('the effect of parameters on figures', () => {
  const change = (
    record: string,
    figure: string,
    delta: string | null,
  ): Parameters<typeof touchedBy>[0]['changes'][number] => ({
    ...{ record, figure, before: '1', after: '2', delta },
  });
  const changes = [
    change('A/U1/2024-01/monthly-evidence', 'E_t', '0.5'),
    change('A/U1/2024/annual-report', 'emission_tCO2', '7'),
    change('A/PLANT/2024/annual-report', 'emission_tCO2', '7'),
    change('B/PLANT/2024/annual-report', 'emission_tCO2', '-10'),
    change('C/PLANT/2024/annual-report', 'emission_tCO2', null),
  ];

  it('is counted by units and enterprises, and adds up over plants, each once', () => {
    expect(touchedBy({ changes })).toEqual({ units: 4, enterprises: 3 });
    expect([emissionChange({ changes }), emissionChange({ changes: [] })]).toEqual(['-3', undefined]);
  });
});
