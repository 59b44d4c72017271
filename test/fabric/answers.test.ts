import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../support/temporary-folder';
import { SigningIdentity } from '../../embedded-peer/src/identity/signing-identity';
import { rawClient } from '../../embedded-peer/src/testing/client';
import { readGolden } from './golden';
import { Connection } from './network';
import { askAll, type Answer } from './recorder/answers';
import { Market } from './recorder/market';

const organisations = ['RegulatorMSP', 'EnterpriseMSP', 'LabMSP', 'VerifierMSP', 'RegistryMSP'];
const recorded = readGolden('answers') as readonly Answer[];
const folder = temporaryFolder('answers');
const connections: Connection[] = [];
let peer: EmbeddedPeer;
let answers: Answer[];

beforeAll(async () => {
  peer = await startEmbeddedPeer({
    dataDir: folder,
    chaincodeName: 'carbon',
    organisations,
    endorsement: { required: 2 },
    collections: [{ name: 'figures', members: organisations.filter((mspId) => mspId !== 'RegistryMSP') }],
    // Both transactions of a race must come into one block.
    block: { lingerMs: 50 },
  });
  const member = connect('RegulatorMSP');
  const market = new Market(peer.genesisHash);
  await member.contract.submitTransaction('init', ...(await market.initArguments()));
  for (const group of [await market.parties(), await market.receipt('S-1')]) {
    await member.contract.submit('submit', { transientData: group.transient });
  }
  answers = await askAll({ member, stranger: connect('RegistryMSP'), market });
});

afterAll(async () => {
  for (const connection of connections) connection.close();
  await peer.close();
});

function connect(mspId: string): Connection {
  const { certificate, privateKey } = peer.identities.get(mspId)!;
  const pair = { certificate: certificate.toString(), privateKey: privateKey.toString() };
  const connection = new Connection(rawClient(peer), new SigningIdentity(mspId, pair), peer.channel, 'carbon');
  connections.push(connection);
  return connection;
}

describe('the embedded peer answers a client as a genuine Fabric 3.1.5 network does', () => {
  it.each(recorded.map((one) => [one.name, one] as const))('%s', (name, expected) => {
    expect(answers.find((answer) => answer.name === name)).toEqual(expected);
  });
});
