import type { BuiltRecord } from '@carbon-ledger/core';
import type { Story } from '../market';
import { valueOf } from './carbon-tests';

const diesel = { 'fuel.FC.diesel': '31.20', 'fuel.ncvMeasured.diesel': '0', 'fuel.carbonMeasured.diesel': '0' };
const gas = {
  'gas.FC.natural_gas': '12.44',
  'gas.ncvMeasured.natural_gas': '0',
  'gas.carbonMeasured.natural_gas': '0',
};

/** A unit that is started with diesel and burns gas beside its coal: every fuel by its own factors, all in the year's sum. */
export const secondFuel: Story = {
  title: 'ignition oil and gas beside the coal',
  tag: 'D4',
  play: async (market) => {
    await market.useMethodology('CN-ETS-POWER-FUELS');
    expect(await market.refused(market.plan({ carbonTestMode: undefined }))).toEqual([
      'BAD_RECORD /content/carbonTestMode',
    ]);
    const plan = market.plan();
    await market.file(plan);
    const [first, second] = market.months;
    const months: BuiltRecord[] = [];
    for (const period of [first, second]) await market.file(...market.tested(period));
    const reports = market.held.records.map(({ built }) => built).filter(({ record }) => record.type === 'test-report');
    const of = (at: 0 | 1, figures: Readonly<Record<string, string>>): BuiltRecord =>
      market.evidence(plan, reports[at], market.months[at], { figures: { starts: '1', ...figures } });
    // A fuel of which the ledger has no factor, a factor of one's own, and a fuel that is left out of the sum.
    const whale = {
      'fuel.FC.whale_oil': '1.00',
      'fuel.ncvMeasured.whale_oil': '0',
      'fuel.carbonMeasured.whale_oil': '0',
    };
    expect(await market.refused(of(0, whale))).toContain('FIGURE_MISSING /figures/fuel.emission.whale_oil');
    expect(await market.refused(of(0, { ...diesel, 'fuel.C.diesel': '0.8000' }))).toContain(
      'FIGURE_MISMATCH /figures/fuel.C.diesel',
    );
    const honest = of(0, { ...diesel, ...gas });
    const others = { otherFuelEmission_tCO2: '0.00', emission_tCO2: String(valueOf(honest, 'coalEmission_tCO2')) };
    expect(await market.refused(of(0, { ...diesel, ...gas, ...others }))).toContain(
      'FIGURE_MISMATCH /figures/otherFuelEmission_tCO2',
    );
    // 31.20 × 0.8616 × 0.98 × 44/12, and 12.44 × 5.9642 × 0.99 × 44/12
    expect(valueOf(honest, 'fuel.emission.diesel')).toBe('96.60');
    expect(valueOf(honest, 'gas.emission.natural_gas')).toBe('269.33');
    months.push(honest, of(1, {}));
    for (const built of months) await market.file(built);
    const [unit, plant] = market.reports(plan, months);
    await market.file(unit, plant);
    expect(valueOf(unit, 'otherFuelEmission_tCO2')).toBe('365.93');
  },
};
