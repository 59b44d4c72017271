import {
  type Binding,
  type FigureSpec,
  type FormulaCase,
  isLedgerError,
  type RecordScope,
  selectCase,
} from '@carbon-ledger/core';
import { addressOf } from './address';
import type { EvaluatedRecord, EvaluatedYear } from './evaluate';
import type { PlantYear, UnreadValue } from './model';
import type { PlanRecord } from './plan';

/** What the file states and nobody can read, by figure address `KEY#name` of the records it would make. */
function unreadByAddress(plan: readonly PlanRecord[], file: PlantYear): Map<string, UnreadValue> {
  const found = new Map<string, UnreadValue>();
  for (const record of plan) {
    for (const [name, { pointer }] of [...record.figureSources, ...record.contentSources]) {
      const value = file.unread.get(pointer);
      if (value !== undefined) found.set(addressOf(record.key, name), value);
    }
  }
  return found;
}

function hasUnreadContent({ contentSources }: PlanRecord, file: PlantYear): boolean {
  return [...contentSources.values()].some(({ pointer }) => file.unread.has(pointer));
}

/** `U1/2024-01` of a subject. */
type Place = string;

/** Units of which a month, or months of which a day, could not be placed: something is missing, and nobody knows what. */
function incompletePlaces(file: PlantYear): { years: ReadonlySet<Place>; months: ReadonlySet<Place> } {
  const units = file.units.filter(({ unplaced }) => unplaced.length > 0).map(({ id }) => id);
  const plant = file.unplacedStock.length > 0 ? ['PLANT'] : [];
  const months = file.daily.filter(({ unplaced }) => unplaced.length > 0);
  return {
    years: new Set([...units, ...plant]),
    months: new Set(months.map(({ unit, month }) => `${unit}/${month}`)),
  };
}

interface Figure {
  readonly spec: FigureSpec;
  readonly scope: RecordScope;
}

function bindingsOf({ cases }: FigureSpec, selected: FormulaCase | undefined): Binding[] {
  const conditions = cases.flatMap(({ when = [] }) => when.flatMap((one) => ('of' in one ? [one.of] : [])));
  const inputs =
    selected === undefined ? cases.flatMap((one) => Object.values(one.inputs)) : Object.values(selected.inputs);
  return [...conditions, ...inputs];
}

function selected({ spec, scope }: Figure): FormulaCase | undefined {
  try {
    return selectCase(spec, scope);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/**
 * Which figures rest on something that was not read. What they should be, nobody can say: they are no fault, no break, and no
 * rule speaks on them.
 */
export class UnreadFigures {
  readonly #addresses: Set<string>;
  readonly #values: ReadonlyMap<string, UnreadValue>;
  readonly #incomplete: ReturnType<typeof incompletePlaces>;
  /** Business keys of records of which a public field was not read. */
  readonly #contents: ReadonlySet<string>;

  readonly #isEmpty: boolean;

  constructor(plan: readonly PlanRecord[], file: PlantYear, year: EvaluatedYear) {
    this.#values = unreadByAddress(plan, file);
    this.#addresses = new Set(this.#values.keys());
    this.#incomplete = incompletePlaces(file);
    this.#contents = new Set(plan.filter((record) => hasUnreadContent(record, file)).map(({ key }) => key));
    const { years, months } = this.#incomplete;
    this.#isEmpty = file.unread.size + years.size + months.size === 0;
    for (const record of year.values()) this.#addMissing(record);
  }

  /** The value at an address, where it is one that stands in the file and was not read. */
  valueAt(address: string): UnreadValue | undefined {
    return this.#values.get(address);
  }

  /** True for what was not read itself, and for what is missing because of it. */
  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  /**
   * True where the checks of a record's own type have nothing to go by: a public field of what it cites was not read, a month
   * of its year or a day of its month has no place, or a value of a day was not read.
   */
  isIncomplete({ key, cited }: RecordScope): boolean {
    if (this.#isEmpty) return false;
    const [, unit = '', period = '', kind] = key.split('/');
    const lacksMonths = kind === 'annual-report' && this.#incomplete.years.has(unit);
    const lacksDays = this.#incomplete.months.has(`${unit}/${period}`) || this.#hasName(key, 'daily.*');
    return lacksMonths || lacksDays || [...cited.values()].flat().some((scope) => this.#contents.has(scope.key));
  }

  /** True where the figure cannot be computed, or not rightly, because something it takes was not read. */
  isBehind(spec: FigureSpec, scope: RecordScope): boolean {
    if (this.#isEmpty) return false;
    return bindingsOf(spec, selected({ spec, scope })).some((binding) => this.#isUnread(binding, scope));
  }

  /** A record, or a day's figure, that the file lacks may be one of those that could not be placed. */
  isPerhapsUnplaced(key: string, figure: string): boolean {
    const [, unit = '', period = ''] = key.split('/');
    if (figure.startsWith('daily.')) return this.#incomplete.months.has(`${unit}/${period}`);
    return figure === 'record' && period.length === 7 && this.#incomplete.years.has(unit);
  }

  /** A figure that the file does not state and that cannot be computed is unread in its turn. */
  #addMissing({ scope, specs }: EvaluatedRecord): void {
    for (const spec of specs) {
      if (!scope.figures.has(spec.name) && this.isBehind(spec, scope)) {
        this.#addresses.add(addressOf(scope.key, spec.name));
      }
    }
  }

  #isUnread(binding: Binding, scope: RecordScope): boolean {
    if ('parameter' in binding) return binding.by !== undefined && this.#isUnread(binding.by, scope);
    const role = binding.from ?? 'self';
    const name = 'figure' in binding ? binding.figure : binding.content;
    if (this.#isIncomplete(role, name, scope)) return true;
    const owners = role === 'self' ? [scope] : (scope.cited.get(role) ?? []);
    return owners.some(({ key }) => this.#hasName(key, name));
  }

  #isIncomplete(role: string, name: string, { key }: RecordScope): boolean {
    const [, unit = '', period = ''] = key.split('/');
    if (role === 'monthly-evidence') return this.#incomplete.years.has(unit);
    if (role === 'unit-evidence') return this.#incomplete.years.size > 0;
    return name.startsWith('daily.') && this.#incomplete.months.has(`${unit}/${period}`);
  }

  #hasName(key: string, name: string): boolean {
    if (!name.endsWith('.*')) return this.#addresses.has(addressOf(key, name));
    const prefix = addressOf(key, name.slice(0, -1));
    return [...this.#addresses].some((address) => address.startsWith(prefix));
  }
}
