// What the months of all power units have: what was made, and what was burnt for it.
import { analysed, testOf } from './coal-sample.mjs';

const GJ_PER_MWH = 3.6;
const BOILER = 0.9;
export const CARBON_TO_CO2 = (0.99 * 44) / 12;

const hoursOf = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate() * 24;
const isWinter = (month) => ['01', '02', '03', '11', '12'].includes(month.slice(5));

/** MWh of the meter, GJ of heat, hours of operation. */
export function madeIn(unit, month, near) {
  const hours = hoursOf(month) * near(0.93, 0.06);
  const generation = unit.capacity * hours * near(unit.load, 0.02);
  const suppliesHeat = unit.heat === 'always' || (unit.heat === 'winter' && isWinter(month));
  return { hours, generation, heat: suppliesHeat ? near(generation * 0.8, 0.1) : 0 };
}

/** Heat of the fuels, GJ. */
export const burntFor = ({ efficiency }, { generation, heat }, near) =>
  (generation * GJ_PER_MWH) / near(efficiency, 0.004) + heat / BOILER;

export const producedFigures = ({ hours, generation, heat }, near) => ({
  generation_MWh: generation.toFixed(3),
  heatSupply_GJ: heat.toFixed(2),
  operatingHours_h: hours.toFixed(2),
  onGrid_MWh: (generation * near(0.941, 0.002)).toFixed(3),
  purchasedPower_MWh: near(generation * 0.003, 0.2).toFixed(3),
});

/** What a coal-fired boiler states of a month, with the report of its sample where it is tested at all; `coal` in t, `emission` in tCO2. */
export function coalBurnt(unit, month, heat, near) {
  const mar = Number(near(unit.mar, 0.04).toFixed(2));
  const { tested, figures } = analysed({ ratio: 2.5, ...unit, mar }, near);
  const ncv = near(tested, 0.002).toFixed(3);
  const coal = (heat / Number(ncv)).toFixed(2);
  const isTested = unit.ratio !== undefined;
  const isMeasured = isTested && unit.late !== month.slice(5);
  const carbon = isMeasured
    ? (Number(figures.Cad_pct) * (100 - mar)) / (100 - Number(figures.Mad_pct)) / 100
    : Number(ncv) * 0.03;
  return {
    coal: Number(coal),
    emission: Number(coal) * carbon * CARBON_TO_CO2,
    facts: { carbonBasis: isMeasured ? 'measured' : 'default' },
    figures: { coalConsumption_t: coal, NCVar_GJ_t: ncv, Mar_pct: mar.toFixed(2) },
    ...(isTested ? { test: testOf(month, unit.id, !isMeasured, figures) } : {}),
  };
}

/** What lies there at the end of a year, t: the next one begins with it. */
const stockAfter = (year) => 140_000 + ((year * 7919) % 20_000);

/** Stock-taking of a plant: what was bought is what was burnt, but for what scales are wrong by. */
export function stockOf(months, burnt, near) {
  const year = Number(months[0].slice(0, 4));
  let opening = stockAfter(year - 1);
  return Object.fromEntries(
    months.map((month) => {
      const closing = month.endsWith('-12') ? stockAfter(year) : near(150_000, 0.1);
      const bought = burnt(month) * near(1, 0.002) + closing - opening;
      const figures = { opening_t: opening.toFixed(2), purchased_t: bought.toFixed(2), closing_t: closing.toFixed(2) };
      opening = Number(figures.closing_t);
      return [month, { facts: {}, figures }];
    }),
  );
}

const beforeNames = { 2023: 'verified2023_tCO2', 2024: 'verified2023_tCO2' };

/** What the pre-allocation rests on: up to 2022 the province states it, later what was verified before. */
export function preIssuanceOf(year, emission, near) {
  const before = near(emission, 0.03);
  if (Number(year) < 2023) return { figures: { preallocation_tCO2: Math.floor(before * 0.7).toFixed(0) } };
  return { figures: { [beforeNames[year] ?? 'verifiedBefore_tCO2']: before.toFixed(0) } };
}
