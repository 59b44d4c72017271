import { existsSync } from 'node:fs';
import { NetworkError } from '../errors';
import { writeGenesisBlock } from '../fabric/channel';
import type { Session } from '../session';

/** Writes the channel's first block once: its digest is the ledger's identity, so a block that exists is kept. */
export async function ensureGenesisBlock({ channel, choices, state, tools }: Session): Promise<boolean> {
  if (existsSync(state.genesisBlock)) return false;
  if (choices.own !== undefined)
    throw new NetworkError(
      'The first block of the channel is not here yet.',
      'One organisation writes it (network:org -- genesis), the others accept it (network:org -- accept genesis.block).',
    );
  await writeGenesisBlock(channel, state, tools);
  return true;
}
