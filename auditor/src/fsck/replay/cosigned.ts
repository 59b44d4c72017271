import { cosignedCheckpoint, toHex, type CosignerState } from '@carbon-ledger/core';
import { asBuffer } from '../blocks/bytes';
import type { NamespaceSet } from '../blocks/rwset';
import type { Finding } from '../finding';
import type { DerivedLog } from './derived-log';

const PREFIX = 'cosigner/';

/** A checkpoint that an organisation cosigned through the contract, and where. */
export interface CosignedPlace {
  readonly key: string;
  readonly size: bigint;
  /** Hex. */
  readonly root: string;
  readonly transaction: string;
  readonly block: number;
}

/** What a transaction's writes say was cosigned; what cannot be read is found by the check of the transaction. */
export function cosignedIn({ writes }: NamespaceSet, transaction: string, block: number): CosignedPlace[] {
  return writes.flatMap(({ key, value }) => {
    if (!key.startsWith(PREFIX)) return [];
    try {
      const { size, rootHash } = cosignedCheckpoint(JSON.parse(asBuffer(value).toString('utf8')) as CosignerState);
      return [{ key, size, root: toHex(rootHash), transaction, block }];
    } catch {
      return [];
    }
  });
}

/** Holds a cosigned checkpoint to the log as the blocks up to it give it. */
export async function cosignedFindings(log: DerivedLog, cosigned: CosignedPlace): Promise<Finding[]> {
  const { key: field, size, root, transaction, block } = cosigned;
  const add = (message: string): Finding[] => [{ code: 'CHECKPOINT_MISMATCH', field, message, transaction, block }];
  if (size > BigInt(log.size)) return add(`it cosigned ${size.toString()} records, the log had ${String(log.size)}`);
  const own = await log.rootAt(Number(size));
  return own === root ? [] : add(`it cosigned another root for ${size.toString()} records than the blocks give`);
}
