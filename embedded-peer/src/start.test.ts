import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { CommitError, EndorseError, GatewayError, StatusCode, checkpointers } from '@hyperledger/fabric-gateway';
import { common, peer as protos } from '@hyperledger/fabric-protos';
import { createPolicy } from './identity/signature-policy';
import { encode } from './proto/bytes';
import type { EmbeddedPeerOptions } from './options';
import { startEmbeddedPeer } from './start';
import type { TestClient } from './testing/client';
import { ProbeContract } from './testing/contract';
import { newFolder, PeerFixture, text } from './testing/fixture';

let fixture: PeerFixture;
let client: TestClient;

async function evaluate(name: string, ...args: string[]): Promise<string> {
  return text(await client.contract.evaluateTransaction(name, ...args));
}

async function submit(name: string, ...args: string[]): Promise<string> {
  return text(await client.contract.submitTransaction(name, ...args));
}

async function rejection<T extends Error>(promise: Promise<unknown>): Promise<T> {
  try {
    await promise;
  } catch (error) {
    return error as T;
  }
  throw new Error('it was accepted');
}

describe('one organisation, unmodified fabric-gateway client', () => {
  beforeAll(async () => {
    fixture = await PeerFixture.start({ initArgs: ['init', 'me'], initTransient: { note: Buffer.from('hidden') } });
    client = fixture.connect();
  });
  afterAll(() => fixture.remove());

  test('runs init once, with arguments and transient data, when the folder is new', async () => {
    expect(await evaluate('get', 'owner')).toBe('me');
    expect(await evaluate('get', 'init-transient')).toBe('hidden');
  });

  test('submits, commits and reads back', async () => {
    expect(await submit('put', 'a', '1')).toBe('1');
    expect(await evaluate('get', 'a')).toBe('1');
    await submit('remove', 'a');
    expect(await evaluate('get', 'a')).toBe('');
  });

  test('reads never see the writes of their own transaction', async () => {
    expect(await submit('increment', 'counter')).toBe('0:0');
    expect(await submit('increment', 'counter')).toBe('1:1');
  });

  test('evaluating writes nothing', async () => {
    await evaluate('put', 'ghost', 'x');
    expect(await evaluate('get', 'ghost')).toBe('');
  });

  test('ranges follow byte order and open ends', async () => {
    for (const key of ['r1', 'r2', 'r\u{1f600}', 'r\uff00']) await submit('put', key, key.length.toString());
    expect(await evaluate('range', 'r', 's')).toBe('r1=2,r2=2,r\uff00=2,r\u{1f600}=3');
    expect(await evaluate('range', 'r2', 'r\u{1f600}')).toBe('r2=2,r\uff00=2');
    expect((await evaluate('range', '', '')).split(',').length).toBeGreaterThanOrEqual(6);
  });

  test('pages through a range with bookmarks', async () => {
    for (const key of ['p1', 'p2', 'p3']) await submit('put', key, '');
    for (const key of ['p1', 'p2', 'p3']) await submit('put', key, 'v');
    const first = JSON.parse(await evaluate('page', 'p', 'q', '2', '')) as { keys: string[]; bookmark: string };
    expect(first).toEqual({ keys: ['p1', 'p2'], bookmark: 'p3', fetchedRecordsCount: 2 });
    const last = JSON.parse(await evaluate('page', 'p', 'q', '2', first.bookmark)) as unknown;
    expect(last).toEqual({ keys: ['p3'], bookmark: '', fetchedRecordsCount: 1 });
  });

  test('keeps the history of a key, newest first', async () => {
    await submit('put', 'h', '1');
    await submit('put', 'h', '2');
    await submit('remove', 'h');
    expect(await evaluate('history', 'h')).toBe('-,2,1');
    expect(await evaluate('history', 'never')).toBe('');
  });

  test('tells the contract who calls and when', async () => {
    expect(await evaluate('creator')).toBe('EmbeddedMSP 24');
  });

  test('a refusal on submit is EndorseError 10 with the message in the details', async () => {
    const error = await rejection<EndorseError>(submit('refuse', 'FIGURE_MISMATCH: {"figure":"Car_tC_t"}'));
    expect(error).toBeInstanceOf(EndorseError);
    expect(error.code).toBe(10);
    expect(error.details).toEqual([
      {
        address: fixture.peer.endpoint,
        mspId: 'EmbeddedMSP',
        message: 'chaincode response 500, FIGURE_MISMATCH: {"figure":"Car_tC_t"}',
      },
    ]);
  });

  test('a refusal on evaluate is GatewayError 2', async () => {
    const error = await rejection<GatewayError>(evaluate('refuse', 'no'));
    expect(error).toBeInstanceOf(GatewayError);
    expect(error.code).toBe(2);
    expect(error.details[0]?.message).toBe('chaincode response 500, no');
  });

  test('long refusals arrive, whole up to 36,000 bytes', async () => {
    const long = `BAD_RECORD: ${'账'.repeat(11_900)}`;
    for (const call of [submit, evaluate]) {
      const error = await rejection<GatewayError>(call('refuse', long));
      expect(error.details[0]?.message).toBe(`chaincode response 500, ${long}`);
    }
    for (const call of [submit, evaluate]) {
      const error = await rejection<GatewayError>(call('refuse', '账'.repeat(500_000)));
      expect(error.details[0]?.message).toMatch(/^chaincode response 500, 账+ … \(cut\)$/);
    }
  });

  test('what this peer does not have is refused as Fabric refuses it', async () => {
    expect((await rejection<GatewayError>(evaluate('richQuery'))).details[0]?.message).toContain(
      'not supported for leveldb',
    );
    expect((await rejection<GatewayError>(evaluate('callOther'))).details[0]?.message).toContain('hosts one chaincode');
    const other = client.network.getContract('nothing');
    expect((await rejection<GatewayError>(other.evaluateTransaction('x'))).code).toBe(9);
    const elsewhere = client.gateway.getNetwork('elsewhere').getContract('nothing');
    expect((await rejection<GatewayError>(elsewhere.submitTransaction('x'))).code).toBe(9);
  });

  test('of two transactions that read and write one key in a block, one is valid', async () => {
    const proposals = [1, 2].map(() => client.contract.newProposal('increment', { arguments: ['race'] }));
    const transactions = await Promise.all(proposals.map((proposal) => proposal.endorse()));
    const commits = await Promise.all(transactions.map((transaction) => transaction.submit()));
    const statuses = await Promise.all(commits.map((commit) => commit.getStatus()));
    expect(statuses.map(({ code }) => code).sort()).toEqual([StatusCode.VALID, StatusCode.MVCC_READ_CONFLICT]);
    expect(new Set(statuses.map(({ blockNumber }) => blockNumber)).size).toBe(1);
    expect(await evaluate('get', 'race')).toBe('1');
  });

  test('a key that appears in a range that was read is a phantom', async () => {
    const reader = await client.contract.newProposal('countThenPut', { arguments: ['ph', 'pi', 'sum'] }).endorse();
    await submit('put', 'ph1', 'x');
    const status = await (await reader.submit()).getStatus();
    expect(status.code).toBe(StatusCode.PHANTOM_READ_CONFLICT);
  });

  test('a stale read fails the commit with CommitError 11', async () => {
    const stale = await client.contract.newProposal('increment', { arguments: ['stale'] }).endorse();
    await submit('increment', 'stale');
    const status = await (await stale.submit()).getStatus();
    expect(status).toMatchObject({ code: StatusCode.MVCC_READ_CONFLICT, successful: false });
    const contended = await Promise.allSettled(Array.from({ length: 8 }, () => submit('increment', 'hot')));
    const failures = contended
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as CommitError);
    for (const failure of failures) expect(failure).toMatchObject({ name: 'CommitError', code: 11 });
    expect(Number(await evaluate('get', 'hot'))).toBe(8 - failures.length);
  });

  test('the identical signed transaction sent again is taken once', async () => {
    const before = fixture.peer.height();
    const transaction = await client.contract.newProposal('increment', { arguments: ['twice'] }).endorse();
    const bytes = transaction.getBytes();
    const first = await transaction.submit();
    const again = await client.gateway.newTransaction(bytes).submit();
    expect((await first.getStatus()).code).toBe(StatusCode.VALID);
    expect((await again.getStatus()).code).toBe(StatusCode.VALID);
    expect((await (await client.gateway.newTransaction(bytes).submit()).getStatus()).code).toBe(StatusCode.VALID);
    expect(await evaluate('get', 'twice')).toBe('1');
    expect(fixture.peer.height()).toBe(before + 1n);
  });

  test('private data: value for members, hash for all, nothing of it in the block', async () => {
    const secret = Buffer.from('48.7 t');
    await client.contract.submit('putSecret', { arguments: ['figures', 'k'], transientData: { secret } });
    expect(await evaluate('getSecret', 'figures', 'k')).toBe('48.7 t');
    expect(await evaluate('secretHash', 'figures', 'k')).toBe(createHash('sha256').update(secret).digest('hex'));
    const block = await chain('GetBlockByNumber', String(fixture.peer.height() - 1n));
    expect(Buffer.from(block).includes(secret)).toBe(false);
    await client.contract.submit('putSecret', { arguments: ['figures', 'l'], transientData: { secret } });
    expect(await evaluate('secrets', 'figures', 'a', 'z')).toBe('k,l');
    await submit('removeSecret', 'figures', 'k');
    expect(await evaluate('getSecret', 'figures', 'k')).toBe('');
    expect(await evaluate('secretHash', 'figures', 'k')).toBe('');
    expect(await evaluate('secrets', 'figures', 'a', 'z')).toBe('l');
  });

  test('an unknown collection is refused', async () => {
    const error = await rejection<GatewayError>(evaluate('getSecret', 'nowhere', 'k'));
    expect(error.details[0]?.message).toContain('collection nowhere not defined');
  });

  test('chaincode events: live, from a block, and after a transaction', async () => {
    const start = fixture.peer.height();
    const names: string[] = [];
    const events = await client.network.getChaincodeEvents(client.contract.getChaincodeName());
    for (const name of ['one', 'two', 'three']) await submit('announce', name, `p-${name}`);
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
      submit('put', 'live', '1'),
    ]);
    expect(live[0]?.getData()?.getDataList()).toHaveLength(1);
  });

  async function take<T>(events: AsyncIterable<T> & { close(): void }, count: number): Promise<T[]> {
    const taken: T[] = [];
    for await (const event of events) {
      taken.push(event);
      if (taken.length === count) break;
    }
    events.close();
    return taken;
  }

  async function chain(name: string, ...args: (string | Uint8Array)[]): Promise<Uint8Array> {
    return client.network.getContract('qscc').evaluate(name, { arguments: [fixture.peer.channel, ...args] });
  }

  test('qscc and cscc answer about chain, blocks, transactions and channels', async () => {
    const commit = await client.contract.submitAsync('put', { arguments: ['q', '1'] });
    const txId = commit.getTransactionId();
    const { blockNumber } = await commit.getStatus();
    const info = common.BlockchainInfo.deserializeBinary(await chain('GetChainInfo'));
    expect(BigInt(info.getHeight())).toBe(fixture.peer.height());
    const byNumber = await chain('GetBlockByNumber', String(blockNumber));
    expect(await chain('GetBlockByTxID', txId)).toEqual(byNumber);
    expect(await chain('GetBlockByHash', info.getCurrentblockhash_asU8())).toEqual(byNumber);
    const processed = protos.ProcessedTransaction.deserializeBinary(await chain('GetTransactionByID', txId));
    expect(processed.getValidationcode()).toBe(StatusCode.VALID);
    const channels = await client.network.getContract('cscc').evaluate('GetChannels');
    expect(protos.ChannelQueryResponse.deserializeBinary(channels).getChannelsList()[0]?.getChannelId()).toBe('audit');
    expect((await rejection<GatewayError>(chain('GetBlockByNumber', '9999'))).code).toBe(2);
    expect((await rejection<GatewayError>(chain('GetTransactionByID', 'nope'))).code).toBe(2);
    expect((await rejection<GatewayError>(chain('DropEverything'))).code).toBe(2);
    const elsewhere = client.network.getContract('qscc').evaluateTransaction('GetChainInfo', 'elsewhere');
    expect((await rejection<GatewayError>(elsewhere)).code).toBe(2);
  });

  test('values of several megabytes pass', async () => {
    const value = Buffer.alloc(4_000_000, 'x');
    await client.contract.submit('bulk', { arguments: ['figures', 'big'], transientData: { value } });
    expect((await evaluate('get', 'big')).length).toBe(value.length);
    expect((await evaluate('getSecret', 'figures', 'big')).length).toBe(value.length);
  });
});

describe('the folder', () => {
  const open: PeerFixture[] = [];
  afterEach(async () => {
    for (const held of open.splice(0)) await held.remove();
  });

  async function start(options: Partial<EmbeddedPeerOptions> = {}): Promise<PeerFixture> {
    const started = await PeerFixture.start(options);
    open.push(started);
    return started;
  }

  test('keeps ledger, identities and genesis hash; init does not run again', async () => {
    const first = await start({ initArgs: ['init', 'me'] });
    await first.connect().contract.submitTransaction('put', 'a', '1');
    const { genesisHash } = first.peer;
    const height = first.peer.height();
    await first.stop();
    const second = await start({ dataDir: first.dataDir, initArgs: ['init', 'you'] });
    expect(second.peer.genesisHash).toBe(genesisHash);
    expect(genesisHash).toMatch(/^[0-9a-f]{64}$/);
    expect(second.peer.height()).toBe(height);
    expect(text(await second.connect().contract.evaluateTransaction('get', 'owner'))).toBe('me');
  });

  test('is open in one process at a time', async () => {
    const held = await start();
    const again = startEmbeddedPeer({ dataDir: held.dataDir, contracts: [ProbeContract] });
    await expect(again).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
    await expect(again).rejects.toThrow(held.dataDir);
  });

  test('holds keys that only the owner can read', async () => {
    const held = await start();
    const folder = join(held.dataDir, 'peer', 'identities');
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.key'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  test('of another channel or of other organisations is refused', async () => {
    const held = await start();
    await held.stop();
    const { dataDir } = held;
    const contracts = [ProbeContract];
    await expect(startEmbeddedPeer({ dataDir, contracts, channel: 'other' })).rejects.toThrow('holds channel audit');
    await expect(startEmbeddedPeer({ dataDir, contracts, organisations: ['LabMSP'] })).rejects.toThrow('no LabMSP');
  });

  test('does not come up when init is refused, and can be tried again', async () => {
    const dataDir = await newFolder();
    const contracts = [ProbeContract];
    await expect(startEmbeddedPeer({ dataDir, contracts, initArgs: ['refuse', 'not so'] })).rejects.toThrow('not so');
    const later = await start({ dataDir, initArgs: ['init', 'me'] });
    expect(text(await later.connect().contract.evaluateTransaction('get', 'owner'))).toBe('me');
  });

  test('options out of range are refused before anything is created', async () => {
    const contracts = [ProbeContract];
    await expect(startEmbeddedPeer({ dataDir: '/nowhere', contracts, channel: 'Bad Name' })).rejects.toThrow(
      RangeError,
    );
    await expect(startEmbeddedPeer({ dataDir: '/nowhere', contracts, block: { maxMessages: 0 } })).rejects.toThrow(
      'maxMessages',
    );
    await expect(startEmbeddedPeer({ dataDir: '/nowhere', contracts, organisations: ['../x'] })).rejects.toThrow(
      '../x',
    );
  });
});

describe('several organisations', () => {
  const organisations = ['RegulatorMSP', 'EnterpriseMSP', 'LabMSP'];
  beforeAll(async () => {
    fixture = await PeerFixture.start({
      organisations,
      endorsement: { required: 2 },
      collections: [{ name: 'figures', members: ['RegulatorMSP', 'EnterpriseMSP'] }],
    });
    client = fixture.connect('EnterpriseMSP');
  });
  afterAll(() => fixture.remove());

  test('each has its client; the policy asks for as many endorsements as it says', async () => {
    for (const mspId of organisations) {
      expect(text(await fixture.connect(mspId).contract.evaluateTransaction('creator'))).toContain(mspId);
    }
    await submit('put', 'two', 'endorsements');
    const [block] = await blocksFrom(fixture.peer.height() - 1n);
    expect(endorsersOf(block!)).toHaveLength(2);
  });

  test('endorsers that do not satisfy the policy: CommitError 10', async () => {
    const forced = client.contract.submit('put', { arguments: ['x', 'y'], endorsingOrganizations: ['LabMSP'] });
    const error = await rejection<CommitError>(forced);
    expect(error).toMatchObject({ name: 'CommitError', code: StatusCode.ENDORSEMENT_POLICY_FAILURE });
    const unknown = client.contract.submit('put', { arguments: ['x', 'y'], endorsingOrganizations: ['NoMSP'] });
    expect((await rejection<EndorseError>(unknown)).code).toBe(14);
  });

  test('a key can have an endorsement policy of its own', async () => {
    await submit('put', 'guarded', '1');
    const policy = encode(createPolicy(3, organisations));
    await client.contract.submit('setPolicy', { arguments: ['guarded'], transientData: { policy } });
    expect(await evaluate('getPolicy', 'guarded')).toBe(policy.toString('hex'));
    const error = await rejection<CommitError>(submit('put', 'guarded', '2'));
    expect(error.code).toBe(StatusCode.ENDORSEMENT_POLICY_FAILURE);
    await client.contract.submit('put', { arguments: ['guarded', '3'], endorsingOrganizations: organisations });
    expect(await evaluate('get', 'guarded')).toBe('3');
  });

  test('private data are for members of the collection; the hash is for all', async () => {
    const secret = Buffer.from('s');
    await client.contract.submit('putSecret', { arguments: ['figures', 'k'], transientData: { secret } });
    const lab = fixture.connect('LabMSP');
    const read = rejection<GatewayError>(lab.contract.evaluateTransaction('getSecret', 'figures', 'k'));
    expect((await read).details[0]?.message).toContain('does not have read access permission on privatedata');
    const write = lab.contract.submit('putSecret', { arguments: ['figures', 'k'], transientData: { secret } });
    expect((await rejection<EndorseError>(write)).details[0]?.message).toContain(
      'does not have write access permission',
    );
    expect(text(await lab.contract.evaluateTransaction('secretHash', 'figures', 'k'))).toHaveLength(64);
  });

  test('a purge takes every version of the value from the store', async () => {
    for (const value of ['first version', 'second version']) {
      const transientData = { secret: Buffer.from(value) };
      await client.contract.submit('putSecret', { arguments: ['figures', 'gone'], transientData });
    }
    const before = fixture.peer.height() - 2n;
    await submit('purgeSecret', 'figures', 'gone');
    expect(await evaluate('getSecret', 'figures', 'gone')).toBe('');
    const events = await client.network.getBlockAndPrivateDataEvents({ startBlock: before });
    const seen: number[] = [];
    for await (const event of events) {
      seen.push(event.getPrivateDataMapMap().getLength());
      if (seen.length === 2) break;
    }
    events.close();
    expect(seen).toEqual([0, 0]);
  });

  async function blocksFrom(startBlock: bigint): Promise<common.Block[]> {
    const events = await client.network.getBlockEvents({ startBlock });
    for await (const block of events) {
      events.close();
      return [block];
    }
    return [];
  }

  function endorsersOf(block: common.Block): unknown[] {
    const envelope = common.Envelope.deserializeBinary(block.getData()!.getDataList_asU8()[0]!);
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const transaction = protos.Transaction.deserializeBinary(payload.getData_asU8());
    const action = protos.ChaincodeActionPayload.deserializeBinary(transaction.getActionsList()[0]!.getPayload_asU8());
    return action.getAction()!.getEndorsementsList();
  }
});
