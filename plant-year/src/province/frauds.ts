import { addDays, Decimal, lastDayOfMonth } from '@carbon-ledger/core';
import type { Plant } from './plant';
import { plantUscc } from './plant';
import { record, type Draft } from './record';
import type { Chance } from './seed';
import { settled } from './unit';

/** One way of cheating: what it does to a plant, and the rules that are to speak. */
export interface Fraud {
  readonly kind: string;
  /** Case of domain section 6 or tamper variant of the sample. */
  readonly like: string;
  readonly rules: readonly string[];
  /** Changes the plant; gives the keys of the records that were touched. */
  readonly plant: (plant: Plant, chance: Chance, index: number) => string[];
}

function monthOf(plant: Plant, unit: string, month: string, kind: string): Draft {
  const found = plant.records.find(({ key }) => key === `${plant.uscc}/${unit}/${month}/${kind}`);
  if (found === undefined) throw new Error(`${plant.uscc} has no ${unit}/${month}/${kind}`);
  return found;
}

function month(chance: Chance): string {
  return `2024-${String(chance.whole(1, 12)).padStart(2, '0')}`;
}

function scaled(record: Draft, name: string, factor: number, places: number): void {
  record.figures.set(name, new Decimal(record.figures.get(name) ?? 0).times(factor).toFixed(places));
}

/** A cheat recomputes what follows: the month agrees with itself. */
function settle(plant: Plant, unit: string, at: string): void {
  const evidence = monthOf(plant, unit, at, 'monthly-evidence');
  const report = monthOf(plant, unit, at, 'test-report');
  const capacity = plant.units.find(({ id }) => id === unit)?.capacity ?? 1;
  const given = Object.fromEntries([...report.figures, ...evidence.figures]);
  const basis = String(evidence.content['carbonBasis']);
  for (const [name, value] of Object.entries(settled(given, basis, capacity))) evidence.figures.set(name, value);
}

function measuredMonth(plant: Plant, chance: Chance, unit: string): string {
  const first = chance.whole(1, 12);
  const months = Array.from({ length: 12 }, (_, at) => `2024-${String(((first + at) % 12) + 1).padStart(2, '0')}`);
  return (
    months.find((one) => monthOf(plant, unit, one, 'monthly-evidence').content['carbonBasis'] === 'measured') ??
    month(chance)
  );
}

function keysOf(...records: readonly Draft[]): string[] {
  return records.map(({ key }) => key);
}

function changed(plant: Plant, unit: string, at: string): string[] {
  settle(plant, unit, at);
  return keysOf(monthOf(plant, unit, at, 'monthly-evidence'), monthOf(plant, unit, at, 'test-report'));
}

const results = ['Cad_pct', 'Mad_pct', 'Had_pct', 'St_ad_pct', 'Qgr_ad_MJ_kg', 'Qnet_ar_GJ_t', 'Aad_pct'];

const known: readonly Fraud[] = [
  {
    kind: 'report dated back',
    like: 'T1, default avoidance',
    rules: ['R-D02', 'R-L16'],
    plant: (plant, chance) => {
      const at = measuredMonth(plant, chance, 'U1');
      const report = monthOf(plant, 'U1', at, 'test-report');
      report.content = {
        ...report.content,
        issued: addDays(lastDayOfMonth(at), 20),
        anchoredByLab: addDays(lastDayOfMonth(at), 47),
      };
      return keysOf(report, monthOf(plant, 'U1', at, 'monthly-evidence'));
    },
  },
  {
    kind: 'one delivery for the year',
    like: 'T2, 中碳能投, 辽宁东煤',
    rules: ['R-D03', 'R-D04', 'R-D02'],
    plant: (plant) => {
      const reports = plant.records.filter(
        ({ type, subject }) => type === 'test-report' && subject.unit === 'U1' && subject.period.startsWith('2024'),
      );
      for (const report of reports) report.content = { ...report.content, received: '2024-12-20' };
      return keysOf(...reports);
    },
  },
  {
    kind: 'report number used again',
    like: 'T3, 鄂尔多斯高新',
    rules: ['R-D01', 'R-D29'],
    plant: (plant) => {
      const [from, to] = ['2024-04', '2024-07'].map((at) => monthOf(plant, 'U1', at, 'test-report'));
      if (from && to) to.content = { ...to.content, reportNo: from.content['reportNo'] };
      return keysOf(...[from, to].filter((one) => one !== undefined));
    },
  },
  {
    kind: 'moisture invented',
    like: 'T4, 鄂尔多斯高新',
    rules: ['R-L07', 'R-S03', 'R-T01', 'R-L22', 'R-T02'],
    plant: (plant, chance) => {
      const at = measuredMonth(plant, chance, 'U1');
      scaled(monthOf(plant, 'U1', at, 'monthly-evidence'), 'Mar_pct', 1.45, 2);
      return changed(plant, 'U1', at);
    },
  },
  {
    kind: 'carbon lowered',
    like: 'T5, 中碳能投',
    rules: ['R-S02', 'R-S03', 'R-T01', 'R-L04', 'R-T02'],
    plant: (plant, chance) => {
      const at = measuredMonth(plant, chance, 'U1');
      scaled(monthOf(plant, 'U1', at, 'test-report'), 'Cad_pct', 0.952, 2);
      return changed(plant, 'U1', at);
    },
  },
  {
    kind: 'coal hidden',
    like: 'T6, 鄂尔多斯高新',
    rules: ['R-L01', 'R-L10', 'R-S04', 'R-T03', 'R-T09', 'R-L08'],
    plant: (plant, chance) => {
      const at = measuredMonth(plant, chance, 'U1');
      scaled(monthOf(plant, 'U1', at, 'monthly-evidence'), 'coalConsumption_t', 0.92, 2);
      return [...changed(plant, 'U1', at), `${plant.uscc}/PLANT/${at}/monthly-evidence`];
    },
  },
  {
    kind: 'heat raised',
    like: 'T7',
    rules: ['R-L10', 'R-T03', 'R-X13', 'R-S04'],
    plant: (plant) => {
      const evidence = monthOf(plant, 'U1', '2024-11', 'monthly-evidence');
      const coal = new Decimal(evidence.figures.get('coalConsumption_t') ?? 0).times(
        evidence.figures.get('NCVar_GJ_t') ?? 0,
      );
      const heat = new Decimal(evidence.figures.get('heatSupply_GJ') ?? 0).times('1.3').plus(coal.times('0.12'));
      evidence.figures.set('heatSupply_GJ', heat.toFixed(2));
      return changed(plant, 'U1', '2024-11');
    },
  },
  {
    kind: 'results copied within the unit',
    like: 'T8',
    rules: ['R-S05', 'R-D05'],
    plant: (plant) => {
      const source = monthOf(plant, 'U1', '2024-05', 'test-report');
      return ['2024-06', '2024-07', '2024-08'].flatMap((at) => {
        const report = monthOf(plant, 'U1', at, 'test-report');
        for (const name of results) report.figures.set(name, source.figures.get(name) ?? '0');
        return [...changed(plant, 'U1', at), source.key];
      });
    },
  },
  {
    kind: 'results sold to two enterprises',
    like: '辽宁东煤',
    rules: ['R-D30'],
    plant: (plant, _chance, index) => {
      const report = monthOf(plant, 'U1', '2024-03', 'test-report');
      for (const [at, name] of results.entries()) report.figures.set(name, soldResults[at] ?? '0');
      report.figures.set('St_ad_pct', `0.${String(60 + (Math.floor(index / 2) % 35))}`);
      return changed(plant, 'U1', '2024-03');
    },
  },
  {
    kind: 'reports written in one go',
    like: '中碳能投: bulk testing',
    rules: ['R-D18', 'R-D02', 'R-D34'],
    plant: (plant) => {
      const reports = plant.records.filter(
        ({ type, subject }) =>
          type === 'test-report' && subject.unit === 'U2' && subject.period >= '2024-01' && subject.period <= '2024-06',
      );
      for (const [at, report] of reports.entries()) {
        report.content = { ...report.content, anchoredByLab: undefined };
        report.anchoredAt = `2024-08-10T02:0${String(at % 10)}:00Z`;
      }
      return keysOf(...reports);
    },
  },
  {
    kind: 'emission understated',
    like: '青岛希诺: overlooked',
    rules: ['R-L02', 'R-T03'],
    plant: (plant, chance) => {
      const at = month(chance);
      const evidence = monthOf(plant, 'U1', at, 'monthly-evidence');
      scaled(evidence, 'emission_tCO2', 0.97, 2);
      return keysOf(evidence);
    },
  },
  {
    kind: 'stock made to fit',
    like: 'coal hidden, second book',
    rules: ['R-S10', 'R-L01'],
    plant: (plant, chance) => {
      const at = `2024-${String(chance.whole(2, 12)).padStart(2, '0')}`;
      const balance = monthOf(plant, 'PLANT', at, 'monthly-evidence');
      scaled(balance, 'opening_t', 0.93, 2);
      return keysOf(balance);
    },
  },
  {
    kind: 'preparer verifies',
    like: '中创碳投: names lent',
    rules: ['R-D08'],
    plant: (plant) => {
      const [verifier, preparer] = ['verification', 'preparation'].map((purpose) =>
        monthOf(plant, '-', '2024', `engagement.${purpose}`),
      );
      if (verifier && preparer) preparer.content = { ...preparer.content, party: verifier.content['party'] };
      return verifier ? keysOf(verifier) : [];
    },
  },
  {
    kind: 'hours and load bent',
    like: 'peaking factor',
    rules: ['R-L09', 'R-L12', 'R-X07'],
    plant: (plant, chance) => {
      const at = month(chance);
      scaled(monthOf(plant, 'U1', at, 'monthly-evidence'), 'operatingHours_h', 0.5, 2);
      return changed(plant, 'U1', at);
    },
  },
  {
    kind: 'allowances sent in a circle',
    like: 'round trip',
    rules: ['R-M01'],
    plant: (plant, _chance, index) => {
      const partner = plantUscc(index % 2 === 0 ? index + 1 : index - 1);
      const content = {
        how: 'block',
        to: partner,
        quantity_t: '40000',
        tradedOn: index % 2 === 0 ? '2025-11-03' : '2025-11-12',
      };
      const made = record({ uscc: plant.uscc, unit: 'R1', period: '2024' }, 'allowance-transfer', {
        content,
        anchoredAt: '2025-11-13T08:00:00Z',
      });
      plant.records.push(made);
      return keysOf(made);
    },
  },
  {
    kind: 'one meter at two plants',
    like: 'readings copied',
    rules: ['R-D16'],
    plant: (plant, _chance, index) => {
      const made = record({ uscc: plant.uscc, unit: 'U1', period: '2024-05' }, 'device-batch.electricity', {
        content: { meterId: `M-${String(Math.floor(index / 2))}` },
        figures: { sum: monthOf(plant, 'U1', '2024-05', 'monthly-evidence').figures.get('generation_MWh') ?? '0' },
      });
      plant.records.push(made);
      return keysOf(made);
    },
  },
];

/** One set of results, sold twice. */
const soldResults = ['61.90', '2.85', '3.75', '0.85', '24.760', '21.200', '19.10'];

/** Every kind of fraud of domain section 6 that records can show, and the tamper variants of the sample. */
export function frauds(): readonly Fraud[] {
  return known;
}
