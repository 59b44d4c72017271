import {
  addDays,
  coalPowerParameters,
  Decimal,
  evidenceDue,
  hoursOfMonth,
  isCompliantTest,
  lastDayOfMonth,
} from '@carbon-ledger/core';
import { record, type Draft, type Place } from './record';
import type { Chance } from './seed';

/** A unit of the generated province, with what is its own from month to month. */
export interface Unit {
  readonly id: string;
  readonly capacity: number;
  readonly category: 'I' | 'II';
  readonly efficiency: number;
  readonly ratio: number;
  readonly ncv: number;
  readonly hasDaily: boolean;
}

export function unitOf(chance: Chance, id: string): Unit {
  const isLarge = chance.is(0.5);
  return {
    id,
    capacity: isLarge
      ? ([600, 630, 660, 1000][chance.whole(0, 3)] ?? 600)
      : ([300, 330, 350][chance.whole(0, 2)] ?? 300),
    category: isLarge ? 'I' : 'II',
    efficiency: chance.around(isLarge ? 0.412 : 0.392, 0.006),
    ratio: chance.around(2.5, 0.012),
    ncv: chance.between(20, 22.6),
    hasDaily: chance.is(0.2),
  };
}

const text = (value: number, places: number): string => new Decimal(value).toDecimalPlaces(places).toFixed(places);

/** Results of the laboratory, from which everything else of the month follows. */
function analysis(chance: Chance, unit: Unit, month: number, mar: Decimal): Record<string, string> {
  const season = Math.cos(((month - 1) / 12) * 2 * Math.PI) * 0.15;
  const net = chance.around(unit.ncv + season, 0.22);
  const [mad, had] = [text(chance.around(2.85, 0.12), 2), text(chance.around(3.75, 0.08), 2)];
  const moist = new Decimal(100).minus(mar);
  const gross = new Decimal(net)
    .times(1000)
    .plus(mar.times(23))
    .times(new Decimal(100).minus(mad))
    .div(moist)
    .plus(new Decimal(206).times(had))
    .div(1000)
    .toDecimalPlaces(3);
  return {
    Cad_pct: gross.times(chance.around(unit.ratio, 0.008)).toFixed(2),
    Mad_pct: mad,
    Had_pct: had,
    Qgr_ad_MJ_kg: gross.toFixed(3),
    St_ad_pct: text(chance.around(0.85, 0.1), 2),
    Aad_pct: text(chance.around(47 - gross.toNumber() * 1.13, 0.25), 2),
  };
}

/** Qnet,ar by GB/T 213, GJ/t. */
function netHeat(tests: Readonly<Record<string, string>>, mar: Decimal): Decimal {
  const [gross, had, mad] = ['Qgr_ad_MJ_kg', 'Had_pct', 'Mad_pct'].map((name) => new Decimal(tests[name] ?? 0));
  const dry = (gross ?? mar).times(1000).minus((had ?? mar).times(206));
  const moist = new Decimal(100).minus(mar).div(new Decimal(100).minus(mad ?? mar));
  return dry.times(moist).minus(mar.times(23)).div(1000).toDecimalPlaces(3);
}

/** Tests are in time (40 days), but for one month in forty. */
function reportDays(chance: Chance, month: string): Record<string, string> {
  const end = lastDayOfMonth(month);
  const received = addDays(end, chance.whole(2, 8));
  const testStart = addDays(received, chance.whole(1, 3));
  const testEnd = addDays(testStart, chance.whole(1, 3));
  const issued = chance.is(0.025) ? addDays(end, chance.whole(42, 50)) : addDays(testEnd, chance.whole(3, 20));
  return { received, testStart, testEnd, issued, anchoredByLab: addDays(issued, chance.whole(0, 2)) };
}

function timeOn(chance: Chance, day: string): string {
  const clock = [chance.whole(1, 9), chance.whole(0, 59), chance.whole(0, 59)].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${day}T${clock.join(':')}Z`;
}

interface Made {
  readonly generated: Decimal;
  readonly heat: Decimal;
  readonly hours: Decimal;
}

function production(chance: Chance, unit: Unit, month: string): Made {
  const most = hoursOfMonth(month);
  const hours = new Decimal(text(chance.is(0.75) ? most : chance.between(0.45, 0.95) * most, 2));
  const load = chance.around(0.63, 0.03);
  const winter = ['01', '02', '03', '11', '12'].includes(month.slice(5));
  const heat =
    unit.category === 'II' && winter ? chance.between(0.25, 0.4) * unit.capacity * hours.toNumber() * 3.6 * load : 0;
  return {
    generated: new Decimal(text(unit.capacity * hours.toNumber() * load, 3)),
    heat: new Decimal(text(heat, 2)),
    hours,
  };
}

/** What is computed from what was measured: the month again follows from itself. */
export function settled(
  given: Readonly<Record<string, string>>,
  basis: string,
  capacity: number,
): Record<string, string> {
  const d = (name: string): Decimal => new Decimal(given[name] ?? 0);
  const measured = d('Cad_pct')
    .times(new Decimal(100).minus(d('Mar_pct')))
    .div(new Decimal(100).minus(d('Mad_pct')))
    .div(100);
  const carMeasured = measured.toFixed(4);
  const car = basis === 'measured' ? carMeasured : d('NCVar_GJ_t').times('0.03085').toFixed(4);
  const carbon = basis === 'measured' ? new Decimal(car) : d('NCVar_GJ_t').times('0.03085');
  const emission = d('coalConsumption_t').times(carbon).times(99).div(100).times(44).div(12).toFixed(2);
  const fuel = d('coalConsumption_t').times(d('NCVar_GJ_t'));
  return {
    CarMeasured_tC_t: carMeasured,
    Car_tC_t: car,
    CCimplied_tC_GJ: basis === 'measured' ? new Decimal(car).div(d('NCVar_GJ_t')).toFixed(5) : '0.03085',
    OF_pct: '99',
    emission_tCO2: emission,
    loadFactor_pct: d('generation_MWh').div(d('operatingHours_h').times(capacity)).times(100).toFixed(2),
    grossEfficiency_pct: d('generation_MWh').times('3.6').plus(d('heatSupply_GJ')).div(fuel).times(100).toFixed(2),
    emissionPerMWh: new Decimal(emission).div(d('generation_MWh')).toFixed(4),
  };
}

/** Shares of a month's coal by day, and the moisture of each. */
function dailyShares(chance: Chance, month: string): { share: number; mar: string }[] {
  const days = Number(lastDayOfMonth(month).slice(8));
  return Array.from({ length: days }, () => ({
    share: chance.between(0.9, 1.1) / days,
    mar: text(chance.around(12.5, 0.5), 1),
  }));
}

function dailyFigures(
  chance: Chance,
  shares: readonly { share: number; mar: string }[],
  total: Decimal,
  ncv: number,
): Record<string, string> {
  const figures: Record<string, string> = {};
  const all = shares.reduce((sum, { share }) => sum + share, 0);
  let left = total;
  for (const [index, { share, mar }] of shares.entries()) {
    const name = String(index + 1).padStart(2, '0');
    const coal = index === shares.length - 1 ? left : total.times(share / all).toDecimalPlaces(2);
    left = left.minus(coal);
    figures[`daily.fc_t.${name}`] = coal.toFixed(2);
    figures[`daily.ncv_GJ_t.${name}`] = text(chance.around(ncv, 0.35), 3);
    figures[`daily.mar_pct.${name}`] = mar;
  }
  return figures;
}

function weighted(figures: Readonly<Record<string, string>>, family: string, places: number): Decimal | undefined {
  const names = Object.keys(figures).filter((name) => name.startsWith(`daily.${family}.`));
  const weight = (name: string): Decimal => new Decimal(figures[`daily.fc_t.${name.slice(-2)}`] ?? 0);
  const total = names.reduce((sum, name) => sum.plus(weight(name)), new Decimal(0));
  if (total.isZero()) return undefined;
  const sum = names.reduce((all, name) => all.plus(weight(name).times(figures[name] ?? 0)), new Decimal(0));
  return sum.div(total).toDecimalPlaces(places);
}

export interface MonthPlace extends Place {
  readonly month: string;
  readonly lab: string;
}

/** A month of a unit as it should be: the receipt of its sample, its report, its evidence. */
export function unitMonth(chance: Chance, unit: Unit, { month, lab, ...place }: MonthPlace): Draft[] {
  const { generated, heat, hours } = production(chance, unit, month);
  const burnt = generated
    .times('3.6')
    .div(unit.efficiency * chance.around(1, 0.004))
    .plus(heat.div('0.9'));
  const shares = unit.hasDaily ? dailyShares(chance, month) : [];
  const drawn = new Decimal(text(chance.around(12.5, 0.5), 2));
  const tests = analysis(chance, unit, Number(month.slice(5)), drawn);
  const net = netHeat(tests, drawn);
  const daily = unit.hasDaily ? dailyFigures(chance, shares, burnt.div(net).toDecimalPlaces(2), net.toNumber()) : {};
  const mar = weighted(daily, 'mar_pct', 2) ?? drawn;
  const tested = netHeat(tests, mar);
  const ncv = weighted(daily, 'ncv_GJ_t', 3) ?? tested.plus(chance.around(0, 0.06)).toDecimalPlaces(3);
  const days = reportDays(chance, month);
  const [issued, received] = [days['issued'] ?? '', days['received'] ?? ''];
  const isMeasured = isCompliantTest({ issued, received }, month, coalPowerParameters(month.slice(0, 4)).values);
  const basis = isMeasured ? 'measured' : 'default';
  const stated = {
    coalConsumption_t: burnt.div(unit.hasDaily ? net : ncv).toFixed(2),
    NCVar_GJ_t: ncv.toFixed(3),
    Mar_pct: mar.toFixed(2),
    generation_MWh: generated.toFixed(3),
    heatSupply_GJ: heat.toFixed(2),
    operatingHours_h: hours.toFixed(2),
    onGrid_MWh: generated.times(1 - chance.around(unit.category === 'I' ? 0.054 : 0.068, 0.002)).toFixed(3),
    purchasedPower_MWh: generated.times(chance.between(0.001, 0.006)).toFixed(3),
  };
  return monthRecords(chance, {
    place: { ...place, unit: unit.id, period: month },
    lab,
    days,
    basis,
    tests: { ...tests, Qnet_ar_GJ_t: tested.toFixed(3) },
    daily,
    stated,
    capacity: unit.capacity,
  });
}

interface MonthParts {
  readonly place: Place & { readonly unit: string; readonly period: string };
  readonly lab: string;
  readonly days: Readonly<Record<string, string>>;
  readonly basis: string;
  readonly tests: Readonly<Record<string, string>>;
  readonly daily: Readonly<Record<string, string>>;
  readonly stated: Readonly<Record<string, string>>;
  readonly capacity: number;
}

function monthRecords(
  chance: Chance,
  { place, lab, days, basis, tests, daily, stated, capacity }: MonthParts,
): Draft[] {
  const { unit, period } = place;
  const due = evidenceDue(period, coalPowerParameters(period.slice(0, 4)).values) ?? lastDayOfMonth(period);
  const claimed = addDays(lastDayOfMonth(period), chance.whole(24, 38));
  const year = period.slice(0, 4);
  const receipt = record(place, 'sample-receipt', {
    issuer: lab,
    content: { received: days['received'], sampleMonth: period },
    anchoredAt: timeOn(chance, addDays(days['received'] ?? due, chance.whole(0, 2))),
  });
  const report = record(place, 'test-report', {
    issuer: lab,
    content: {
      ...days,
      reportNo: `${lab.slice(-4)}-${period.replace('-', '')}-${place.uscc.slice(-5)}-${unit}`,
      sampleMonth: period,
      qualification: 'CMA-1',
    },
    figures: tests,
    cites: { 'sample-receipt': [receipt.key] },
    anchoredAt: timeOn(chance, days['anchoredByLab'] ?? due),
  });
  const evidence = record(place, 'monthly-evidence', {
    content: { carbonBasis: basis, dailyRecords: Object.keys(daily).length > 0, due, claimedSubmission: claimed },
    figures: { ...stated, ...daily, ...settled({ ...stated, ...tests }, basis, capacity) },
    cites: {
      methodology: [place.rules.methodology(year)],
      parameters: [place.rules.parameters(year)],
      'quality-control-plan': [`${place.uscc}/${unit}/${year}/quality-control-plan`],
      'test-report': [report.key],
    },
    anchoredAt: timeOn(chance, addDays(claimed, chance.whole(0, 1))),
  });
  return [receipt, report, evidence];
}
