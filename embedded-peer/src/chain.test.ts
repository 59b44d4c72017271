import { common, gateway as gatewayProtos, orderer, peer as protos } from '@hyperledger/fabric-protos';
import { X509Certificate } from 'node:crypto';
import { decodeBlock, type DecodedBlock } from './block/block';
import { readChannelConfig } from './block/genesis';
import { blockDataHash, blockHeaderBytes, blockHeaderHash } from './block/header';
import { verifyBlock } from './block/verify';
import { Membership } from './identity/membership';
import { PeerFixture } from './testing/fixture';
import type { TestClient } from './testing/client';

let fixture: PeerFixture;
let client: TestClient;

beforeAll(async () => {
  fixture = await PeerFixture.start({ organisations: ['RegulatorMSP', 'LabMSP'] });
  client = fixture.connect('LabMSP');
  for (const value of ['1', '2', '3']) await client.contract.submitTransaction('put', 'k', value);
});
afterAll(() => fixture.remove());

async function blockBytes(number: number): Promise<Uint8Array> {
  const qscc = client.network.getContract('qscc');
  return qscc.evaluateTransaction('GetBlockByNumber', fixture.peer.channel, String(number));
}

async function blocks(): Promise<DecodedBlock[]> {
  const numbers = Array.from({ length: Number(fixture.peer.height()) }, (_entry, number) => number);
  return Promise.all(numbers.map(async (number) => decodeBlock(await blockBytes(number))));
}

/** A verifier that has nothing but the blocks: the roots come out of block 0. */
function orderersOf(genesis: DecodedBlock): Membership {
  const { orderers } = readChannelConfig(genesis.envelopes[0]!);
  const roots = [...orderers].map(([mspId, pems]) => [mspId, pems.map((pem) => new X509Certificate(pem))] as const);
  return new Membership(new Map(roots), () => new Date());
}

describe('the chain of blocks', () => {
  test('is numbered, chained, and signed by the orderer that block 0 names', async () => {
    const chain = await blocks();
    const orderers = orderersOf(chain[0]!);
    chain.forEach((block, number) => {
      expect(block.header.number).toBe(number);
      const previous = number === 0 ? Buffer.alloc(0) : blockHeaderHash(chain[number - 1]!.header);
      expect(previous.equals(block.header.previousHash)).toBe(true);
      expect(() => {
        verifyBlock(block, orderers);
      }).not.toThrow();
    });
    expect(blockHeaderHash(chain[0]!.header).toString('hex')).toBe(fixture.peer.genesisHash);
  });

  test.each([
    [
      'a changed transaction',
      (block: DecodedBlock) => ({ ...block, envelopes: [Buffer.from('forged')] }),
      'do not match',
    ],
    [
      'a changed header',
      (block: DecodedBlock) => ({ ...block, header: { ...block.header, previousHash: Buffer.alloc(32) } }),
      'signature is invalid',
    ],
    ['a removed validation code', (block: DecodedBlock) => ({ ...block, codes: [] }), 'validation codes'],
    ['a removed signature', (block: DecodedBlock) => ({ ...block, signatures: new common.Metadata() }), 'no orderer'],
  ])('%s is found', async (_what, change, message) => {
    const chain = await blocks();
    expect(() => {
      verifyBlock(change(chain[1]!), orderersOf(chain[0]!));
    }).toThrow(message);
  });

  test('block 0 is a channel configuration with the roots of every organisation', async () => {
    const [genesis] = await blocks();
    const config = readChannelConfig(genesis!.envelopes[0]!);
    expect(config.channel).toBe('audit');
    expect([...config.organisations.keys()].sort()).toEqual(['LabMSP', 'RegulatorMSP']);
    for (const [root] of config.organisations.values()) expect(new X509Certificate(root!).ca).toBe(true);
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(genesis!.envelopes[0]!).getPayload_asU8(),
    );
    const groups = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()!.getChannelGroup()!;
    const consensus = groups.getGroupsMap().get('Orderer')!.getValuesMap().get('ConsensusType')!;
    expect(orderer.ConsensusType.deserializeBinary(consensus.getValue_asU8()).getType()).toBe('solo');
    expect(groups.getPoliciesMap().get('Readers')!.getPolicy()!.getType()).toBe(common.Policy.PolicyType.IMPLICIT_META);
  });

  test('hashes headers as Fabric does: DER of number, previous hash and data hash', () => {
    const header = { number: 200, previousHash: Buffer.from('aa', 'hex'), dataHash: Buffer.from('bb', 'hex') };
    expect(blockHeaderBytes(header).toString('hex')).toBe('300a020200c80401aa0401bb');
    expect(blockDataHash([Buffer.from('ab'), Buffer.from('c')]).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('commit hashes are chained and differ from block to block', async () => {
    const hashes = (await blocks()).map(({ commitHash }) => Buffer.from(commitHash).toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const hash of hashes) expect(hash).toHaveLength(64);
  });

  test('a transaction in a block is complete: proposal, response, endorsements, versions read', async () => {
    await client.contract.submitTransaction('increment', 'n');
    await client.contract.submitTransaction('increment', 'n');
    const last = (await blocks()).at(-1)!;
    const envelope = common.Envelope.deserializeBinary(last.envelopes[0]!);
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const transaction = protos.Transaction.deserializeBinary(payload.getData_asU8());
    const action = protos.ChaincodeActionPayload.deserializeBinary(transaction.getActionsList()[0]!.getPayload_asU8());
    const response = protos.ProposalResponsePayload.deserializeBinary(
      action.getAction()!.getProposalResponsePayload_asU8(),
    );
    const chaincode = protos.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
    expect(chaincode.getChaincodeId()!.getName()).toBe('carbon-audit-ledger');
    expect(chaincode.getResponse()!.getStatus()).toBe(200);
    expect(action.getAction()!.getEndorsementsList()).toHaveLength(1);
  });
});

describe('orderer.AtomicBroadcast', () => {
  test('takes what a 2.x client sends, and says why not', async () => {
    const { client: grpc } = client;
    const transaction = await client.contract.newProposal('put', { arguments: ['b', '1'] }).endorse();
    const prepared = gatewayProtos.PreparedTransaction.deserializeBinary(transaction.getBytes());
    const stream = grpc.makeBidiStreamRequest(
      '/orderer.AtomicBroadcast/Broadcast',
      (message: common.Envelope) => Buffer.from(message.serializeBinary()),
      (bytes: Buffer) => orderer.BroadcastResponse.deserializeBinary(bytes),
    );
    const answers: orderer.BroadcastResponse[] = [];
    stream.write(prepared.getEnvelope()!);
    stream.write(new common.Envelope());
    stream.end();
    for await (const answer of stream) answers.push(answer as orderer.BroadcastResponse);
    expect(answers.map((answer) => answer.getStatus())).toEqual([common.Status.FORBIDDEN, common.Status.BAD_REQUEST]);
    expect(answers[0]!.getInfo()).toContain('permission denied');
  });
});
