import { LedgerError } from '../errors';
import { formatBusinessKey } from '../identifiers';
import { figureMap } from '../methodology/scope';
import { businessKey } from '../records';
import { allowedSteps, processes, recordTypes, type AllowedStep } from '../rulebook';
import { isTakingBack } from '../rulebook/actions';
import { takenBack, type AccountChange, type Done } from './accounts';
import { dependents, goneWith } from './downstream';
import { footprintsOf, type FootprintChange } from './footprints';
import { change, Scenario, type ImpactedFigure, type Instead } from './scenario';
import type { AnchoredRecord, CitedBySource } from './source';
import { moneyOf, tonnesOf, tonnesUnknown, type Money, type Tonnes } from './tonnes';

/** A record that rests on the one in question. */
interface ImpactedRecord {
  readonly id: string;
  readonly key: string;
  /** It cannot stand any more: what it must cite would be gone. */
  readonly falls: boolean;
}

export interface Impact {
  readonly record: string;
  readonly key: string;
  /** Withdrawn, or with other values in the place of its own. */
  readonly assume: 'withdrawn' | 'replaced';
  /** By which steps it may be taken back as it stands; empty where it may not: another step follows on it then. */
  readonly takenBackBy: readonly AllowedStep[];
  readonly figures: readonly ImpactedFigure[];
  /** Records that rest on this one, in log order. */
  readonly records: readonly ImpactedRecord[];
  /** Enterprises that it touches. */
  readonly plants: readonly string[];
  /** Records whose figures are not open to who asks: where there is one, nobody can say what it comes to, and all `tonnes` are null. Absent: none. */
  readonly hidden?: number;
  /** Change of the plants' emissions, allowances and purchases. */
  readonly tonnes: Tonnes;
  /** Products whose footprint would change. Absent: none, or some figures are closed to who asks. */
  readonly footprints?: readonly FootprintChange[];
  /** What this record, and those that would fall with it, did to accounts, taken back. */
  readonly accounts: readonly AccountChange[];
  /** At a price. */
  readonly money?: Money;
}

const ofPlants: readonly string[] = ['unit', 'plant', 'unit-or-plant'];

/** Of the parties that are spoken of the enterprises; of whom nothing is registered here, those whose units are spoken of. */
async function plantsOf(
  source: CitedBySource,
  records: readonly AnchoredRecord[],
  named: readonly string[],
): Promise<string[]> {
  const parties = new Set([...records.map(({ record }) => record.subject.uscc), ...named]);
  const withUnits = new Set(
    records
      .filter(({ record }) => ofPlants.includes(recordTypes[record.type].unit))
      .map(({ record }) => record.subject.uscc),
  );
  const found: string[] = [];
  for (const uscc of parties) {
    const party = await source.head(formatBusinessKey({ uscc, unit: '-', period: '-' }, 'party'));
    const isPlant = party === undefined ? withUnits.has(uscc) : party.record.content['kind'] === 'enterprise';
    if (isPlant) found.push(uscc);
  }
  return found;
}

function takingBack({ record, state, status }: AnchoredRecord): AllowedStep[] {
  if (status === 'superseded') return [];
  return allowedSteps({ types: recordTypes, processes }, record.kind, state).filter(({ step }) => isTakingBack(step));
}

/**
 * What would change if a record were withdrawn: every figure that rests on it is computed anew without it, and what it and
 * those that cannot stand without it did to accounts is taken back. A withdrawn test report sends its month to the default
 * carbon content; what cannot be computed without the record is told as lost.
 * @param price CNY a tonne, as decimal text
 * @throws LedgerError NOT_FOUND, TOO_WIDE
 */
export async function impactOfWithdrawal(source: CitedBySource, id: string, price?: string): Promise<Impact> {
  const root = await rootOf(source, id);
  const scenario = new Scenario(source, id);
  scenario.see(root);
  const key = businessKey(root.record);
  const own = [...figureMap(root.record, root.figures ?? [])].flatMap(([name, value]) =>
    change(id, key, name, value, undefined),
  );
  return told(source, { root, scenario, own, assume: 'withdrawn' }, price);
}

/**
 * What would change if a record said something else: its own computed figures and every figure that rests on it. Figures that
 * it does not have are left out.
 * @throws LedgerError NOT_FOUND, TOO_WIDE
 */
export async function impactOfValues(source: CitedBySource, id: string, instead: Instead): Promise<Impact> {
  const root = await rootOf(source, id);
  const scenario = new Scenario(source);
  const own = await scenario.recompute(root, instead);
  return told(source, { root, scenario, own, assume: 'replaced' }, undefined);
}

async function rootOf(source: CitedBySource, id: string): Promise<AnchoredRecord> {
  const [root] = await source.records([id]);
  if (root) return root;
  throw new LedgerError('NOT_FOUND', `${id} is not anchored`, { details: { record: id } });
}

interface Assumption extends Pick<Impact, 'assume'> {
  readonly root: AnchoredRecord;
  readonly scenario: Scenario;
  /** What changes in the record itself. */
  readonly own: readonly ImpactedFigure[];
}

/** What falls, with what it did: nothing where the record goes on standing with other values. */
async function fallen(
  source: CitedBySource,
  { root, assume }: Assumption,
  touched: readonly AnchoredRecord[],
): Promise<Done & { readonly gone: ReadonlySet<string> }> {
  if (assume === 'replaced') return { gone: new Set(), accounts: [], parties: [] };
  const gone = goneWith(root, touched);
  const done = await takenBack(source, [root, ...touched.filter(({ id }) => gone.has(id))]);
  return { gone, ...done };
}

async function told(source: CitedBySource, assumption: Assumption, price: string | undefined): Promise<Impact> {
  const { root, scenario, own, assume } = assumption;
  const touched = await dependents(source, root.id);
  const figures = [...own];
  for (const record of touched) figures.push(...(await scenario.recompute(record)));
  const { gone, accounts, parties } = await fallen(source, assumption, touched);
  const hidden = scenario.closed;
  const tonnes = hidden > 0 ? tonnesUnknown : tonnesOf(figures);
  const footprints = hidden > 0 ? [] : footprintsOf(figures);
  return {
    record: root.id,
    key: businessKey(root.record),
    assume,
    takenBackBy: takingBack(root),
    figures,
    records: touched.map(({ id, record }) => ({ id, key: businessKey(record), falls: gone.has(id) })),
    plants: await plantsOf(source, [root, ...touched], parties),
    ...(hidden === 0 ? {} : { hidden }),
    tonnes,
    ...(footprints.length === 0 ? {} : { footprints }),
    accounts,
    ...(price === undefined ? {} : { money: moneyOf(tonnes, accounts, price) }),
  };
}
