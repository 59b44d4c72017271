import {
  impactOfWithdrawal,
  parseFigureAddress,
  traceFigure,
  type BuiltRecord,
  type Impact,
  type Trace,
} from '@carbon-ledger/core';
import type { OpenRecord } from '../../core/src/figure-proof/scope';
import { walkFigure } from '../../core/src/figure-proof/walk';
import { Market } from './market';
import { MemoryPort } from './port';
import { dailyBurnt, dailyMonth, testedDays, valueOf } from './stories/carbon-tests';

/** A unit that stood still but for four days, each with its own test, and its year. */
async function yearByDay(): Promise<{
  port: MemoryPort;
  market: Market;
  reports: BuiltRecord[];
  month: BuiltRecord;
  unit: BuiltRecord;
}> {
  const port = await MemoryPort.open();
  const market = await Market.open(port, 'D9', { from: '2024-11-01', to: '2024-11-30' });
  await market.useMethodology('CN-ETS-POWER-FUELS');
  const plan = market.plan({ carbonTestMode: 'daily' });
  await market.file(plan);
  const days = testedDays(market);
  await market.file(...days.flat());
  const reports = days.map(([, report]) => report as BuiltRecord);
  const month = dailyMonth(market, plan, reports);
  await market.file(month);
  const [unit, plant] = market.reports(plan, [month]);
  await market.file(unit, plant);
  return { port, market, reports, month, unit };
}

describe('one daily report that is withdrawn', () => {
  let told: Impact;
  let trace: Trace;
  let month: BuiltRecord;
  let withdrawn: BuiltRecord;
  let all: readonly BuiltRecord[];
  beforeAll(async () => {
    const world = await yearByDay();
    month = world.month;
    withdrawn = world.reports[1] as BuiltRecord;
    all = world.market.held.records.map(({ built }) => built);
    told = await impactOfWithdrawal(world.port.ledger, withdrawn.id, '90');
    await world.market.file(world.market.revocation(withdrawn));
    trace = await traceFigure(world.port.ledger, parseFigureAddress(`${world.unit.key}#emission_tCO2`));
  });

  it('sends its month to the default, and is priced so', () => {
    const changed = new Map(told.figures.map(({ figure, then }) => [figure, then]));
    const coal = Object.values(dailyBurnt).reduce((sum, mass) => sum + Number(mass), 0);
    // FC × NCV × CC × OF × 44/12 by the default carbon content of class I
    const byDefault = ((coal * 21.496 * 0.03085 * 0.99 * 44) / 12).toFixed(2);
    expect(changed.get(`${month.key}#emission_tCO2`)).toBe(byDefault);
    expect(changed.get(`${month.key}#Car_tC_t`)).toBe('0.6632');
    expect(changed.get(`${month.key}#daily.Car_tC_t.28`)).toBeNull();
    expect(changed.has(`${month.key}#daily.Car_tC_t.27`)).toBe(false);
    const before = Number(valueOf(month, 'emission_tCO2'));
    const more = Math.round(Number(byDefault)) - Math.round(before);
    expect(told.tonnes.emission_tCO2).toBe(String(more));
    expect(told.records.map(({ key, falls }) => [key.split('/').slice(1).join('/'), falls])).toEqual([
      ['U1/2024-11/monthly-evidence', false],
      ['U1/2024/annual-report', false],
      ['PLANT/2024/annual-report', false],
    ]);
  });

  it('is named by the trace at its own parameter, and no other day with it', () => {
    expect(trace.status).toBe('broken');
    expect(trace.breaks.map(({ figure, step }) => [figure, step])).toEqual([[`${withdrawn.key}#Cad_pct`, 'withdrawn']]);
    const edges = trace.edges.map(({ from, to }) => `${from} ${to}`);
    expect(edges).toContain(`${withdrawn.key}#Cad_pct ${month.key}#daily.Car_tC_t.28`);
    expect(edges).toContain(`${month.key}#daily.Car_tC_t.28 ${month.key}#Car_tC_t`);
  });

  it('is proved with the figure of its day, and no other day’s report is opened for it', () => {
    const opened = all.map(({ id, record, figures }): [string, OpenRecord] => [
      id,
      { id, record, figures, leaves: figures.map(({ name }) => name) },
    ]);
    const { figures } = walkFigure(new Map(opened), { id: month.id, name: 'daily.Car_tC_t.28' }, 'full');
    const places = figures.map(({ address }) => address.split('/').slice(2).join('/'));
    expect(places.filter((place) => place.includes('/test-report')).sort()).toEqual([
      '2024-11/test-report.28#Cad_pct',
      '2024-11/test-report.28#Mad_pct',
    ]);
  });
});
