import { type BuiltRecord, type Fault, isLedgerError, LedgerError } from '@carbon-ledger/core';

/** Where the ledger found a fault in what was sent: the record by its place, and what of it. */
const place = /^\/submissions\/0\/submission\/records\/(\d+)(.*)$/;

/** Nobody who imports a file knows in which order its records were sent: a fault is told by business key. */
function byKey(fault: Fault, records: readonly BuiltRecord[]): Fault {
  const [, index = '', within = ''] = place.exec(fault.path) ?? [];
  const record = index === '' ? undefined : records[Number(index)];
  return record === undefined ? fault : { ...fault, path: `${record.key}${within}` };
}

/**
 * What the ledger refused of one submission, told by business key; with what stands already of the same import, which stays and is
 * left alone by the next run.
 * @param anchored records that this run anchored before
 */
export function refusedImport(error: unknown, records: readonly BuiltRecord[], anchored: number): unknown {
  if (!isLedgerError(error)) return error;
  const { code, message, details, faults } = error;
  const before = anchored === 0 ? '' : `; ${String(anchored)} records of this import were anchored before it and stay`;
  return new LedgerError(code, `${message}${before}`, {
    details: { ...details, anchored },
    faults: faults.map((fault) => byKey(fault, records)),
    cause: error,
  });
}
