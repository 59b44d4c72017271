import { parseDecimal, type Decimal } from '../decimal';
import { formatBusinessKey, formatFigureAddress } from '../identifiers';
import type { Doubt } from '../provenance';
import type { RowFault } from '../reconciliation/rows';
import type { CrossCheckProfile, CrossCheckReading, CrossCheckTolerance } from './profile';

/** A row of the other side: `uscc`, `unit`, `period` and readings by their names, each with its cell. */
export interface OutsideRow {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
  readonly cells: Readonly<Record<string, string>>;
  readonly faults: readonly (RowFault & { readonly column: string })[];
}

/** What stands on the ledger under a business key, as far as it is open to who asks. */
export interface AnchoredReadings {
  readonly record: string;
  readonly status: 'current' | 'open' | 'withdrawn';
  /** Why its word is in doubt though it stands. */
  readonly doubts?: readonly Doubt[];
  /** Figures and fields by their names. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether it has figures that are not open. */
  readonly hidden: boolean;
}

export const crossCheckKinds = [
  'MATCHED',
  'IN_DOUBT',
  'DIFFERS',
  'NOT_ANCHORED',
  'NO_LONGER_STANDS',
  'NOT_OPEN',
  'NOT_IN_FILE',
  'TWICE',
  'OTHER_YEAR',
  'UNREADABLE',
] as const;
export type CrossCheckKind = (typeof crossCheckKinds)[number];

/** The answer to one reading, or to a figure that has none. */
export interface CrossCheckAnswer {
  readonly kind: CrossCheckKind;
  readonly reading: string;
  /** Address of the figure; absent where the row does not say what it is about. */
  readonly figure?: string;
  /** Where it stands: several where rows are added up, or say the same twice. */
  readonly places: readonly {
    readonly file: string;
    readonly sheet: string;
    readonly row: number;
    readonly cell: string;
  }[];
  /** In the unit of the figure. */
  readonly outside?: string;
  readonly anchored?: string;
  readonly record?: string;
  /** Outside less anchored, and its share of what is anchored. */
  readonly difference?: string;
  readonly share?: string;
  /** Why the word of the record is in doubt; absent where it is not. */
  readonly doubts?: readonly Doubt[];
  /** Of a cell that cannot be taken. */
  readonly fault?: RowFault;
}

export interface CrossCheckOptions {
  readonly profile: CrossCheckProfile;
  readonly year: string;
  /** The party of rows that name none. */
  readonly party?: string;
}

interface Stated {
  readonly reading: string;
  readonly spec: CrossCheckReading;
  readonly key: string;
  readonly value: Decimal;
  readonly places: CrossCheckAnswer['places'];
}

const SHARE_DIGITS = 6;

function addressOfReading(key: string, { figure, field }: CrossCheckReading): string {
  return formatFigureAddress({ key, figure: figure ?? field ?? '' });
}

/** Whether a difference is within what is tolerated. */
export function isTolerated(difference: Decimal, anchored: Decimal, { absolute, share }: CrossCheckTolerance): boolean {
  const most = [
    ...(absolute === undefined ? [] : [parseDecimal(absolute)]),
    ...(share === undefined ? [] : [parseDecimal(share).times(anchored.abs())]),
  ];
  return most.some((one) => difference.abs().lte(one));
}

function compared(
  { reading, spec, key, value, places }: Stated,
  anchored: AnchoredReadings | undefined,
): CrossCheckAnswer {
  const told = { reading, figure: addressOfReading(key, spec), places, outside: value.toFixed() };
  if (anchored === undefined) return { kind: 'NOT_ANCHORED', ...told };
  const { record, status, values, hidden, doubts = [] } = anchored;
  const name = spec.figure ?? spec.field ?? '';
  if (status !== 'current') return { kind: 'NO_LONGER_STANDS', ...told, record };
  const text = Object.hasOwn(values, name) ? values[name] : undefined;
  if (text === undefined) return { kind: hidden ? 'NOT_OPEN' : 'NOT_ANCHORED', ...told, record };
  return { ...told, ...agreementOf(value, text, spec.tolerance, doubts), record, ...doubted(anchored) };
}

/** What agrees with a word that nobody may rely on is agreed with by nobody. */
function agreementOf(
  value: Decimal,
  text: string,
  tolerance: CrossCheckTolerance,
  doubts: readonly Doubt[],
): Pick<CrossCheckAnswer, 'kind' | 'anchored' | 'difference' | 'share'> {
  const own = parseDecimal(text);
  const difference = value.minus(own);
  const agrees = doubts.length === 0 ? 'MATCHED' : 'IN_DOUBT';
  const kind = isTolerated(difference, own, tolerance) ? agrees : 'DIFFERS';
  const share = own.isZero() ? {} : { share: difference.div(own.abs()).toFixed(SHARE_DIGITS) };
  return { kind, anchored: text, difference: difference.toFixed(), ...share };
}

function doubted({ doubts = [] }: AnchoredReadings): Pick<CrossCheckAnswer, 'doubts'> {
  return doubts.length === 0 ? {} : { doubts };
}

function placeOf({ file, sheet, row, cells }: OutsideRow, column: string): CrossCheckAnswer['places'][number] {
  return { file, sheet, row, cell: cells[column] ?? '' };
}

/** A row that names no party, where none is said for the file. */
const noParty = { column: 'uscc', code: 'CELL_EMPTY', cell: '', found: '', expected: 'a party (--party)' };
const identity: readonly string[] = ['uscc', 'unit', 'period'];

/** One source of outside readings, held to what is anchored. The answers do not depend on the order of rows. */
export class CrossCheck {
  readonly #options: CrossCheckOptions;
  readonly #answers: CrossCheckAnswer[] = [];
  readonly #stated = new Map<string, Stated[]>();
  readonly #parties = new Set<string>();
  /** Addresses that a cell speaks of that cannot be taken: they are not missing. */
  readonly #spoken = new Set<string>();

  constructor(options: CrossCheckOptions, rows: Iterable<OutsideRow>) {
    this.#options = options;
    if (options.party !== undefined) this.#parties.add(options.party);
    for (const row of rows) this.#take(row);
  }

  /** Parties that the rows are about: what is anchored of them is asked for. */
  get parties(): readonly string[] {
    return [...this.#parties].sort();
  }

  #take(row: OutsideRow): void {
    const faults = row.faults.filter(({ column }) => identity.includes(column));
    const { uscc = this.#options.party, unit = this.#options.profile.unit, period } = row.values;
    if (faults.length > 0 || uscc === undefined || period === undefined) {
      for (const fault of faults.length > 0 ? faults : [noParty]) this.#refuse(row, fault);
      return;
    }
    this.#parties.add(uscc);
    for (const [reading, spec] of Object.entries(this.#options.profile.readings))
      this.#read(row, reading, spec, { uscc, unit: this.#options.profile.units[unit] ?? unit, period });
  }

  #refuse(row: OutsideRow, { column, ...fault }: OutsideRow['faults'][number]): void {
    this.#answers.push({ kind: 'UNREADABLE', reading: column, places: [placeOf(row, column)], fault });
  }

  #read(
    row: OutsideRow,
    reading: string,
    spec: CrossCheckReading,
    { uscc, unit, period }: { readonly uscc: string; readonly unit: string; readonly period: string },
  ): void {
    const key = formatBusinessKey({ uscc, unit, period }, spec.record);
    const places = [placeOf(row, reading)];
    const fault = row.faults.find(({ column }) => column === reading);
    const figure = addressOfReading(key, spec);
    if (fault !== undefined) {
      const { code, cell, found, expected } = fault;
      this.#spoken.add(figure);
      this.#answers.push({ kind: 'UNREADABLE', reading, figure, places, fault: { code, cell, found, expected } });
      return;
    }
    const text = row.values[reading];
    if (text === undefined) return;
    const value = parseDecimal(text).times(parseDecimal(spec.factor));
    if (period.slice(0, 4) !== this.#options.year) {
      this.#answers.push({ kind: 'OTHER_YEAR', reading, figure, places, outside: value.toFixed() });
      return;
    }
    const group = `${reading} ${figure}`;
    this.#stated.set(group, [...(this.#stated.get(group) ?? []), { reading, spec, key, value, places }]);
  }

  /** @param anchored what stands under each business key of these parties in the year */
  conclude(anchored: ReadonlyMap<string, AnchoredReadings>): readonly CrossCheckAnswer[] {
    const answers = [
      ...this.#answers,
      ...[...this.#stated.values()].map((stated) => this.#answer(stated, anchored)),
      ...[...anchored].flatMap(([key, found]) => this.#lacking(key, found)),
    ];
    return inOrder(answers);
  }

  #answer(stated: readonly Stated[], anchored: ReadonlyMap<string, AnchoredReadings>): CrossCheckAnswer {
    const [first] = stated;
    if (first === undefined) throw new RangeError('nothing is stated');
    const places = inPlace(stated.flatMap((one) => one.places));
    const { reading, spec, key } = first;
    if (stated.length > 1 && !this.#options.profile.sum)
      return { kind: 'TWICE', reading, figure: addressOfReading(key, spec), places };
    const value = stated.slice(1).reduce((sum, one) => sum.plus(one.value), first.value);
    return compared({ ...first, value, places }, anchored.get(key));
  }

  /** Figures that are anchored, and of which the file says nothing. */
  #lacking(key: string, found: AnchoredReadings): CrossCheckAnswer[] {
    const { record, status, values } = found;
    if (status !== 'current') return [];
    return Object.entries(this.#options.profile.readings).flatMap(([reading, spec]) => {
      const name = spec.figure ?? spec.field ?? '';
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      const figure = addressOfReading(key, spec);
      const isAsked = key.endsWith(`/${spec.record}`) && this.#isOfUnits(key) && !this.#spoken.has(figure);
      if (value === undefined || !isAsked || this.#stated.has(`${reading} ${figure}`)) return [];
      return [{ kind: 'NOT_IN_FILE', reading, figure, places: [], anchored: value, record, ...doubted(found) }];
    });
  }

  /** A file that names no units speaks of one. */
  #isOfUnits(key: string): boolean {
    const { columns, unit, period } = this.#options.profile;
    const [, own = '', when = ''] = key.split('/');
    return (columns.unit !== undefined || own === unit) && (when.length === 4) === (period === 'year');
  }
}

type Places = CrossCheckAnswer['places'];
const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const textOf = ({ file, sheet, row, cell }: Places[number]): string =>
  [file, sheet, String(row).padStart(8, '0'), cell].join('\u0000');

function inPlace(places: Places): Places {
  return [...places].sort((one, other) => byText(textOf(one), textOf(other)));
}

function inOrder(answers: readonly CrossCheckAnswer[]): CrossCheckAnswer[] {
  return answers
    .map((answer) => {
      const { figure = '~', reading, kind, places } = answer;
      return [[figure, reading, kind, ...places.map(textOf)].join('\u0001'), answer] as const;
    })
    .sort(([one], [other]) => byText(one, other))
    .map(([, answer]) => answer);
}
