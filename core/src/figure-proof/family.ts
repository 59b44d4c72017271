import { LedgerError } from '../errors';
import { formatFigureAddress } from '../identifiers';
import { businessKey } from '../records';
import type { OpenRecord } from './scope';

/**
 * A sum over a family (`daily.fc_t.*`) is one over all of its members: leaves stand in the order of their names, so the family
 * is whole where nothing is closed among its members, nor between them and the open leaf before and behind.
 * @returns the names of those two neighbours, open for this reason alone
 * @throws LedgerError FIGURE_MISSING where a member may be closed
 */
export function neighboursOfFamily(owner: OpenRecord, prefix: string): string[] {
  const { leaves } = owner;
  const first = indexFrom(leaves, 0, (name) => name >= prefix);
  const behind = indexFrom(leaves, first, (name) => !name.startsWith(prefix));
  if (leaves.slice(Math.max(first - 1, 0), behind + 1).includes(null)) throw notWhole(owner, `${prefix}*`);
  return [leaves[first - 1], leaves[behind]].filter((name) => typeof name === 'string');
}

/** The first open leaf of this kind, or the end. */
function indexFrom(leaves: OpenRecord['leaves'], start: number, is: (name: string) => boolean): number {
  const found = leaves.findIndex((name, at) => at >= start && name !== null && is(name));
  return found === -1 ? leaves.length : found;
}

/** All private figures of a record, by name. @throws LedgerError FIGURE_MISSING where one is closed */
export function allFiguresOf(owner: OpenRecord): readonly string[] {
  const open = owner.leaves.filter((name) => name !== null);
  if (open.length < owner.leaves.length) throw notWhole(owner, '*');
  return open;
}

function notWhole({ record }: OpenRecord, what: string): LedgerError {
  const address = `${businessKey(record)}#${what}`;
  return new LedgerError('FIGURE_MISSING', `${address} is not open as a whole.`, { details: { figure: address } });
}

/** @throws LedgerError FIGURE_MISSING */
export function missingFigure({ record }: Pick<OpenRecord, 'record'>, name: string): LedgerError {
  const address = formatFigureAddress({ key: businessKey(record), figure: name });
  return new LedgerError('FIGURE_MISSING', `${address} is not open.`, { details: { figure: address } });
}
