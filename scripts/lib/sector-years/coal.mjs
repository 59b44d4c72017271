// A fictitious coal-fired plant in every year of every allocation plan: three classes, measured and default carbon, both ways of cooling.
import { monthsOf } from './chance.mjs';
import { burntFor, coalBurnt, madeIn, preIssuanceOf, producedFigures, stockOf } from './power.mjs';

/** Each year another load, so that every step of the factor for output is taken once. */
const loads = { 2019: 0.87, 2020: 0.78, 2021: 0.82, 2022: 0.62, 2023: 0.61, 2025: 0.46 };

const units = [
  {
    ...{ id: 'U1', name: '1号机组', facilityCode: 'MF0001', product: '纯凝发电', inServiceFrom: '2009-06-30' },
    ...{ capacity: 630, category: 'I', categoryName: '300MW等级以上常规燃煤机组', cooling: 'water', boiler: '煤粉炉' },
    ...{ boilerType: 'pulverised', efficiency: 0.412, ncv: 21.4, mar: 12.4, ratio: 2.5, late: '09' },
  },
  {
    ...{ id: 'U2', name: '2号机组', facilityCode: 'MF0002', product: '热电联产', inServiceFrom: '2012-11-15' },
    ...{ capacity: 350, category: 'II', categoryName: '300MW等级及以下常规燃煤机组', cooling: 'air', boiler: '煤粉炉' },
    ...{ boilerType: 'pulverised', efficiency: 0.392, ncv: 20.6, mar: 13.1, ratio: 2.51, heat: 'winter', load: 0.68 },
  },
  {
    ...{ id: 'U3', name: '3号机组', facilityCode: 'MF0003', product: '纯凝发电', inServiceFrom: '2015-09-01' },
    ...{
      capacity: 300,
      category: 'III',
      categoryName: '非常规燃煤机组',
      cooling: 'air',
      boiler: '循环流化床锅炉（煤矸石）',
    },
    ...{ boilerType: 'fluidised', efficiency: 0.372, ncv: 11.2, mar: 8.4, load: 0.7 },
  },
];

const isSupplyBased = (year) => Number(year) < 2023;

function planOf({ capacity, category, categoryName, cooling, boiler, boilerType }, year) {
  return {
    ...{ capacity_MW: String(capacity), category, categoryName, boiler, carbonTestMode: 'monthly-composite' },
    ...(isSupplyBased(year) ? { cooling } : {}),
    ...(Number(year) >= 2025 ? { boilerType, altitude_m: '1080' } : {}),
  };
}

function monthOf(unit, month, near) {
  const made = madeIn(unit, month, near);
  const burnt = burntFor(unit, made, near);
  const { coal, emission, facts, figures, test } = coalBurnt(unit, month, burnt, near);
  const produced = producedFigures(made, near);
  const supply = isSupplyBased(month.slice(0, 4))
    ? { supply_MWh: (Number(produced.onGrid_MWh) * 1.003).toFixed(3) }
    : {};
  const statement = {
    facts: { ...facts, dailyRecords: false },
    figures: { ...figures, ...produced, ...supply },
    ...(test === undefined ? {} : { test }),
  };
  return { month, coal, emission, burnt, heat: made.heat, statement };
}

const sumOf = (months, name) => months.reduce((sum, month) => sum + month[name], 0);

function reportOf(months, year) {
  if (!isSupplyBased(year)) return {};
  const ratio = (sumOf(months, 'heat') / 0.9 / sumOf(months, 'burnt')) * 100;
  return { report: { figures: { heatRatio_pct: ratio.toFixed(2) } } };
}

function unitOf({ months, ...unit }, year, near) {
  const { id, name, facilityCode, product, inServiceFrom } = unit;
  return {
    ...{ id, name, facilityCode, product, inServiceFrom, plan: planOf(unit, year) },
    months: Object.fromEntries(months.map(({ month, statement }) => [month, statement])),
    ...reportOf(months, year),
    conclusion: { yearReason: '（虚构）负荷率与煤质变化' },
    preIssuance: preIssuanceOf(year, sumOf(months, 'emission'), near),
  };
}

export const coal = {
  methodology: 'CN-ETS-POWER',
  sector: 'power',
  ...{ code: '91150000MA0MEJDA1', name: '（虚构）阴山发电有限公司', region: '150100' },
  years: Object.keys(loads),
  hasLab: true,
  yearOf(year, near) {
    const told = units.map((unit) => {
      const withLoad = { load: loads[year], ...unit };
      return { ...withLoad, months: monthsOf(year).map((month) => monthOf(withLoad, month, near)) };
    });
    const burnt = (month) =>
      told.flatMap(({ months }) => months).reduce((sum, one) => sum + (one.month === month ? one.coal : 0), 0);
    return {
      units: told.map((unit) => unitOf(unit, year, near)),
      plant: { months: stockOf(monthsOf(year), burnt, near), conclusion: { yearReason: '（虚构）负荷率与煤质变化' } },
    };
  },
};
