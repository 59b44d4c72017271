import type { BuiltRecord, Fault } from '@carbon-ledger/core';
import type { Drafting } from './told';

/**
 * Why the ledger would not take this step as it stands now: what stands under the key, and how what it acts on stands. Asked before
 * anybody signs, and without a figure; whatever else is to be said of the record, it is judged for when it is signed.
 */
export async function stepFaults(drafting: Drafting, { key, record }: BuiltRecord): Promise<readonly Fault[]> {
  const drafted = await drafting();
  if (drafted?.key !== key) return [];
  const standing = drafted.record.version - 1;
  if (record.version <= standing) {
    const message = `${key} stands at version ${String(standing)}`;
    return [{ path: '/version', code: 'KEY_TAKEN', message, details: { key, version: standing } }];
  }
  return drafted.faults.flatMap((fault): Fault[] => {
    const { path, code, message, details } = fault as Fault;
    const own = path === '/version' || code === 'STATE_CONFLICT' ? placeIn(record, drafted.record, path) : undefined;
    return own === undefined ? [] : [{ path: own, code, message, ...(details === undefined ? {} : { details }) }];
  });
}

type Cites = Pick<BuiltRecord['record'], 'cites'>;

/** Where a fault of the step stands in the record itself; undefined for one of anything else. */
function placeIn(own: Cites, drafted: Cites, path: string): string | undefined {
  if (path === '/version') return path;
  const cited = drafted.cites[Number(/^\/cites\/(\d+)$/.exec(path)?.[1] ?? NaN)];
  const at = own.cites.findIndex((one) => one.record === cited?.record && one.role === cited.role);
  return at < 0 ? undefined : `/cites/${String(at)}`;
}
