// A fictitious plant of merged units: two of coal that burn biomass too and give heat through an exchanger, and a merger of
// non-conventional coal with gas, that takes the benchmarks of gas.
import { monthsOf } from './chance.mjs';
import { burntFor, CARBON_TO_CO2, coalBurnt, madeIn, preIssuanceOf, producedFigures, stockOf } from './power.mjs';

const units = [
  {
    ...{ id: 'M1', name: '1、2号合并机组', facilityCode: 'MF0001', product: '热电联产', boiler: '煤粉炉' },
    ...{ members: { a: [630, 1], b: [350, 1] }, efficiency: 0.4, load: 0.6, heat: 'always', biomass: 0.05, gas: 0 },
    ...{ ncv: 21.1, mar: 12.8, ratio: 2.5, throughExchanger: true },
  },
  {
    ...{
      id: 'M2',
      name: '3、4号合并机组',
      facilityCode: 'MF0002',
      product: '热电联产',
      boiler: '循环流化床锅炉（煤矸石）',
    },
    ...{ members: { a: [300, 2], b: [180, 3] }, efficiency: 0.41, load: 0.66, heat: 'winter', biomass: 0, gas: 0.3 },
    ...{ ncv: 11.4, mar: 8.7, throughExchanger: false },
  },
];

/** Heat by steam and by hot water, as the meters have it: GJ = t × (kJ/kg − 83.74) / 1000, GJ = t × (°C − 20) × 4.1868 / 1000. */
function heatFigures({ heat }, { throughExchanger }, near) {
  if (heat === 0) return {};
  const metered = throughExchanger ? heat * 0.95 : heat;
  const enthalpy = near(2950, 0.01);
  const temperature = near(95, 0.03);
  return {
    'steam.M.1': ((metered * 0.7 * 1000) / (enthalpy - 83.74)).toFixed(2),
    'steam.h.1': enthalpy.toFixed(2),
    'water.M.1': ((metered * 0.3 * 1000) / ((temperature - 20) * 4.1868)).toFixed(2),
    'water.T.1': temperature.toFixed(2),
  };
}

function gasFigures(heat, near) {
  if (heat === 0) return {};
  const ncv = near(351, 0.008);
  return {
    'gas.FC.natural_gas': (heat / ncv).toFixed(2),
    'gas.measured.natural_gas': '1',
    'gas.NCV.natural_gas': ncv.toFixed(3),
    'gas.C.natural_gas': (ncv * near(0.01532, 0.003)).toFixed(4),
  };
}

const without = ({ heatSupply_GJ: _heat, operatingHours_h: _hours, ...figures }) => figures;

function monthOf(unit, month, near) {
  const capacity = Object.values(unit.members).reduce((sum, [rated]) => sum + rated, 0);
  const made = madeIn({ ...unit, capacity }, month, near);
  const burnt = burntFor(unit, made, near);
  const gas = burnt * unit.gas;
  const { coal, emission, facts, figures, test } = coalBurnt(unit, month, burnt - gas - burnt * unit.biomass, near);
  const efficiency = near(93, 0.005).toFixed(2);
  const [first] = Object.keys(unit.members);
  const hours = Object.keys(unit.members).map((at) => [
    `member.hours_h.${at}`,
    (at === first ? made.hours : made.hours * near(0.97, 0.02)).toFixed(2),
  ]);
  return {
    ...{ month, coal, emission: emission + gas * 0.01532 * CARBON_TO_CO2 },
    statement: {
      facts: { ...facts, dailyRecords: false, throughExchanger: unit.throughExchanger },
      figures: {
        ...figures,
        ...gasFigures(gas, near),
        ...Object.fromEntries(hours),
        ...without(producedFigures(made, near)),
        ...heatFigures(made, unit, near),
        ...{ boilerHeat_GJ: ((burnt * Number(efficiency)) / 100).toFixed(2), boilerEfficiency_pct: efficiency },
      },
      ...(test === undefined ? {} : { test }),
    },
  };
}

/** Capacity and fuel of each: 1 conventional coal, 2 non-conventional coal, 3 gas. */
const memberFigures = (members) =>
  Object.fromEntries(
    Object.entries(members).flatMap(([at, [rated, fuel]]) => [
      [`member.capacity_MW.${at}`, rated.toFixed(2)],
      [`member.fuel.${at}`, String(fuel)],
    ]),
  );

function unitOf({ months, ...unit }, year, near) {
  const { id, name, facilityCode, product, boiler, members, biomass } = unit;
  const categoryName = '合并填报机组';
  return {
    ...{ id, name, facilityCode, product, inServiceFrom: '2014-07-01' },
    plan: { categoryName, boiler, carbonTestMode: 'monthly-composite', biomass: biomass > 0 },
    planFigures: memberFigures(members),
    months: Object.fromEntries(months.map(({ month, statement }) => [month, statement])),
    conclusion: { yearReason: '（虚构）供热量变化' },
    preIssuance: preIssuanceOf(
      year,
      months.reduce((sum, month) => sum + month.emission, 0),
      near,
    ),
  };
}

export const merged = {
  methodology: 'CN-ETS-POWER-COMBINED',
  sector: 'power',
  ...{ code: '91220000MA0HBTBA1', name: '（虚构）松江热电有限公司', region: '220100' },
  years: ['2023', '2024'],
  hasLab: true,
  yearOf(year, near) {
    const told = units.map((unit) => ({ ...unit, months: monthsOf(year).map((month) => monthOf(unit, month, near)) }));
    const burnt = (month) =>
      told.flatMap(({ months }) => months).reduce((sum, one) => sum + (one.month === month ? one.coal : 0), 0);
    return {
      units: told.map((unit) => unitOf(unit, year, near)),
      plant: { months: stockOf(monthsOf(year), burnt, near), conclusion: { yearReason: '（虚构）供热量变化' } },
    };
  },
};
