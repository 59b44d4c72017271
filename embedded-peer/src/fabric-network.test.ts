import { verify } from 'node:crypto';
import { common, msp, peer as peerProtos } from '@hyperledger/fabric-protos';
import { Gateway, Wallets, type Contract, type X509Identity } from 'fabric-network';
import { text } from './testing/client';
import { PeerFixture } from './testing/fixture';

let fixture: PeerFixture;
let gateway: Gateway;
let contract: Contract;

beforeAll(async () => {
  fixture = await PeerFixture.start();
  const { peer } = fixture;
  const node = {
    url: `grpcs://${peer.endpoint}`,
    tlsCACerts: { pem: peer.tls.rootCert.toString() },
    grpcOptions: { 'ssl-target-name-override': peer.tls.serverName },
  };
  const profile = {
    name: 'embedded',
    version: '1.0.0',
    organizations: { Embedded: { mspid: 'EmbeddedMSP', peers: ['peer'] } },
    client: { organization: 'Embedded' },
    channels: { [peer.channel]: { orderers: ['orderer'], peers: { peer: {} } } },
    orderers: { orderer: node },
    peers: { peer: node },
  };
  const { certificate, privateKey } = peer.identities.get('EmbeddedMSP')!;
  const identity: X509Identity = {
    type: 'X.509',
    mspId: 'EmbeddedMSP',
    credentials: { certificate: certificate.toString(), privateKey: privateKey.toString() },
  };
  const wallet = await Wallets.newInMemoryWallet();
  await wallet.put('client', identity);
  await wallet.put('tls', {
    type: 'X.509',
    mspId: 'EmbeddedMSP',
    credentials: { certificate: peer.tls.clientCert.toString(), privateKey: peer.tls.clientKey.toString() },
  } as X509Identity);
  gateway = new Gateway();
  await gateway.connect(profile, {
    wallet,
    identity: 'client',
    clientTlsIdentity: 'tls',
    discovery: { enabled: false },
  });
  contract = (await gateway.getNetwork(peer.channel)).getContract(peer.chaincodeName);
});

afterAll(async () => {
  gateway.disconnect();
  await fixture.remove();
});

describe('the unmodified fabric-network 2.2 client, static profile', () => {
  test('submits and evaluates', async () => {
    expect(text(await contract.submitTransaction('put', 'a', '1'))).toBe('1');
    expect(text(await contract.evaluateTransaction('get', 'a'))).toBe('1');
  });

  test('sends transient data', async () => {
    const transaction = contract.createTransaction('putSecret').setTransient({ secret: Buffer.from('s') });
    await transaction.submit('figures', 'k');
    expect(text(await contract.evaluateTransaction('getSecret', 'figures', 'k'))).toBe('s');
  });

  test('learns what the contract refuses', async () => {
    await expect(contract.submitTransaction('refuse', 'BAD_RECORD: {}')).rejects.toThrow('BAD_RECORD: {}');
    await expect(contract.evaluateTransaction('refuse', 'BAD_RECORD: {}')).rejects.toThrow('BAD_RECORD: {}');
  });

  test('hears of chaincode events', async () => {
    const heard = new Promise<string>((resolve) => {
      void contract.addContractListener((event) => {
        resolve(`${event.eventName}:${text(event.payload ?? Buffer.alloc(0))}`);
        return Promise.resolve();
      });
    });
    await contract.submitTransaction('announce', 'name', 'payload');
    expect(await heard).toBe('name:payload');
  });
});

describe('system chaincodes', () => {
  const system = async (name: string, fcn: string, ...args: string[]) => {
    const network = await gateway.getNetwork(fixture.peer.channel);
    return network.getContract(name).evaluateTransaction(fcn, ...args);
  };

  test('qscc is read as a contract of its own', async () => {
    const { channel } = fixture.peer;
    const info = common.BlockchainInfo.deserializeBinary(await system('qscc', 'GetChainInfo', channel));
    expect(BigInt(info.getHeight())).toBe(fixture.peer.height());
    const block = common.Block.deserializeBinary(await system('qscc', 'GetBlockByNumber', channel, '0'));
    expect(block.getHeader()?.getNumber()).toBe(0);
    await expect(system('qscc', 'GetBlockByNumber', channel, '9999')).rejects.toThrow('no such block number [9999]');
  });

  test('cscc gives the configuration, as block and alone', async () => {
    const { channel } = fixture.peer;
    const block = common.Block.deserializeBinary(await system('cscc', 'GetConfigBlock', channel));
    const config = common.Config.deserializeBinary(await system('cscc', 'GetChannelConfig', channel));
    expect(config.getChannelGroup()?.getGroupsMap().get('Application')?.getGroupsMap().has('EmbeddedMSP')).toBe(true);
    expect(Buffer.from(block.getData()!.getDataList_asU8()[0]!).includes(Buffer.from(config.serializeBinary()))).toBe(
      true,
    );
    await expect(system('cscc', 'GetChannelConfig', 'elsewhere')).rejects.toThrow('elsewhere');
    await expect(system('cscc', 'JoinNothing', channel)).rejects.toThrow('Unmapped policy');
  });

  test('an answer is signed over the proposal that asked for it, as version syscc and without a set', async () => {
    const network = await gateway.getNetwork(fixture.peer.channel);
    const query = network.getChannel().newQuery('qscc');
    const identity = gateway.identityContext!.calculateTransactionId();
    query.build(identity, { fcn: 'GetChainInfo', args: [fixture.peer.channel], generateTransactionId: false });
    query.sign(identity);
    const { responses } = await query.send({ targets: network.getChannel().getEndorsers() });
    const { payload } = responses[0]!;
    const endorsement = responses[0]!.endorsement!;
    const endorser = msp.SerializedIdentity.deserializeBinary(endorsement.endorser);
    const certificate = Buffer.from(endorser.getIdBytes_asU8());
    const signed = Buffer.concat([payload, endorsement.endorser]);
    expect(verify('sha256', signed, certificate, endorsement.signature)).toBe(true);
    const answer = peerProtos.ProposalResponsePayload.deserializeBinary(payload);
    const action = peerProtos.ChaincodeAction.deserializeBinary(answer.getExtension_asU8());
    expect(action.getChaincodeId()?.toObject()).toMatchObject({ name: 'qscc', version: 'syscc' });
    expect(action.getResults_asU8()).toHaveLength(0);
  });
});
