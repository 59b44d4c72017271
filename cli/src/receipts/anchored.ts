import type { AnchoredCheckpoint, PinnedPolicy } from '@carbon-ledger/core';
import { LedgerError } from '@carbon-ledger/core/errors';
import { verifyEvmEvidence } from '@carbon-ledger/core/evm-anchor';
import { parsePolicy } from '@carbon-ledger/core/receipt';
import { readBytes } from '../files/read-file';
import { readCheckpointFile } from './checkpoint-file';

export interface AnchorOptions {
  /** Evidence of the contract's storage, and the hashes of blocks that the caller knows from elsewhere. */
  readonly evidence?: string;
  readonly block?: readonly string[];
  /** JSON-RPC of a node that the caller trusts. */
  readonly chain?: string;
}

type Anchor = NonNullable<PinnedPolicy['anchor']>;

/**
 * What the contract of the policy holds of a receipt's checkpoint: out of evidence, offline, or as a trusted node says.
 * @returns undefined when nothing was given to look with, or the contract does not hold it
 * @throws LedgerError USAGE, ANCHOR_INVALID, OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED
 */
export async function anchoredCheckpoint(
  file: string,
  policyText: string,
  options: AnchorOptions,
): Promise<AnchoredCheckpoint | undefined> {
  const { evidence, block = [], chain } = options;
  if (evidence === undefined && chain === undefined) return undefined;
  const { anchor, checkpoint } = parsePolicy(policyText);
  if (anchor === undefined) throw new LedgerError('USAGE', 'the policy names no contract on a chain');
  if (evidence !== undefined) return fromEvidence(evidence, block, checkpoint.origin);
  return fromNode(chain ?? '', anchor, file);
}

async function fromEvidence(file: string, blocks: readonly string[], origin: string): Promise<AnchoredCheckpoint> {
  if (blocks.length === 0)
    throw new LedgerError('USAGE', 'say with --block which block is known to you, and from whom');
  const proved = verifyEvmEvidence({ evidence: await readBytes(file), blocks });
  if (proved.origin !== origin) throw new LedgerError('ANCHOR_INVALID', `The evidence is about ${proved.origin}.`);
  return proved;
}

async function fromNode(url: string, anchor: Anchor, file: string): Promise<AnchoredCheckpoint | undefined> {
  const { EvmClient } = await import('@carbon-ledger/gateway-api');
  const { origin, size } = await readCheckpointFile(file);
  const client = new EvmClient({ url, ...anchor });
  try {
    const posted = await client.posted(origin, size);
    return posted && { ...anchor, size, rootHash: Uint8Array.from(Buffer.from(posted.root, 'hex')) };
  } finally {
    await client.close();
  }
}
