import { lastDayOfMonth, type BuiltRecord } from '@carbon-ledger/core';
import type { Market, Story } from '../market';

const month = '2024-11';
const fuels = 'CN-ETS-POWER-FUELS';

/** A month whose carbon is tested by day or batch is computed by a methodology that knows such tests. */
const figures = { starts: '0', coalConsumption_t: undefined, NCVar_GJ_t: undefined, Mar_pct: undefined };

/** Coal, heat and moisture of every day; the unit stood still but for the last four. */
function dailyFigures(burnt: Readonly<Record<string, string>>): Record<string, string> {
  const days = Array.from({ length: Number(lastDayOfMonth(month).slice(8)) }, (_, at) =>
    String(at + 1).padStart(2, '0'),
  );
  return Object.fromEntries(
    days.flatMap((day) => [
      [`daily.fc_t.${day}`, burnt[day] ?? '0.00'],
      [`daily.ncv_GJ_t.${day}`, burnt[day] === undefined ? '0.000' : '21.496'],
      [`daily.mar_pct.${day}`, burnt[day] === undefined ? '0.0' : '12.3'],
    ]),
  );
}

export const dailyBurnt = { '27': '3800.00', '28': '3900.00', '29': '3700.00', '30': '3600.00' } as const;

/** The report of every day on which coal was burnt, each with a carbon content of its own. */
export function testedDays(market: Market): BuiltRecord[][] {
  return Object.keys(dailyBurnt).map((day, at) => [
    ...market.tested(month, { day: `${month}-${day}`, figures: { Cad_pct: `6${String(at)}.38` } }),
  ]);
}

export const valueOf = (built: BuiltRecord, name: string): string | undefined =>
  built.figures.find((one) => one.name === name)?.value;

/** The month of these days by its tests, or by the default. */
export function dailyMonth(
  market: Market,
  plan: BuiltRecord,
  tests: readonly BuiltRecord[],
  content = {},
  version = 1,
): BuiltRecord {
  return market.evidence(plan, tests, month, {
    ...{ version, content: { dailyRecords: true, ...content } },
    figures: { ...figures, ...dailyFigures(dailyBurnt) },
  });
}

/** Carbon tested by day: every day of which coal was burnt has its report, and the month is their mean by the coal. */
export const dailyTests: Story = {
  title: 'carbon that is tested by day',
  tag: 'D1',
  play: async (market) => {
    const daily = { carbonTestMode: 'daily' };
    expect(await market.refused(market.plan(daily))).toEqual(['BAD_RECORD /content/carbonTestMode']);
    await market.useMethodology(fuels);
    const plan = market.plan(daily);
    await market.file(plan);
    const days = testedDays(market);
    const reports = days.map(([, report]) => report as BuiltRecord);
    // A day has one report under its own name; one of another day cannot stand there.
    const [receipt] = days[0] as [BuiltRecord];
    const { record } = reports[1] as BuiltRecord;
    const elsewhere = market.make('test-report', market.lab.uscc, {
      ...{
        subject: record.subject,
        kind: 'test-report.30',
        content: record.content,
        cites: { 'sample-receipt': [receipt] },
      },
      figures: Object.fromEntries((reports[1]?.figures ?? []).map(({ name, value }) => [name, value])),
    });
    await market.file(...days.slice(0, 3).flat());
    expect(await market.refused(elsewhere)).toEqual(['CITATION_MISMATCH /cites/0']);

    const of = (tests: readonly BuiltRecord[], content = {}, version = 1): BuiltRecord =>
      dailyMonth(market, plan, tests, content, version);
    // The 30th is untested: the month has no full test. It takes the default, and every report that stands is cited.
    expect(await market.refused(of(reports.slice(0, 3)))).toContain('RULE_REFUSED /content/carbonBasis');
    const byDefault = { carbonBasis: 'default' };
    expect(await market.refused(of(reports.slice(0, 2), byDefault))).toEqual(['RULE_REFUSED /cites']);
    const untested = of(reports.slice(0, 3), byDefault);
    await market.file(untested);

    // The last report comes in time; then the month is measured, and no default serves any more.
    await market.file(...(days[3] ?? []));
    await market.file(market.supersession(untested));
    expect(await market.refused(of(reports, byDefault, 2))).toEqual(['RULE_REFUSED /content/carbonBasis']);
    const composite = market.tested(month);
    await market.file(...composite);
    expect(await market.refused(of([...reports, composite[1]], {}, 2))).toEqual(['RULE_REFUSED /cites/3']);
    const measured = of(reports, {}, 2);
    await market.file(measured);
    expect(valueOf(measured, 'Car_tC_t')).toBe(valueOf(measured, 'CarMeasured_tC_t'));
    expect(Number(valueOf(measured, 'emission_tCO2'))).toBeLessThan(Number(valueOf(untested, 'emission_tCO2')));

    // The laboratory withdraws one day: nobody builds on it, and without it the whole month falls to the default.
    await market.file(market.revocation(reports[1] as BuiltRecord));
    await market.file(market.supersession(measured, 'CORRECTION', {}, 2));
    expect(await market.refused(of(reports, {}, 3))).toEqual(['CITATION_NOT_CURRENT /cites/4']);
    const left = reports.filter((_, at) => at !== 1);
    expect(await market.refused(of(left, {}, 3))).toContain('RULE_REFUSED /content/carbonBasis');
    await market.file(of(left, byDefault, 3));
  },
};

/** Carbon tested by batch: the batches are all that was burnt, and each has its report. */
export const batchTests: Story = {
  title: 'carbon that is tested by batch',
  tag: 'D2',
  play: async (market) => {
    await market.useMethodology(fuels);
    const plan = market.plan({ carbonTestMode: 'batch' });
    await market.file(plan);
    const batches = ['B01', 'B02'].map((batch) => [...market.tested(month, { batch })]);
    await market.file(...batches.flat());
    const reports = batches.map(([, report]) => report as BuiltRecord);
    const coal = { coalConsumption_t: '115272.04', NCVar_GJ_t: '21.496', Mar_pct: '12.34', starts: '0' };
    const of = (second: string, more: Readonly<Record<string, string>> = {}, content = {}): BuiltRecord =>
      market.evidence(plan, reports, month, {
        content,
        figures: {
          ...{ ...coal, 'batch.fc_t.B01': '60000.00', 'batch.mar_pct.B01': '12.3' },
          ...{ 'batch.fc_t.B02': second, 'batch.mar_pct.B02': '12.4', ...more },
        },
      });
    expect(await market.refused(of('55272.03'))).toEqual(['RULE_REFUSED /figures/batch.fc_t.*']);
    const third = { 'batch.fc_t.B03': '272.04', 'batch.mar_pct.B03': '12.4' };
    expect(await market.refused(of('55000.00', third))).toContain('RULE_REFUSED /content/carbonBasis');
    const measured = of('55272.04');
    await market.file(measured);
    // (60,000 × 0.5631 + 55,272.04 × 0.5624) / 115,272.04
    expect(valueOf(measured, 'Car_tC_t')).toBe('0.5628');
    await market.file(market.supersession(measured));
    const [one] = reports as [BuiltRecord];
    const silent = market.evidence(plan, [one], month, { version: 2, figures: coal });
    expect(await market.refused(silent)).toContain('RULE_REFUSED /cites');
  },
};
