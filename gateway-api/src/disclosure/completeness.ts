import {
  daysBetween,
  impactOfValues,
  monthsOfYear,
  parseDecimal,
  shanghaiDay,
  type CitedBySource,
  type LedgerView,
  type RecordTypes,
} from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { AnchoredRecordView, Completeness } from '@carbon-ledger/client-sdk';
import type { Projection } from '../projection/projection';
import type { Reading, RecordViews } from '../records/record-views';
import { prices } from '../http/limits/prices';
import { standingRecords } from './standing';

type Plant = Completeness['plants'][number];
type Month = Plant['units'][number]['months'][number];

/**
 * Tonnes more than by the carbon content that was measured: the month computed anew by its own methodology. Undefined where
 * nothing was measured, or it is not open to who asks.
 */
async function defaultCost(view: AnchoredRecordView, source: CitedBySource): Promise<string | undefined> {
  if (view.figures?.some(({ name }) => name === 'CarMeasured_tC_t') !== true) return undefined;
  const { figures } = await impactOfValues(source, view.id, { content: { carbonBasis: 'measured' } });
  const emission = figures.find(({ figure }) => figure === `${view.key}#emission_tCO2`);
  return emission?.delta == null ? undefined : parseDecimal(emission.delta).negated().toFixed(2);
}

interface Asked {
  readonly mostDays: number;
  readonly source: CitedBySource;
  readonly world: LedgerView;
}

async function monthOf(
  month: string,
  view: AnchoredRecordView | undefined,
  { mostDays, source, world }: Asked,
): Promise<Month> {
  if (view === undefined) return { month, state: 'missing', late: false, backDated: false, default: false };
  const { claimedSubmission: submitted, carbonBasis } = view.record.content;
  const claimed = typeof submitted === 'string' ? submitted : undefined;
  const filed = await world.get('case', `three-level-review/${view.key}`);
  const isLate = (filed?.late ?? 0) > 0;
  const isDefault = carbonBasis === 'default';
  const cost = isDefault ? await defaultCost(view, source) : undefined;
  const anchored = shanghaiDay(view.anchoredAt);
  return {
    ...{ month, state: 'filed', record: view.id, late: isLate, default: isDefault },
    backDated: claimed !== undefined && daysBetween(claimed, anchored) > mostDays,
    ...(cost === undefined ? {} : { defaultCost_t: cost }),
    ...(view.doubts === undefined ? {} : { doubts: [...new Set(view.doubts)] }),
  };
}

interface Ledger {
  readonly projection: Projection;
  readonly views: RecordViews;
}

interface UnitYear {
  readonly labs: Set<string>;
  readonly months: Map<string, AnchoredRecordView>;
}

interface PlantAsked {
  readonly uscc: string;
  readonly name: string;
  readonly year: string;
  readonly lab: string | undefined;
  /** Days that a claimed submission may lie before the anchoring (R-D19). */
  readonly mostDays: number;
}

/** What was filed of a plant's units in a year: one that has a plan, a report or a month is there. */
async function unitYears(
  { projection, views }: Ledger,
  { uscc, year }: PlantAsked,
  { caller, spend }: Reading,
): Promise<Map<string, UnitYear>> {
  const units = new Map<string, UnitYear>();
  const of = ({ record: { subject } }: Pick<AnchoredEntry, 'record'>): UnitYear => {
    const known = units.get(subject.unit) ?? { labs: new Set<string>(), months: new Map<string, AnchoredRecordView>() };
    units.set(subject.unit, known);
    return known;
  };
  const standing = async (type: keyof RecordTypes): Promise<AnchoredEntry[]> => {
    const found = await standingRecords(projection, type, year, uscc);
    spend(found.length * prices.recordRead);
    return found.filter(({ record }) => record.subject.unit !== 'PLANT');
  };
  for (const plan of await standing('quality-control-plan')) of(plan);
  for (const report of await standing('test-report')) of(report).labs.add(report.record.issuer);
  const months = await standing('monthly-evidence');
  for (const view of await Promise.all(months.map((entry) => views.view(entry, caller, true))))
    of(view).months.set(view.record.subject.period, view);
  return units;
}

/** The months of one plant's units, as far as they are open to who asks. */
export async function completenessOf(ledger: Ledger, plant: PlantAsked, reading: Reading): Promise<Plant> {
  const { uscc, name, year, lab, mostDays } = plant;
  const wanted = [...(await unitYears(ledger, plant, reading))]
    .filter(([, { labs }]) => lab === undefined || labs.has(lab))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const asked = { mostDays, source: ledger.views.source(reading), world: ledger.projection.world };
  const told: Plant['units'] = [];
  for (const [unit, { labs, months }] of wanted) {
    const year12 = await Promise.all(monthsOfYear(year).map((month) => monthOf(month, months.get(month), asked)));
    told.push({ unit, laboratories: [...labs].sort(), months: year12 });
  }
  return { uscc, name, units: told };
}

export function totalsOf(plants: readonly Plant[]): Completeness['totals'] {
  const months = plants.flatMap(({ units }) => units.flatMap((unit) => unit.months));
  const count = (is: (month: Month) => boolean): number => months.filter(is).length;
  const cost = months.reduce((sum, { defaultCost_t: one = '0' }) => sum.plus(one), parseDecimal('0'));
  return {
    months: months.length,
    missing: count(({ state }) => state === 'missing'),
    late: count(({ late }) => late),
    backDated: count(({ backDated }) => backDated),
    defaults: count((month) => month.default),
    defaultCost_t: cost.toFixed(2),
  };
}
