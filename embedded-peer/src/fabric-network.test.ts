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
