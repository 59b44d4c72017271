import { earlierCheckpoint, equalBytes, LedgerError } from '@carbon-ledger/core';
import type { ExportCheck } from './export-check';

/** An export as far as it is held to a checkpoint. */
interface ExportFacts {
  readonly header: Pick<ExportCheck['header'], 'ledger' | 'policy'>;
  readonly trees: { readonly records: Pick<ExportCheck['trees']['records'], 'size' | 'rootAt'> };
}

/**
 * Holds an export to a checkpoint of the same ledger that somebody kept. An export alone says only that it is whole up to the
 * checkpoint it names: who has an older one could leave out what came later, the end of a stolen key too.
 * @param note signed note of the earlier ledger's log
 * @throws LedgerError ROLLED_BACK where the kept checkpoint covers more; SPLIT_VIEW where it covers something else;
 *   CHECKPOINT_MALFORMED, CHECKPOINT_ORIGIN_MISMATCH, CHECKPOINT_SIGNATURE_INVALID, CHECKPOINT_UNSIGNED
 */
export async function assertReaches({ header, trees: { records } }: ExportFacts, note: string): Promise<void> {
  const { ledger, policy } = header;
  const { size, rootHash } = earlierCheckpoint({ ledger, logKey: policy.logKey, checkpoint: note });
  if (size > records.size) {
    const message = `the export ends at record ${String(records.size)}, a checkpoint of the same log covers ${String(size)}`;
    throw new LedgerError('ROLLED_BACK', message, { details: { size: String(size) } });
  }
  if (equalBytes(Uint8Array.from(await records.rootAt(Number(size))), rootHash)) return;
  throw new LedgerError('SPLIT_VIEW', `the log signed another root for its first ${String(size)} records`);
}
