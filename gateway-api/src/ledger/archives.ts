import { createHash } from 'node:crypto';
import type { Network } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { LedgerError } from '@carbon-ledger/core';
import type { PeerConnection, PeerConnections } from './peer-connections';

/** Number of the first block that a peer holds: 0, or where it joined by a snapshot the one after that. */
export async function firstBlockOf(network: Network, channel: string): Promise<bigint> {
  const answer = await network.getContract('qscc').evaluateTransaction('GetChainInfo', channel);
  const snapshot = common.BlockchainInfo.deserializeBinary(answer).getBootstrappingsnapshotinfo();
  return snapshot === undefined ? 0n : BigInt(snapshot.getLastblockinsnapshot()) + 1n;
}

export function blocksMissing(endpoint: string, from: bigint, first: bigint): LedgerError {
  const wanted = `${endpoint} holds blocks from ${String(first)} on; block ${String(from)} is needed.`;
  return new LedgerError('BLOCKS_MISSING', wanted, { details: { from: Number(from), first: Number(first) } });
}

/** Deliver's answer where a peer does not hold the block that was asked for, as this client words it. */
const NOT_FOUND = /status response: 404/;

export interface OwnAndArchives {
  readonly own: PeerConnection;
  readonly archives: PeerConnections;
  readonly channel: string;
  /** Of one's own peer, for messages. */
  readonly endpoint: string;
}

/**
 * Blocks of one's own peer, and before its first one those of an archive, somebody else's peer. That they are of this
 * chain shows in their hashes, as far as the content: which transactions in them counted, only the peer says that
 * committed them (`fsck` holds it to the commit hashes).
 */
export async function openBlocks(from: bigint, peers: OwnAndArchives): Promise<Stream> {
  let stream: Stream = await peers.own.network.getBlockEvents({ startBlock: from });
  async function* blocks(): AsyncGenerator<common.Block> {
    try {
      yield* stream;
    } catch (error) {
      if (!(error instanceof Error) || !NOT_FOUND.test(error.message)) throw error;
      const first = await firstBlockOf(peers.own.network, peers.channel);
      if (from >= first) throw error;
      stream = await openArchive(from, first, peers);
      yield* blocksBefore(first, stream);
    }
  }
  return {
    [Symbol.asyncIterator]: blocks,
    close: () => {
      stream.close();
    },
  };
}

type Stream = AsyncIterable<common.Block> & { close(): void };

async function openArchive(
  from: bigint,
  until: bigint,
  { archives, channel, endpoint }: OwnAndArchives,
): Promise<Stream> {
  if (archives.count === 0) throw blocksMissing(endpoint, from, until);
  const archive = archives.current;
  // The next attempt asks the next one, whether this one has the blocks or not.
  archives.leave(archive);
  if ((await firstBlockOf(archive.network, channel)) > from) throw new Error('this archive has no earlier blocks');
  return archive.network.getBlockEvents({ startBlock: from });
}

async function* blocksBefore(until: bigint, stream: AsyncIterable<common.Block>): AsyncGenerator<common.Block> {
  for await (const block of stream) {
    assertContent(block);
    yield block;
    if (BigInt(block.getHeader()?.getNumber() ?? 0) + 1n >= until) return;
  }
}

function assertContent(block: common.Block): void {
  const digest = createHash('sha256');
  for (const envelope of block.getData()?.getDataList_asU8() ?? []) digest.update(envelope);
  const stated = Buffer.from(block.getHeader()?.getDataHash_asU8() ?? []);
  if (digest.digest().equals(stated)) return;
  const number = String(block.getHeader()?.getNumber() ?? 0);
  throw new LedgerError('STORE_CORRUPT', `Block ${number} of an archive does not hold what its header says.`);
}
