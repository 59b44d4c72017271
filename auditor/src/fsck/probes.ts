import { originOf } from '@carbon-ledger/core';
import type { Finding } from './finding';
import type { DerivedLog } from './replay/derived-log';

/** A size and root that somebody signed, or that a store says to have: the blocks must lead to it. */
export interface Probe {
  /** Where it was read: a file, an address. */
  readonly source: string;
  /** Name of the log that it was signed for, where that is known. */
  readonly origin?: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
}

/** Holds the derived log to every probe. @param ledger hex id; empty where there is no block at all */
export async function checkProbes(log: DerivedLog, ledger: string, probes: readonly Probe[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { source, size, root, origin } of probes) {
    const isOther = ledger !== '' && origin !== undefined && origin !== originOf(ledger);
    if (isOther) {
      findings.push({ code: 'CHECKPOINT_MISMATCH', field: source, message: `it is of the log ${origin}` });
    } else if (size > log.size) {
      const message = `it was signed for ${String(size)} records, but the blocks hold ${String(log.size)}`;
      findings.push({ code: 'ROLLED_BACK', field: source, message });
    } else if ((await log.rootAt(size)) !== root) {
      const message = `the root of the first ${String(size)} records is another one`;
      findings.push({ code: 'CHECKPOINT_MISMATCH', field: source, message });
    }
  }
  return findings;
}
