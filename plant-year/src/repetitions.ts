import { type Fault, normaliseIdentifier } from '@carbon-ledger/core';
import type { DailyBlock, UnitYear } from './model';

export function fileFault(path: string, message: string, details?: Readonly<Record<string, unknown>>): Fault {
  return details === undefined ? { path, code: 'BAD_FILE', message } : { path, code: 'BAD_FILE', message, details };
}

/** The first of equal names is the one that counts; each later one is a fault. Empty names are no names. */
function laterOnes<Item>(items: readonly Item[], nameOf: (item: Item) => string): { item: Item; first: Item }[] {
  const firsts = new Map<string, Item>();
  return items.flatMap((item) => {
    const name = nameOf(item);
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, item);
    return first === undefined || name === '' ? [] : [{ item, first }];
  });
}

/** `U1`, `u1` and `U-01` are one unit. */
function unitFaults(units: readonly UnitYear[]): Fault[] {
  return laterOnes(units, ({ id }) => normaliseIdentifier(id)).map(({ item, first }) => {
    const spelled = item.id === first.id ? item.id : `${item.id} is ${first.id}, which`;
    return fileFault(`${item.about.pointer}/unitId`, `${spelled} stands there twice`);
  });
}

function blockFaults(blocks: readonly DailyBlock[]): Fault[] {
  return laterOnes(blocks, ({ unit, month }) => `${unit}/${month}`).map(({ item }) =>
    fileFault(item.pointer, `daily rows of ${item.unit}/${item.month} stand there twice`),
  );
}

interface Repeating {
  readonly units: readonly UnitYear[];
  readonly daily: readonly DailyBlock[];
  readonly unplacedStock: readonly string[];
}

/**
 * Units, months, days and blocks that stand there twice.
 * @param refused places whose spelling is refused already: what has no name is not there twice
 */
export function repetitionFaults(file: Repeating, refused: readonly string[]): Fault[] {
  const months = [...file.units.flatMap(({ unplaced }) => unplaced), ...file.unplacedStock];
  const rows = file.daily.flatMap(({ unplaced }) => unplaced);
  const isRefused = (place: string): boolean => refused.some((path) => path === place || path.startsWith(`${place}/`));
  return [
    ...unitFaults(file.units),
    ...months
      .filter((place) => !refused.includes(place) && !refused.includes(`${place}/month`))
      .map((place) => fileFault(`${place}/month`, 'this month stands there twice')),
    ...blockFaults(file.daily),
    ...rows.filter((place) => !isRefused(place)).map((place) => fileFault(place, 'this day stands there twice')),
  ];
}
