import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLedgerError } from '@carbon-ledger/core';
import { stringify } from 'yaml';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { readPeerProfile } from '.';

let folder: string;

beforeAll(() => {
  folder = temporaryFolder('profile');
  for (const name of ['cert.pem', 'key.pem', 'tls0.pem', 'tls1.pem']) writeFileSync(join(folder, name), name);
});

function file(name: string, value: object): string {
  writeFileSync(join(folder, name), name.endsWith('.yaml') ? stringify(value) : JSON.stringify(value));
  return join(folder, name);
}

const peer = (index: number, tlsCACerts: object): object => ({
  url: `grpcs://127.0.0.1:${String(7150 + index)}`,
  tlsCACerts,
  grpcOptions: { 'ssl-target-name-override': `peer${String(index)}` },
});
const common = {
  name: 'n',
  version: '1.0.0',
  client: { organization: 'Regulator' },
  organizations: { Regulator: { mspid: 'RegulatorMSP', peers: ['peer0', 'peer1'] } },
  peers: { peer0: peer(0, { path: 'tls0.pem' }), peer1: peer(1, { pem: 'tls1.pem' }) },
  channels: { audit: {} },
};
const own = { chaincode: 'carbon', certificate: 'cert.pem', privateKey: 'key.pem' };
const read = {
  endpoint: '127.0.0.1:7150',
  tls: { rootCert: Buffer.from('tls0.pem'), serverName: 'peer0' },
  otherPeers: [{ endpoint: '127.0.0.1:7151', tls: { rootCert: Buffer.from('tls1.pem'), serverName: 'peer1' } }],
  identity: { mspId: 'RegulatorMSP', certificate: Buffer.from('cert.pem'), privateKey: Buffer.from('key.pem') },
  channel: 'audit',
  chaincodeName: 'carbon',
  driver: 'fabric-gateway',
};

async function faultsOf(reading: Promise<unknown>): Promise<readonly string[]> {
  const error = await reading.catch((thrown: unknown) => thrown);
  if (!isLedgerError(error)) throw new Error('it was read');
  expect(error.code).toBe('BAD_FILE');
  return error.faults.map(({ path }) => path);
}

describe('readPeerProfile', () => {
  it.each(['ccp.json', 'ccp.yaml'])(
    'reads a common connection profile as %s, with what it has no place for',
    async (name) => {
      expect(await readPeerProfile(file(name, { ...common, 'x-carbon-ledger': own }))).toMatchObject(read);
    },
  );

  it('takes what is said beside the file, before what the file says', async () => {
    const additions = {
      chaincode: 'carbon',
      certificate: join(folder, 'cert.pem'),
      privateKey: join(folder, 'key.pem'),
      driver: 'fabric-network',
      endorsers: ['RegulatorMSP', 'LabMSP'],
    };
    const profile = await readPeerProfile(file('bare.json', common), additions);
    expect(profile).toMatchObject({
      ...read,
      driver: 'fabric-network',
      endorsingOrganizations: ['RegulatorMSP', 'LabMSP'],
      connectionProfile: { peers: { peer0: { tlsCACerts: { pem: 'tls0.pem' } } } },
    });
    expect(await readPeerProfile(file('bare.json', common), { ...additions, channel: 'other' })).toMatchObject({
      channel: 'other',
    });
  });

  it('reads a gateway profile, all its peers', async () => {
    const peers = [0, 1].map((index) => ({
      endpoint: `127.0.0.1:${String(7150 + index)}`,
      tlsServerName: `peer${String(index)}`,
      tlsRootCertificates: `tls${String(index)}.pem`,
    }));
    const identity = { certificate: 'cert.pem', privateKey: 'key.pem' };
    const profile = { mspId: 'RegulatorMSP', channel: 'audit', chaincode: 'carbon', identity, peers };
    expect(await readPeerProfile(file('own.json', profile))).toEqual({
      ...read,
      archives: [],
      orderers: [],
      files: ['own.json', 'cert.pem', 'key.pem', 'tls0.pem', 'tls1.pem'].map((name) => join(folder, name)),
    });
    const archived = await readPeerProfile(file('own.json', { ...profile, peers: [peers[0]], archives: [peers[1]] }));
    expect(archived).toMatchObject({ otherPeers: [], archives: [{ endpoint: '127.0.0.1:7151' }] });
    expect(await faultsOf(readPeerProfile(file('own.json', profile), { driver: 'fabric-network' }))).toEqual([
      '/driver',
    ]);
  });

  it('names everything that is missing at once', async () => {
    const organizations = { Other: { mspid: 'OtherMSP' } };
    const bare = { ...common, organizations, channels: { a: {}, b: {} } };
    expect(await faultsOf(readPeerProfile(file('bare.json', bare), { driver: 'grpc' }))).toEqual([
      '/mspId',
      '/channel',
      '/chaincode',
      '/certificate',
      '/privateKey',
      '/peers',
      '/driver',
    ]);
  });

  it('names every file that cannot be read, and every peer that is named and not there', async () => {
    const peers = { peer0: peer(0, { path: 'nowhere.pem' }), peer2: peer(2, {}) };
    const ccp = file('bad.json', { ...common, peers, 'x-carbon-ledger': { ...own, privateKey: 'none.pem' } });
    expect([...(await faultsOf(readPeerProfile(ccp)))].sort()).toEqual([
      '/peers/peer0/tlsCACerts/path',
      '/peers/peer1',
      '/peers/peer2/tlsCACerts',
      '/x-carbon-ledger/privateKey',
    ]);
  });

  it.each([
    ['a list', '[]'],
    ['neither JSON nor YAML', '{"a":'],
    ['something else', 'a: b'],
  ])('refuses %s', async (_what, text) => {
    writeFileSync(join(folder, 'odd'), text);
    await expect(readPeerProfile(join(folder, 'odd'))).rejects.toMatchObject({ code: 'BAD_FILE' });
  });

  it('refuses a file that is not there', async () => {
    await expect(readPeerProfile(join(folder, 'gone'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
