import { decodeBlock } from '../blocks/block';
import { hex } from '../blocks/bytes';
import { readChannelConfig } from '../blocks/config';
import { blockHeaderHash } from '../blocks/header';
import type { Finding } from '../finding';
import type { BlockSource } from '../sources';
import { IdentityCheck } from './identities';
import { checkKeys } from './keys';

export interface FolderParts {
  /** Blocks of the channel; the first one says who belongs to it. */
  readonly source: Pick<BlockSource, 'blocks'>;
  /** Data folder of an embedded ledger, with the identities of its peer; none for a gateway's alone. */
  readonly peerDir?: string | undefined;
  /** Data folder of a gateway: keys, guard, policy. */
  readonly gatewayDir: string;
}

/**
 * What lies in a data folder beside blocks and stores: identities, keys, policy.
 * Where block 0 cannot be read, what depends on it is left to the check of the blocks, which tells so.
 */
export async function checkFolder({ source, peerDir, gatewayDir }: FolderParts): Promise<readonly Finding[]> {
  const genesis = await firstBlock(source);
  if (genesis === undefined) return [];
  const identities = peerDir === undefined ? [] : await new IdentityCheck(peerDir, genesis.config).run();
  return [...identities, ...(await checkKeys(gatewayDir, genesis.ledgerId))];
}

async function firstBlock(source: Pick<BlockSource, 'blocks'>): Promise<Genesis | undefined> {
  try {
    for await (const bytes of source.blocks(0)) return read(bytes);
  } catch {
    // Told by the check of the blocks, with its place.
  }
  return undefined;
}

interface Genesis {
  readonly ledgerId: string;
  readonly config: ReturnType<typeof readChannelConfig>;
}

function read(bytes: Uint8Array): Genesis {
  const { header, envelopes } = decodeBlock(bytes);
  return { ledgerId: hex(blockHeaderHash(header)), config: readChannelConfig(envelopes[0] ?? new Uint8Array(0)) };
}
