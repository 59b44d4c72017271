import { coalPower, coalPowerParameters, Decimal, monthsOfYear, usccCheckDigit } from '@carbon-ledger/core';
import { record, type Draft, type Place } from './record';
import { Chance } from './seed';
import { unitMonth, unitOf, type Unit } from './unit';

export const years = ['2023', '2024'] as const;
const nation = '11100000MB0FAKE0N1';

/** Methodologies and parameters are the same objects in every book: they are read once. */
const shared: readonly Draft[] = years.flatMap((year) => [
  record({ uscc: nation, unit: 'POWER', period: year }, 'methodology', { content: { ...coalPower(year) } }),
  record({ uscc: nation, unit: 'POWER', period: year }, 'parameter', { content: { ...coalPowerParameters(year) } }),
]);
const rules: Place['rules'] = {
  methodology: (year) => `${nation}/POWER/${year}/methodology`,
  parameters: (year) => `${nation}/POWER/${year}/parameter`,
};

/** An enterprise of the generated province. */
export interface Plant {
  readonly uscc: string;
  readonly lab: string;
  readonly units: readonly Unit[];
  readonly records: Draft[];
}

function usccOf(prefix: string, index: number): string {
  const body = `${prefix}${String(index).padStart(4, '0')}`.slice(0, 17).padEnd(17, '0');
  return `${body}${usccCheckDigit(body)}`;
}

export const plantUscc = (index: number): string => usccOf('9114000MA0GEN', index);
const labUscc = (index: number): string => usccOf('9114001MA0LAB', index);

function sumOf(records: readonly Draft[], name: string): Decimal {
  return records.reduce((sum, { figures }) => sum.plus(figures.get(name) ?? 0), new Decimal(0));
}

function weightedOf(records: readonly Draft[], name: string, places: number): string {
  const coal = sumOf(records, 'coalConsumption_t');
  const sum = records.reduce(
    (all, { figures }) => all.plus(new Decimal(figures.get(name) ?? 0).times(figures.get('coalConsumption_t') ?? 0)),
    new Decimal(0),
  );
  return sum.div(coal).toFixed(places);
}

/** The year of a unit from its months. */
function annualReport(uscc: string, unit: Unit, year: string, months: readonly Draft[]): Draft {
  const emission = sumOf(months, 'emission_tCO2');
  const generation = sumOf(months, 'generation_MWh');
  const fuel = months.reduce(
    (all, { figures }) =>
      all.plus(new Decimal(figures.get('coalConsumption_t') ?? 0).times(figures.get('NCVar_GJ_t') ?? 0)),
    new Decimal(0),
  );
  return record({ uscc, unit: unit.id, period: year }, 'annual-report', {
    content: { preparer: null, title: `${year} ${unit.id}` },
    figures: {
      coalConsumption_t: sumOf(months, 'coalConsumption_t').toFixed(2),
      NCVar_weighted_GJ_t: fuel.div(sumOf(months, 'coalConsumption_t')).toFixed(3),
      Car_weighted_tC_t: weightedOf(months, 'Car_tC_t', 4),
      emission_tCO2: emission.toFixed(0),
      generation_MWh: generation.toFixed(3),
      heatSupply_GJ: sumOf(months, 'heatSupply_GJ').toFixed(2),
      operatingHours_h: sumOf(months, 'operatingHours_h').toFixed(2),
      emissionIntensity_tCO2_MWh: emission.div(generation).toFixed(4),
    },
    // Cites its months alone: how each of its figures is computed is tried on the sample, not here.
    cites: {
      'monthly-evidence': months.map(({ key }) => key),
      'quality-control-plan': [`${uscc}/${unit.id}/${year}/quality-control-plan`],
    },
    anchoredAt: `${String(Number(year) + 1)}-03-${String(10 + ((emission.toNumber() % 18) | 0)).padStart(2, '0')}T03:00:00Z`,
  });
}

function qualityPlan(uscc: string, unit: Unit, year: string): Draft {
  return record({ uscc, unit: unit.id, period: year }, 'quality-control-plan', {
    content: {
      unitName: unit.id,
      capacity_MW: String(unit.capacity),
      category: unit.category,
      boiler: '煤粉炉',
      product: unit.category === 'I' ? '纯凝发电' : '热电联产',
      fuel: '烟煤',
    },
    cites: { methodology: [rules.methodology(year)], parameters: [rules.parameters(year)] },
    anchoredAt: `${String(Number(year) - 1)}-12-1${String(Number(year) % 7)}T03:00:00Z`,
  });
}

/** Stock-taking of the plant: what was bought is what was burnt, but for what scales are wrong by. */
function stock(chance: Chance, uscc: string, evidence: readonly Draft[]): Draft[] {
  let opening = new Decimal(150_000);
  return years.flatMap((year) =>
    monthsOfYear(year).map((month) => {
      const units = evidence.filter(({ subject }) => subject.period === month);
      const fired = sumOf(units, 'coalConsumption_t');
      const closing = new Decimal(chance.whole(120_000, 190_000));
      const bought = closing
        .minus(opening)
        .plus(fired.times(1 + chance.around(0, 0.0022)))
        .toDecimalPlaces(2);
      const stocked = opening.plus(bought).minus(closing);
      const made = record({ uscc, unit: 'PLANT', period: month }, 'monthly-evidence', {
        content: { carbonBasis: 'not-applicable', dailyRecords: false },
        figures: {
          opening_t: opening.toFixed(2),
          purchased_t: bought.toFixed(2),
          closing_t: closing.toFixed(2),
          consumedByStock_t: stocked.toFixed(2),
          consumedByFeeder_t: fired.toFixed(2),
          imbalance_pct: stocked.minus(fired).div(fired).times(100).toFixed(2),
        },
        cites: {
          methodology: [rules.methodology(year)],
          parameters: [rules.parameters(year)],
          'unit-evidence': units.map(({ key }) => key),
        },
        anchoredAt: units[0]?.anchoredAt ?? `${year}-12-31T00:00:00Z`,
      });
      opening = closing;
      return made;
    }),
  );
}

function party(uscc: string, content: Record<string, unknown>): Draft {
  return record({ uscc, unit: '-', period: '-' }, 'party', { content });
}

const certificate = {
  kind: 'CMA',
  number: 'CMA-1',
  scope: ['C', 'H', 'S', 'Q', 'M'],
  validFrom: null,
  validTo: '2030-03-30',
};

function engagements(uscc: string): Draft[] {
  return years.flatMap((year) => [
    record({ uscc, unit: '-', period: year }, 'engagement.verification', {
      content: { party: usccOf('9111000MA0VER', Number(year) % 5) },
    }),
    record({ uscc, unit: '-', period: year }, 'engagement.preparation', {
      content: { party: usccOf('9131000MA0PRE', Number(year) % 7) },
    }),
  ]);
}

/** Sales of a year's allowances to other enterprises of the province. */
function transfers(chance: Chance, uscc: string, index: number, plants: number): Draft[] {
  return Array.from({ length: 3 }, (_, at) => {
    const day = `2025-${String(chance.whole(7, 12)).padStart(2, '0')}-${String(chance.whole(1, 28)).padStart(2, '0')}`;
    const to = plantUscc((index + 1 + chance.whole(0, Math.max(0, plants - 2))) % plants);
    const content = { how: 'block', to, quantity_t: String(chance.whole(2_000, 60_000)), tradedOn: day };
    return record({ uscc, unit: `S${String(at + 1)}`, period: '2024' }, 'allowance-transfer', {
      content,
      anchoredAt: `${day}T08:00:00Z`,
    });
  });
}

/** One plant of the province, everything as it should be. The same seed and index give the same plant. */
export function honestPlant(seed: number, index: number, plants: number): Plant {
  const chance = new Chance(seed * 7_919 + index * 104_729 + 1);
  const uscc = plantUscc(index);
  const lab = labUscc(index % Math.max(1, Math.ceil(plants / 12)));
  const units = Array.from({ length: chance.whole(2, 3) }, (_, at) => unitOf(chance, `U${String(at + 1)}`));
  const months = units.flatMap((unit) =>
    years.flatMap((year) =>
      monthsOfYear(year).flatMap((month) => unitMonth(chance, unit, { uscc, rules, lab, month })),
    ),
  );
  const evidence = months.filter(({ type }) => type === 'monthly-evidence');
  const ofUnit = (unit: Unit, year: string): Draft[] =>
    evidence.filter(({ subject }) => subject.unit === unit.id && subject.period.startsWith(year));
  const yearly = units.flatMap((unit) =>
    years.flatMap((year) => [qualityPlan(uscc, unit, year), annualReport(uscc, unit, year, ofUnit(unit, year))]),
  );
  const records = [
    ...shared,
    party(uscc, { region: '140600' }),
    party(lab, { region: '140100', qualifications: [certificate] }),
    ...engagements(uscc),
    ...months,
    ...yearly,
    ...stock(chance, uscc, evidence),
    ...transfers(chance, uscc, index, plants),
  ];
  return { uscc, lab, units, records };
}
