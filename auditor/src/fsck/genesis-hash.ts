import { LedgerError } from '@carbon-ledger/core';
import { decodeBlock } from './blocks/block';
import { hex } from './blocks/bytes';
import { blockHeaderHash } from './blocks/header';
import type { BlockSource } from './sources';

/**
 * Hex SHA-256 of the header of a channel's genesis block: the ledger id, and the salt of every signature on it.
 * @throws LedgerError UNREACHABLE
 */
export async function readGenesisHash(source: Pick<BlockSource, 'blocks' | 'name'>): Promise<string> {
  for await (const bytes of source.blocks(0)) return hex(blockHeaderHash(decodeBlock(bytes).header));
  throw new LedgerError('UNREACHABLE', `${source.name} gives no blocks.`);
}
