import type { BuiltRecord } from '@carbon-ledger/core';
import type { Content } from '../market-records';
import type { Market, Story } from '../market';
import { build } from '../market-records';

/** The nation's factor of something, under a code of this story's own. */
export function nationalFactor(market: Market, code: string, content: Content, version = 1): BuiltRecord {
  return build({
    ...{ type: 'emission-factor', kind: `emission-factor.${code}`, issuer: market.nation, version },
    subject: { uscc: market.nation, unit: '-', period: market.year },
    content: {
      ...{ name: code, boundary: 'cradle-to-gate', validFrom: '2024-01-01', validTo: null },
      ...{ publishedOn: '2025-01-10', source: '国家温室气体排放因子数据库（虚构）', ...content },
    },
  });
}

/** What the plant says of one of its products. */
export function footprint(market: Market, code: string, draft: Parameters<Market['make']>[2]): BuiltRecord {
  return market.make('product-footprint', market.enterprise.uscc, {
    ...{ kind: `product-footprint.${code}`, subject: market.subject('-') },
    ...draft,
  });
}

const coal = { name: '入炉煤', unit: 't', figure: 'coalConsumption_t' };

interface Sold {
  readonly months: readonly BuiltRecord[];
  readonly factors: readonly BuiltRecord[];
  /** Codes of the factors of what is mined and what is burnt. */
  readonly codes: readonly [string, string];
  readonly figures?: Readonly<Record<string, string>>;
  readonly version?: number;
}

/** Electricity as the plant sells it: coal as the months burnt it, mined and burnt, over what went to the grid. */
export function electricity(market: Market, { months, factors, codes, figures = {}, version = 1 }: Sold): BuiltRecord {
  const [mined, burnt] = codes;
  return footprint(market, 'power', {
    version,
    content: {
      ...{ product: '上网电力', unit: 'MWh', outputFigure: 'onGrid_MWh', boundary: 'cradle-to-gate', leftOut: [] },
      lines: [
        { stage: 'material', item: mined, ...coal },
        { stage: 'production', item: burnt, ...coal },
      ],
    },
    cites: { factor: factors, 'monthly-evidence': months },
    figures,
  });
}

/** Hydrogen that is made with it: its power has the footprint of what was bought. */
export function hydrogen(market: Market, power: BuiltRecord, version = 1): BuiltRecord {
  return footprint(market, 'hydrogen', {
    version,
    content: {
      ...{ product: '电解氢', unit: 't', boundary: 'cradle-to-gate' },
      lines: [{ stage: 'production', item: 'power', name: '自发电力', unit: 'MWh' }],
      leftOut: [{ stage: 'material', reason: '水的排放可忽略' }],
    },
    cites: { upstream: [power] },
    figures: { 'production.amount.power': '55.0000', output: '1.0000' },
  });
}

/** Factors of the nation, a product computed with them, and another computed with that; then a factor turns out to be wrong. */
export const footprints: Story = {
  title: 'a factor that is corrected under the footprints that rest on it',
  tag: 'F1',
  play: async (market) => {
    const { months } = await market.reportedYear();
    const codes = ['F1_coal_mined', 'F1_coal_burnt'] as const;
    const mined = nationalFactor(market, codes[0], { value: '0.085', unit: 'tCO2e/t' });
    const burnt = nationalFactor(market, codes[1], { value: '1.92', unit: 'tCO2/t', boundary: 'direct' });
    const { subject, content, kind } = mined.record;
    const own = market.make('emission-factor', market.enterprise.uscc, { subject, content, kind });
    expect(await market.refused(own)).toContain('NOT_ALLOWED_TO_FILE /issuer');
    await market.file(mined, burnt);
    const sold = { months, factors: [mined, burnt], codes };

    // Neither a month nor a factor is left out, and no figure is anything but what it follows from.
    expect(await market.refused(electricity(market, { ...sold, months: months.slice(1) }))).toEqual([
      'RULE_REFUSED /cites',
    ]);
    expect(await market.refused(electricity(market, { ...sold, factors: [mined] }))).toContain(
      'BAD_RECORD /content/lines/1/item',
    );
    const diesel = nationalFactor(market, 'F1_diesel', { value: '3.86', unit: 'tCO2e/t' });
    await market.file(diesel);
    expect(await market.refused(electricity(market, { ...sold, factors: [mined, burnt, diesel] }))).toEqual([
      expect.stringMatching(/^CITATION_MISMATCH \/cites\/\d$/),
    ]);
    const better = electricity(market, { ...sold, figures: { productionFootprint: '700.000000' } });
    expect(await market.refused(better)).toContain('FIGURE_MISMATCH /figures/productionFootprint');
    const power = electricity(market, sold);
    await market.file(power);
    const gas = hydrogen(market, power);
    await market.file(gas);
    expect(Number(gas.record.totals['footprint']?.value)).toBeCloseTo(
      55 * Number(power.record.totals['footprint']?.value),
      1,
    );

    // The nation opens its factor: nothing is computed with it until it says another value, and then all is filed again.
    await market.file(market.supersession(mined));
    await market.file(market.supersession(power));
    expect(await market.refused(electricity(market, { ...sold, version: 2 }))).toEqual([
      expect.stringMatching(/^CITATION_NOT_CURRENT \/cites\/\d$/),
    ]);
    const corrected = nationalFactor(market, codes[0], { value: '0.095', unit: 'tCO2e/t' }, 2);
    await market.file(corrected);
    const again = electricity(market, { ...sold, factors: [corrected, burnt], version: 2 });
    await market.file(again);
    expect(Number(again.record.totals['footprint']?.value)).toBeGreaterThan(
      Number(power.record.totals['footprint']?.value),
    );
    await market.file(market.supersession(gas));
    await market.file(hydrogen(market, again, 2));
  },
};
