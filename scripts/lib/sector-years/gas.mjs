// A fictitious gas-fired plant: a large unit and one that gives heat, both topped up to their emissions; one month is without a test.
import { monthsOf } from './chance.mjs';
import { burntFor, CARBON_TO_CO2, madeIn, preIssuanceOf, producedFigures } from './power.mjs';

const units = [
  {
    ...{ id: 'G1', name: '1号燃气-蒸汽联合循环机组', facilityCode: 'MF0001', product: '燃气发电' },
    ...{ capacity: 460, load: 0.66, efficiency: 0.603, untested: undefined },
  },
  {
    ...{ id: 'G2', name: '2号燃气-蒸汽联合循环机组', facilityCode: 'MF0002', product: '燃气热电联产' },
    ...{ capacity: 180, load: 0.71, efficiency: 0.535, heat: 'winter', untested: '08' },
  },
];

/** Two or three tests a month; their arithmetic mean counts. In GJ and tC per 10⁴ Nm³. */
function testsOf(near) {
  const count = near(2.5, 0.4) > 2.5 ? 3 : 2;
  const tests = Array.from({ length: count }, (_, index) => ({ at: String(index + 1), ncv: near(351, 0.008) }));
  return Object.fromEntries(
    tests.flatMap(({ at, ncv }) => [
      [`test.NCV.${at}`, ncv.toFixed(3)],
      [`test.C.${at}`, (ncv * near(0.01532, 0.003)).toFixed(4)],
    ]),
  );
}

function monthOf(unit, month, near) {
  const made = madeIn(unit, month, near);
  const isTested = unit.untested !== month.slice(5);
  const gas = burntFor(unit, made, near) / 351;
  return {
    month,
    emission: gas * 351 * 0.01532 * CARBON_TO_CO2,
    statement: {
      facts: { gasBasis: isTested ? 'measured' : 'default' },
      figures: {
        gasConsumption_10k: gas.toFixed(2),
        ...producedFigures(made, near),
        ...(isTested ? testsOf(near) : {}),
      },
    },
  };
}

function unitOf(unit, year, near) {
  const { id, name, facilityCode, product, capacity } = unit;
  const months = monthsOf(year).map((month) => monthOf(unit, month, near));
  const emission = months.reduce((sum, month) => sum + month.emission, 0);
  return {
    ...{ id, name, facilityCode, product, inServiceFrom: '2016-04-01' },
    plan: {
      ...{ capacity_MW: String(capacity), category: 'IV', categoryName: '燃气机组' },
      ...{ boiler: '燃气-蒸汽联合循环余热锅炉', carbonTestMode: 'monthly-composite' },
    },
    months: Object.fromEntries(months.map(({ month, statement }) => [month, statement])),
    conclusion: { yearReason: '（虚构）供气与调峰变化' },
    preIssuance: preIssuanceOf(year, emission, near),
  };
}

export const gas = {
  methodology: 'CN-ETS-POWER-GAS',
  sector: 'power',
  ...{ code: '91440000MA0RQDCA1', name: '（虚构）珠江燃气发电有限公司', region: '440100' },
  years: ['2023', '2024'],
  yearOf: (year, near) => ({
    units: units.map((unit) => unitOf(unit, year, near)),
    plant: { conclusion: { yearReason: '（虚构）供气与调峰变化' } },
  }),
};
