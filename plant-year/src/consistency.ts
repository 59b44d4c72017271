import {
  addDays,
  type Decimal,
  type Fault,
  isDecimalText,
  lastDayOfMonth,
  type ParameterTable,
  parseDecimal,
} from '@carbon-ledger/core';
import { allowanceFaults } from './consistency-allowances';
import { dateFaults } from './consistency-dates';
import { offsetFaults } from './consistency-offsets';
import { field, fieldPointer, type DailyBlock, type PlantYear, type Section } from './model';
import { fileFault } from './repetitions';

function decimalField(section: Section, name: string): Decimal | undefined {
  const text = field(section, name);
  return text !== undefined && isDecimalText(text) ? parseDecimal(text) : undefined;
}

/** Every day of the month once, of a unit and month that the file has. */
function dailyBlockFaults(file: PlantYear, block: DailyBlock): Fault[] {
  const unit = file.units.find(({ id }) => id === block.unit);
  if (!unit?.months.some(({ month }) => month === block.month)) {
    return [fileFault(block.pointer, `the file has no month ${block.month} of unit ${block.unit}`)];
  }
  const days = block.rows.map((row) => row.day);
  const expected = Array.from({ length: Number(lastDayOfMonth(block.month).slice(8)) }, (_, index) => index + 1);
  const missing = block.unplaced.length > 0 ? [] : expected.filter((day) => !days.includes(day));
  const wrong = block.rows.filter((row) => !expected.includes(row.day));
  return [
    ...missing.map((day) => fileFault(`${block.pointer}/rows`, `day ${day} is missing`)),
    ...wrong.map((row) => fileFault(row.pointer, `day ${row.day} is no day of the month`)),
  ];
}

/** What closed a month opens the next one. */
function stockFaults(file: PlantYear): Fault[] {
  const ordered = [...file.stock].sort((a, b) => (a.month < b.month ? -1 : Number(a.month > b.month)));
  return ordered.slice(1).flatMap(({ balance, month }, index) => {
    const before = ordered[index];
    if (before === undefined || addDays(lastDayOfMonth(before.month), 1) !== `${month}-01`) return [];
    const closing = field(before.balance, 'closing_t');
    const opening = field(balance, 'opening_t');
    if (opening === undefined || closing === undefined || opening === closing) return [];
    const details = { figure: 'opening_t', expected: closing, got: opening, step: 'closing of the month before' };
    const message = `opening_t of ${month}: the month before closed with ${closing}, not ${opening}`;
    return [{ path: fieldPointer(balance, 'opening_t'), code: 'FIGURE_MISMATCH', message, details }];
  });
}

/** The file's name of a parameter, and the ledger's entries that must say the same; `OF` is a fraction in the file. */
function parameterNames(year: string): readonly (readonly [string, readonly string[], number])[] {
  const bench = `bench${year}`;
  return [
    ['OF', ['OF'], 100],
    ['defaultCC_conventional', ['CC.I', 'CC.II'], 1],
    ['defaultCC_nonConventional', ['CC.III'], 1],
    ['defaultNCV_coal_GJ_t', ['defaultNCV_coal'], 1],
    ['gridFactor_infoOnly', ['gridFactor'], 1],
    ['tce_GJ', ['GJ_per_tce'], 1],
    [`${bench}.I`, ['Be.I'], 1],
    [`${bench}.II`, ['Be.II'], 1],
    [`${bench}.III`, ['Be.III'], 1],
    [`${bench}.IV`, ['Be.IV'], 1],
    [`${bench}.heatCoal`, ['Bh.I', 'Bh.II', 'Bh.III'], 1],
    [`${bench}.heatGas`, ['Bh.IV'], 1],
  ];
}

/** A parameter of the file that says another value than the one in force. */
export interface ParameterDifference {
  readonly name: string;
  readonly pointer: string;
  readonly inForce: string;
  readonly found: string;
  /** The ledger's entries as they would have to be for the file to be right. */
  readonly entries: Readonly<Record<string, string>>;
}

/** Parameters that the file states and the ledger has otherwise; those it leaves out are the ledger's. */
export function parameterDifferences(file: PlantYear, parameters: ParameterTable): ParameterDifference[] {
  return parameterNames(file.year).flatMap(([name, entries, scale]) => {
    const stated = decimalField(file.parameters, name);
    const other = entries.find((entry) => {
      const value = parameters.values[entry]?.value;
      return value !== undefined && stated !== undefined && !stated.times(scale).eq(value);
    });
    const inForce = other === undefined ? undefined : parameters.values[other]?.value;
    if (inForce === undefined || stated === undefined) return [];
    const found = field(file.parameters, name) ?? '';
    const pointer = fieldPointer(file.parameters, name);
    const wanted = Object.fromEntries(entries.map((entry) => [entry, stated.times(scale).toFixed()]));
    return [{ name, pointer, inForce: parseDecimal(inForce).div(scale).toFixed(), found, entries: wanted }];
  });
}

function parameterFaults(file: PlantYear, parameters: ParameterTable): Fault[] {
  return parameterDifferences(file, parameters).map(({ name, pointer, inForce, found }) => ({
    path: pointer,
    code: 'FIGURE_MISMATCH',
    message: `${name}: the value in force is ${inForce}, not ${found}`,
    details: { figure: name, expected: inForce, got: found, step: 'parameters' },
  }));
}

/**
 * Everything that no single record can show: months, days, units, stock, serial numbers, parameters.
 * @param isWhole of which units, `PLANT` among them, every month must be there; of all by default
 */
export function consistencyFaults(
  file: PlantYear,
  parameters: ParameterTable,
  isWhole: (unit: string) => boolean = () => true,
): Fault[] {
  return [
    ...parameterFaults(file, parameters),
    ...dateFaults(file, parameters.values, isWhole),
    ...file.daily.flatMap((block) => dailyBlockFaults(file, block)),
    ...stockFaults(file),
    ...offsetFaults(file, parameters),
    ...allowanceFaults(file),
  ];
}
