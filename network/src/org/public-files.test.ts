import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuthority } from '../../../embedded-peer/src/identity/certificates';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { findOrganisation, planLayout, type OrganisationPlan } from '../layout';
import { parseTopology } from '../topology';
import {
  absentOrganisations,
  changedFiles,
  collectPublicFiles,
  fingerprint,
  parsePublicFiles,
  writePublicFiles,
  type PublicFiles,
} from './public-files';

const channel = planLayout(parseTopology(readFileSync(join(__dirname, '../../topology.yaml'), 'utf8')), 'native');
const organisation = (name: string): OrganisationPlan => findOrganisation(channel, name)!;

const roles = ['Client', 'Peer', 'Admin', 'Orderer']
  .map(
    (name) =>
      `  ${name}OUIdentifier:\n    Certificate: cacerts/ca.pem\n    OrganizationalUnitIdentifier: ${name.toLowerCase()}\n`,
  )
  .join('');
const config = `NodeOUs:\n  Enable: true\n${roles}`;

let certificate: string;
beforeAll(async () => {
  certificate = (await createAuthority({ commonName: 'test', organisation: 'test' }, new Date())).pair.certificate;
});

/** A folder of certificates as cryptogen makes it, keys among them. */
function cryptoOf(name: string): string {
  const crypto = temporaryFolder('public-files');
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(crypto, file)), { recursive: true });
    writeFileSync(join(crypto, file), content);
  };
  const own = organisation(name);
  const ordering = channel.ordering.filter(({ orderers }) => orderers.some((one) => one.organisation === name));
  for (const directory of [own.cryptoDir, ...ordering.map(({ cryptoDir }) => cryptoDir)]) {
    write(`${directory}/msp/config.yaml`, config);
    write(`${directory}/msp/cacerts/ca.pem`, certificate);
    write(`${directory}/ca/priv_sk`, 'PRIVATE KEY of the authority');
  }
  for (const node of [...own.peers, ...ordering.flatMap(({ orderers }) => orderers)]) {
    write(`${node.cryptoDir}/tls/ca.crt`, certificate);
    write(`${node.cryptoDir}/tls/server.crt`, certificate);
    write(`${node.cryptoDir}/tls/server.key`, 'PRIVATE KEY of the server');
    write(`${node.cryptoDir}/msp/signcerts/${node.id}-cert.pem`, certificate);
    write(`${node.cryptoDir}/msp/keystore/priv_sk`, 'PRIVATE KEY of the node');
  }
  return crypto;
}

function publicFilesOf(name: string): PublicFiles {
  return collectPublicFiles(channel, organisation(name), cryptoOf(name));
}

function faultsOf(files: PublicFiles): string {
  try {
    parsePublicFiles(JSON.stringify(files), 'given.json', channel);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the public files of an organisation', () => {
  it('hold certificates and no key, and are accepted by the others', () => {
    const files = publicFilesOf('Verifier');
    expect(JSON.stringify(files)).not.toContain('PRIVATE KEY');
    expect(parsePublicFiles(JSON.stringify(files), 'given.json', channel)).toEqual(files);
  });

  it.each([
    ['a key', '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n', 'holds a private key'],
    ['a note', 'passphrase: hunter2\n', 'is no certificate'],
  ])('are not written where %s stands behind a certificate: nothing leaves the folder', (_what, more, reason) => {
    const crypto = cryptoOf('Verifier');
    const [orderer] = channel.ordering
      .flatMap(({ orderers }) => orderers)
      .filter((one) => one.organisation === 'Verifier');
    writeFileSync(join(crypto, orderer!.cryptoDir, 'tls', 'server.crt'), certificate + more);
    expect(() => collectPublicFiles(channel, organisation('Verifier'), crypto)).toThrow(reason);
    expect(() => collectPublicFiles(channel, organisation('Verifier'), crypto)).not.toThrow('hunter2');
  });

  it('have a fingerprint that any change changes', () => {
    const files = publicFilesOf('Lab');
    const [name = ''] = Object.keys(files.files);
    expect(fingerprint({ ...files, files: { ...files.files, [name]: 'another' } })).not.toBe(fingerprint(files));
  });

  it('are written where this organisation’s certificates lie, and then it is here', () => {
    const crypto = temporaryFolder('accepted');
    const files = publicFilesOf('Lab');
    expect(absentOrganisations(channel, crypto)).toContain('Lab');
    writePublicFiles(files, crypto);
    expect(absentOrganisations(channel, crypto)).not.toContain('Lab');
    expect(changedFiles(files, crypto)).toEqual([]);
    const [name = ''] = Object.keys(files.files);
    expect(changedFiles({ ...files, files: { [name]: 'renewed' } }, crypto)).toEqual([name]);
  });

  it.each([
    ['../../etc/passwd', 'is none of its public files'],
    ['peerOrganizations/lab.carbon-ledger.test/../regulator.carbon-ledger.test/msp/config.yaml', 'none of its public'],
    ['peerOrganizations/regulator.carbon-ledger.test/msp/cacerts/ca.pem', 'is none of its public files'],
    ['peerOrganizations/lab.carbon-ledger.test/users/Admin@lab/msp/keystore/priv_sk', 'is none of its public files'],
    ['peerOrganizations/lab.carbon-ledger.test/msp/cacerts/key.pem', 'holds a private key'],
    ['peerOrganizations/lab.carbon-ledger.test/msp/tlscacerts/x.pem', 'is no certificate'],
    ['peerOrganizations/lab.carbon-ledger.test/msp/config.yaml', 'is no list of node roles'],
  ])('refuse %s', (name, reason) => {
    const files = publicFilesOf('Lab');
    const content = reason.includes('private key') ? '-----BEGIN PRIVATE KEY-----' : 'anything: at all';
    expect(faultsOf({ ...files, files: { ...files.files, [name]: content } })).toContain(reason);
  });

  it('name everything that is missing at once', () => {
    const message = faultsOf({ version: 1, organisation: 'Verifier', files: {} });
    expect(message.match(/is missing/g)).toHaveLength(6);
  });

  it('are refused for an organisation that the channel does not have, and when they are something else', () => {
    expect(faultsOf({ version: 1, organisation: 'Stranger', files: {} })).toContain('names no organisation "Stranger"');
    expect(() => parsePublicFiles('no JSON', 'given.json', channel)).toThrow('no file of an organisation');
  });
});
