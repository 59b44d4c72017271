import { StatusCode, checkpointers, type GatewayError } from '@hyperledger/fabric-gateway';
import { common, peer as protos } from '@hyperledger/fabric-protos';
import { rejection, text, type TestClient } from '../testing/client';
import { PeerFixture } from '../testing/fixture';

let fixture: PeerFixture;
let client: TestClient;
beforeAll(async () => {
  fixture = await PeerFixture.start();
  client = fixture.connect();
});
afterAll(() => fixture.remove());

async function take<T>(events: AsyncIterable<T> & { close(): void }, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  events.close();
  return taken;
}

describe('streams and system chaincodes', () => {
  test('chaincode events: live, from a block, and after a transaction', async () => {
    const start = fixture.peer.height();
    const names: string[] = [];
    const events = await client.network.getChaincodeEvents(client.contract.getChaincodeName());
    for (const name of ['one', 'two', 'three']) await client.submit('announce', name, `p-${name}`);
    const checkpointer = checkpointers.inMemory();
    for await (const event of events) {
      names.push(`${event.eventName}:${text(event.payload)}`);
      if (event.eventName === 'two') await checkpointer.checkpointChaincodeEvent(event);
      if (names.length === 3) break;
    }
    events.close();
    expect(names).toEqual(['one:p-one', 'two:p-two', 'three:p-three']);
    const replay = await client.network.getChaincodeEvents(client.contract.getChaincodeName(), { startBlock: start });
    const [first] = await take(replay, 1);
    expect(first?.eventName).toBe('one');
    const resumed = await client.network.getChaincodeEvents(client.contract.getChaincodeName(), {
      checkpoint: checkpointer,
    });
    const [next] = await take(resumed, 1);
    expect(next?.eventName).toBe('three');
  });

  test('events of a channel that is not here are refused with a status', async () => {
    const events = await client.gateway.getNetwork('elsewhere').getChaincodeEvents('x');
    const error = await rejection<GatewayError>(take(events, 1));
    expect(error).toMatchObject({ name: 'GatewayError', code: 7 });
  });

  test('block, filtered and private data streams from any block', async () => {
    const number = fixture.peer.height();
    const secret = Buffer.from('in the stream');
    await client.contract.submit('putSecret', { arguments: ['figures', 's'], transientData: { secret } });
    const [block] = await take(await client.network.getBlockEvents({ startBlock: number }), 1);
    expect(block?.getHeader()?.getNumber()).toBe(Number(number));
    const [filtered] = await take(await client.network.getFilteredBlockEvents({ startBlock: number }), 1);
    expect(filtered?.getFilteredTransactionsList()[0]?.getTxValidationCode()).toBe(StatusCode.VALID);
    const [both] = await take(await client.network.getBlockAndPrivateDataEvents({ startBlock: number }), 1);
    const [collection] = both!.getPrivateDataMapMap().get(0)!.getNsPvtRwsetList()[0]!.getCollectionPvtRwsetList();
    expect(collection!.getCollectionName()).toBe('figures');
    expect(Buffer.from(collection!.getRwset_asU8()).includes(secret)).toBe(true);
    const [live] = await Promise.all([
      client.network.getBlockEvents().then((events) => take(events, 1)),
      client.submit('put', 'live', '1'),
    ]);
    expect(live[0]?.getData()?.getDataList()).toHaveLength(1);
  });

  test('qscc and cscc answer about chain, blocks, transactions and channels', async () => {
    const commit = await client.contract.submitAsync('put', { arguments: ['q', '1'] });
    const txId = commit.getTransactionId();
    const { blockNumber } = await commit.getStatus();
    const info = common.BlockchainInfo.deserializeBinary(await client.chain('GetChainInfo'));
    expect(BigInt(info.getHeight())).toBe(fixture.peer.height());
    const byNumber = await client.chain('GetBlockByNumber', String(blockNumber));
    expect(await client.chain('GetBlockByTxID', txId)).toEqual(byNumber);
    expect(await client.chain('GetBlockByHash', info.getCurrentblockhash_asU8())).toEqual(byNumber);
    const processed = protos.ProcessedTransaction.deserializeBinary(await client.chain('GetTransactionByID', txId));
    expect(processed.getValidationcode()).toBe(StatusCode.VALID);
    const channels = await client.network.getContract('cscc').evaluate('GetChannels');
    expect(protos.ChannelQueryResponse.deserializeBinary(channels).getChannelsList()[0]?.getChannelId()).toBe('audit');
    expect((await rejection<GatewayError>(client.chain('GetBlockByNumber', '9999'))).code).toBe(2);
    expect((await rejection<GatewayError>(client.chain('GetTransactionByID', 'nope'))).code).toBe(2);
    expect((await rejection<GatewayError>(client.chain('DropEverything'))).code).toBe(2);
    const elsewhere = client.network.getContract('qscc').evaluateTransaction('GetChainInfo', 'elsewhere');
    expect((await rejection<GatewayError>(elsewhere)).code).toBe(2);
  });
});
