import {
  impactByParty,
  impactOfWithdrawal,
  parseDecimal,
  parseFigureAddress,
  traceFigure,
  type BuiltRecord,
  type FootprintChange,
  type Impact,
} from '@carbon-ledger/core';
import { impactOfValues } from '../../core/src/provenance/impact';
import { Market } from './market';
import { MemoryPort } from './port';
import { electricity, hydrogen, nationalFactor } from './stories/footprints';

describe('a factor on which footprints rest', () => {
  let port: MemoryPort;
  let market: Market;
  let mined: BuiltRecord;
  let power: BuiltRecord;
  let gas: BuiltRecord;
  beforeAll(async () => {
    port = await MemoryPort.open();
    market = await Market.open(port, 'F9');
    const { months } = await market.reportedYear();
    mined = nationalFactor(market, 'mined', { value: '0.085', unit: 'tCO2e/t' });
    const burnt = nationalFactor(market, 'burnt', { value: '1.92', unit: 'tCO2/t' });
    await market.file(mined, burnt);
    power = electricity(market, { months, factors: [mined, burnt], codes: ['mined', 'burnt'] });
    await market.file(power);
    gas = hydrogen(market, power);
    await market.file(gas);
  });

  const changes = ({ figures }: Impact): ReadonlyMap<string, string | null> =>
    new Map(figures.map(({ figure, then }) => [figure, then]));

  it('is traced from the product that was bought down to it, and to the months', async () => {
    const trace = await traceFigure(port.ledger, parseFigureAddress(`${gas.key}#footprint`));
    expect(trace).toMatchObject({ status: 'intact', breaks: [], hidden: 0 });
    const edges = trace.edges.map(({ from }) => from);
    expect(edges).toContain(`${mined.key}#factor`);
    expect(edges.some((from) => from.endsWith('/U1/2024-11/monthly-evidence#coalConsumption_t'))).toBe(true);
  });

  const tonnesOf = ({ figures }: BuiltRecord, stage: string): string => {
    const kilograms = figures.find(({ name }) => name === `${stage}Stage_kgCO2e`)?.value;
    return parseDecimal(kilograms ?? '')
      .times('0.001')
      .toFixed();
  };

  it('would change both with another value', async () => {
    const told = await impactOfValues(port.ledger, mined.id, { content: { value: '0.095' } });
    const found = changes(told);
    // 0.01 t a tonne of coal more, over what went to the grid.
    const before = Number(power.record.totals['footprint']?.value);
    const after = Number(found.get(`${power.key}#footprint`));
    expect(after - before).toBeCloseTo((10 * 115272.04) / 267813.962, 4);
    expect(Number(found.get(`${gas.key}#footprint`))).toBeCloseTo(55 * after, 1);
    expect(found.has(`${power.key}#productionFootprint`)).toBe(false);
    // 0.01 t more for each tonne of coal of two months: what the buyer's footprint changes by is told beside it, and never added.
    expect(told.footprints?.map(({ key, change_t }) => [key, Number(change_t)])).toEqual([
      [power.key, expect.closeTo(0.01 * 2 * 115272.04, 2)],
      [gas.key, expect.any(Number)],
    ]);
  });

  it('would leave neither with a footprint where it were withdrawn; no tonne of any account is touched', async () => {
    const told = await impactOfWithdrawal(port.ledger, mined.id, '90');
    const found = changes(told);
    for (const { key } of [power, gas]) expect(found.get(`${key}#footprint`)).toBeNull();
    expect(found.get(`${power.key}#materialFootprint`)).toBeNull();
    expect(found.has(`${power.key}#productionFootprint`)).toBe(false);
    expect(told.plants).toEqual([market.enterprise.uscc]);
    expect(told.records.map(({ key }) => key)).toEqual([power.key, gas.key]);
    expect(told.money).toMatchObject({ change_CNY: '0' });
    const rows: FootprintChange[] = [];
    for await (const row of impactByParty(port.ledger, mined.id))
      rows.push(...('whole' in row ? [] : (row.footprints ?? [])));
    expect(rows).toEqual(told.footprints);
    const lost = { then_tCO2e: null, change_t: null };
    expect(told.footprints).toEqual([
      { key: power.key, now_tCO2e: tonnesOf(power, 'material'), ...lost },
      { key: gas.key, now_tCO2e: tonnesOf(gas, 'production'), ...lost },
    ]);
  });

  it('breaks both once it is withdrawn, at its own parameter', async () => {
    await market.file(market.revocation(mined));
    for (const { key } of [power, gas]) {
      const trace = await traceFigure(port.ledger, parseFigureAddress(`${key}#footprint`));
      expect(trace.breaks.map(({ figure, step }) => [figure, step])).toEqual([[`${mined.key}#factor`, 'withdrawn']]);
    }
  });
});
