import { type CommitError, type EndorseError, type GatewayError, StatusCode } from '@hyperledger/fabric-gateway';
import { common, peer as protos } from '@hyperledger/fabric-protos';
import { createPolicy } from './identity/signature-policy';
import { encode } from './proto/bytes';
import { rejection, text, type TestClient } from './testing/client';
import { PeerFixture } from './testing/fixture';

let fixture: PeerFixture;
let client: TestClient;

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
    await client.submit('put', 'two', 'endorsements');
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
    await client.submit('put', 'guarded', '1');
    const policy = encode(createPolicy(3, organisations));
    await client.contract.submit('setPolicy', { arguments: ['guarded'], transientData: { policy } });
    expect(await client.evaluate('getPolicy', 'guarded')).toBe(policy.toString('hex'));
    const error = await rejection<CommitError>(client.submit('put', 'guarded', '2'));
    expect(error.code).toBe(StatusCode.ENDORSEMENT_POLICY_FAILURE);
    await client.contract.submit('put', { arguments: ['guarded', '3'], endorsingOrganizations: organisations });
    expect(await client.evaluate('get', 'guarded')).toBe('3');
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
    await client.submit('purgeSecret', 'figures', 'gone');
    expect(await client.evaluate('getSecret', 'figures', 'gone')).toBe('');
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
