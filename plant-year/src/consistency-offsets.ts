import {
  isDay,
  isLedgerError,
  offsetTermsOf,
  parseSerialRange,
  rangesOverlap,
  serialCount,
  type Fault,
  type ParameterTable,
  type SerialRange,
} from '@carbon-ledger/core';
import { hasPart, usedPart, type LotPart } from './lots';
import { field, fieldPointer, type PlantYear, type Section } from './model';
import { fileFault } from './repetitions';

/*
 * Offsets of a year as no single record shows them: numbers of parts inside of each other, and the steps that the procedure of
 * the compliance year asks for (domain 4.2). What is told here is what the ledger would refuse later, at the file's own place.
 */

function rangeOf(lot: Section, part: LotPart): SerialRange | Fault {
  try {
    return parseSerialRange(field(lot, `${part}serialFrom`) ?? '', field(lot, `${part}serialTo`) ?? '');
  } catch (error) {
    if (isLedgerError(error)) return fileFault(fieldPointer(lot, `${part}serialFrom`), error.message);
    throw error;
  }
}

function countFaults(lot: Section, part: LotPart, range: SerialRange): Fault[] {
  const count = serialCount(range).toString();
  const qty = field(lot, `${part}qty`);
  return qty === count
    ? []
    : [fileFault(fieldPointer(lot, `${part}qty`), `the range holds ${count}, not ${qty ?? 'none'}`)];
}

const within = (inner: SerialRange, outer: SerialRange): boolean =>
  inner.block === outer.block && outer.from <= inner.from && inner.to <= outer.to;

/** What is frozen is of the lot; what is cancelled, of what is frozen, or of the lot where nothing is. */
function partFaults(lot: Section, part: 'frozen.' | 'cancelled.', outer: LotPart): Fault[] {
  if (!hasPart(lot, part)) return [];
  const [range, whole] = [rangeOf(lot, part), rangeOf(lot, outer)];
  if ('code' in range) return [range];
  const faults = countFaults(lot, part, range);
  if ('code' in whole || within(range, whole)) return faults;
  const path = fieldPointer(lot, `${part}serialFrom`);
  const of = outer === '' ? 'the lot holds' : 'frozen are';
  const message = `${of} ${String(field(lot, `${outer}serialFrom`))} to ${String(field(lot, `${outer}serialTo`))}`;
  return [...faults, { path, code: outer === '' ? 'SERIAL_NOT_ISSUED' : 'SERIAL_FROZEN', message }];
}

/** A serial number is one of its registry, whatever project is written beside it. */
function numberFaults(lots: readonly Section[]): Fault[] {
  const earlier: { place: string; range: SerialRange }[] = [];
  return lots.flatMap((lot) => {
    const range = rangeOf(lot, '');
    if ('code' in range) return [range];
    const faults: Fault[] = [];
    const other = earlier.find((one) => rangesOverlap(one.range, range));
    if (other !== undefined) {
      const message = `serial numbers of ${other.place} stand there twice`;
      faults.push({ path: fieldPointer(lot, 'serialFrom'), code: 'SERIAL_OVERLAP', message });
    }
    earlier.push({ place: lot.pointer, range });
    const outer = hasPart(lot, 'frozen.') ? 'frozen.' : '';
    return [
      ...[...faults, ...countFaults(lot, '', range)],
      ...[...partFaults(lot, 'frozen.', ''), ...partFaults(lot, 'cancelled.', outer)],
    ];
  });
}

interface Procedure extends ReturnType<typeof offsetTermsOf> {
  readonly year: string;
  readonly sync: boolean;
  readonly syncEarlier: boolean;
  /** Where the file says when it was cancelled, if not at the lot: the last day of surrender. */
  readonly deadline: { readonly day: string | undefined; readonly pointer: string };
}

function procedureOf({ year, compliance }: PlantYear, { values }: ParameterTable): Procedure {
  const is = (name: string): boolean => values[name]?.value === '1';
  const name = 'surrenderDeadline';
  return {
    ...offsetTermsOf([{ content: { values } }]),
    ...{ year, sync: is('offset.sync'), syncEarlier: is('offset.syncEarlier') },
    deadline: { day: field(compliance, name), pointer: fieldPointer(compliance, name) },
  };
}

const ruleRefused = (path: string, rule: string, message: string): Fault => ({
  ...{ path, code: 'RULE_REFUSED', message: `${rule}: ${message}` },
  details: { rule },
});

/** Whether the procedure asks that it be synced to the allowance registry: what is frozen, or booked from the earlier registry. */
function isSyncAsked(lot: Section, { sync, syncEarlier }: Procedure): boolean {
  const isEarlierBooked = field(lot, 'track') === 'earlier' && field(lot, 'booked') === 'true';
  return (sync && hasPart(lot, 'frozen.')) || (syncEarlier && isEarlierBooked);
}

/** Steps that the procedure asks for, and steps that have nothing behind them. */
function stepFaults(lot: Section, procedure: Procedure): Fault[] {
  const at = (part: string): string => `${lot.pointer}/${part}`;
  const isFrozen = hasPart(lot, 'frozen.');
  const asked = `the procedure of ${procedure.year}`;
  const faults: Fault[] = [];
  if (procedure.freeze && !isFrozen)
    faults.push({
      ...{ path: at('frozen'), code: 'SERIAL_FROZEN' },
      message: `${asked} begins with a freeze: say which numbers are frozen`,
    });
  if (isSyncAsked(lot, procedure) && !hasPart(lot, 'synced.'))
    faults.push({
      ...{ path: at('synced'), code: 'STATE_CONFLICT' },
      message: `${asked} asks that it be synced to the allowance registry first: say its projectType`,
    });
  if (hasPart(lot, 'released.') && !isFrozen)
    faults.push(fileFault(at('released'), 'nothing of this lot is frozen that could be released'));
  return faults;
}

/** A day that the file states, and where. */
interface StatedDay {
  readonly day: string;
  readonly path: string;
}

/** When a lot was cancelled, at its own place or at that of the last day of surrender. */
function cancelledOn(lot: Section, { deadline }: Procedure): StatedDay | undefined {
  const name = 'cancelled.cancelledOn';
  const own = field(lot, name);
  const day = own ?? deadline.day;
  if (day === undefined || !isDay(day)) return undefined;
  return { day, path: own === undefined ? deadline.pointer : fieldPointer(lot, name) };
}

/** C08: a day that the parameters do not name bounds nothing. */
function windowFaults({ day, path }: StatedDay, { from, to, year }: Procedure): Fault[] {
  const isWithin = (from === undefined || day >= from) && (to === undefined || day <= to);
  const message = `for ${year} CCER is cancelled from ${from ?? '–'} to ${to ?? '–'}, not on ${day}`;
  return isWithin ? [] : [ruleRefused(path, 'C08', message)];
}

/** C08, C09: in the time of the compliance year; of the earlier registry no later than it serves. */
function timeFaults(lot: Section, procedure: Procedure): Fault[] {
  const cancelled = cancelledOn(lot, procedure);
  if (cancelled === undefined) return [];
  const { day, path } = cancelled;
  const { earlierUntil } = procedure;
  const faults = windowFaults(cancelled, procedure);
  if (earlierUntil !== undefined && field(lot, 'track') === 'earlier' && day > earlierUntil)
    faults.push(ruleRefused(path, 'C09', `CCER of the earlier registry serves until ${earlierUntil}`));
  const registeredOn = field(lot, 'registeredOn');
  if (registeredOn !== undefined && registeredOn > day)
    faults.push(fileFault(fieldPointer(lot, 'registeredOn'), `registered after it was cancelled (${day})`));
  return faults;
}

/** C09: lots registered before the first day that the year admits serve nobody. */
function registrationFaults(lot: Section, { registeredFrom }: Procedure): Fault[] {
  const registeredOn = field(lot, 'registeredOn');
  if (registeredFrom === undefined || (registeredOn !== undefined && registeredOn >= registeredFrom)) return [];
  const known = registeredOn ?? 'no known day';
  const message = `only CCER registered from ${registeredFrom} on serves; this is of ${known}`;
  return [ruleRefused(`${lot.pointer}/registeredOn`, 'C09', message)];
}

/** Everything about the offsets of a year that no single record can show. */
export function offsetFaults(file: PlantYear, parameters: ParameterTable): Fault[] {
  const procedure = procedureOf(file, parameters);
  const isUsed = (lot: Section): boolean => field(lot, `${usedPart(lot)}qty`) !== undefined;
  return [
    ...numberFaults(file.lots),
    ...file.lots
      .filter(isUsed)
      .flatMap((lot) => [
        ...stepFaults(lot, procedure),
        ...timeFaults(lot, procedure),
        ...registrationFaults(lot, procedure),
      ]),
  ];
}
