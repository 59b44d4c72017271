import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { openBlocks } from './archives';
import type { PeerConnection, PeerConnections } from './peer-connections';

function blockOf(number: number, envelope = `content of ${String(number)}`): common.Block {
  const data = new common.BlockData();
  data.setDataList([Buffer.from(envelope)]);
  const header = new common.BlockHeader();
  header.setNumber(number);
  header.setDataHash(
    createHash('sha256')
      .update(`content of ${String(number)}`)
      .digest(),
  );
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  return block;
}

/** A peer that holds blocks from `first` on, up to block 9. */
function peerFrom(first: number, make: (number: number) => common.Block = blockOf): PeerConnection {
  const info = new common.BlockchainInfo();
  info.setHeight(10);
  if (first > 0) {
    const snapshot = new common.BootstrappingSnapshotInfo();
    snapshot.setLastblockinsnapshot(first - 1);
    info.setBootstrappingsnapshotinfo(snapshot);
  }
  const network = {
    getBlockEvents: ({ startBlock }: { readonly startBlock: bigint }) =>
      Promise.resolve({
        [Symbol.asyncIterator]: () => events(Number(startBlock), first, make),
        close: () => undefined,
      }),
    getContract: () => ({ evaluateTransaction: () => Promise.resolve(info.serializeBinary()) }),
  };
  return { network } as unknown as PeerConnection;
}

async function* events(
  from: number,
  first: number,
  make: (number: number) => common.Block,
): AsyncGenerator<common.Block> {
  await Promise.resolve();
  if (from < first) throw new Error('Unexpected status response: 404');
  for (let number = from; number < 10; number += 1) yield make(number);
}

function archivesOf(...peers: readonly PeerConnection[]): PeerConnections {
  const queue = [...peers];
  return {
    count: peers.length,
    get current() {
      return queue[0];
    },
    leave: () => queue.push(queue.shift()!),
  } as unknown as PeerConnections;
}

async function numbers(from: bigint, own: PeerConnection, archives: PeerConnections): Promise<number[]> {
  const found: number[] = [];
  const stream = await openBlocks(from, { own, archives, channel: 'audit', endpoint: 'peer0.lab:7051' });
  for await (const block of stream) found.push(block.getHeader()?.getNumber() ?? -1);
  return found;
}

describe('blocks of a peer that joined by a snapshot', () => {
  it('are its own from its first on, without asking an archive', async () => {
    expect(await numbers(7n, peerFrom(7), archivesOf())).toEqual([7, 8, 9]);
    expect(await numbers(0n, peerFrom(0), archivesOf())).toHaveLength(10);
  });

  it('come from an archive before that, and from there up to the first of its own only', async () => {
    expect(await numbers(2n, peerFrom(5), archivesOf(peerFrom(0)))).toEqual([2, 3, 4]);
  });

  it('say what is missing where no archive is named', async () => {
    await expect(numbers(0n, peerFrom(5), archivesOf())).rejects.toMatchObject({
      code: 'BLOCKS_MISSING',
      message: 'peer0.lab:7051 holds blocks from 5 on; block 0 is needed.',
      details: { from: 0, first: 5 },
    });
  });

  it('are asked of the next archive where one joined by a snapshot, too', async () => {
    const archives = archivesOf(peerFrom(3), peerFrom(0));
    await expect(numbers(2n, peerFrom(5), archives)).rejects.toThrow('no earlier blocks');
    expect(await numbers(2n, peerFrom(5), archives)).toEqual([2, 3, 4]);
  });

  it('are refused where an archive gives other content than the header says', async () => {
    const liar = peerFrom(0, (number) => blockOf(number, number === 3 ? 'something else' : undefined));
    await expect(numbers(2n, peerFrom(5), archivesOf(liar))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('break off for any other reason as they did', async () => {
    const broken = {
      network: {
        getBlockEvents: () => Promise.reject(new Error('14 UNAVAILABLE')),
      },
    } as unknown as PeerConnection;
    await expect(numbers(0n, broken, archivesOf(peerFrom(0)))).rejects.toThrow('UNAVAILABLE');
  });
});
