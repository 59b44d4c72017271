import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PeerSettings } from './options';

const NAME = 'embedded';

interface Reachable extends Pick<PeerSettings, 'dataDir' | 'channel' | 'chaincodeName' | 'organisations'> {
  /** `host:port` */
  readonly endpoint: string;
  readonly tls: { readonly authority: string };
}

interface Pair {
  readonly certificate: { readonly path: string };
  readonly key: { readonly path: string };
}

/** Keys are named, never copied: the profile may be read by whoever may see where the ledger is. */
function pairAt(dataDir: string, ...place: readonly string[]): Pair {
  const file = resolve(dataDir, 'peer', 'identities', ...place);
  return { certificate: { path: `${file}.pem` }, key: { path: `${file}.key` } };
}

function organisationsOf({ dataDir, organisations }: Reachable): object {
  const entries = organisations.map((mspid) => {
    const { certificate, key } = pairAt(dataDir, 'organisations', mspid, 'client');
    return [mspid, { mspid, peers: [NAME], signedCert: certificate, adminPrivateKey: key }] as const;
  });
  return Object.fromEntries(entries);
}

function profileOf(peer: Reachable): object {
  const { certificate: cert, key } = pairAt(peer.dataDir, 'tls', 'client');
  const node = {
    url: `grpcs://${peer.endpoint}`,
    tlsCACerts: { pem: peer.tls.authority },
    grpcOptions: { 'ssl-target-name-override': 'localhost' },
  };
  return {
    name: 'carbon-ledger-embedded',
    version: '1.0.0',
    client: { organization: peer.organisations[0], tlsCerts: { client: { cert, key } } },
    organizations: organisationsOf(peer),
    peers: { [NAME]: node },
    orderers: { [NAME]: node },
    channels: { [peer.channel]: { orderers: [NAME], peers: { [NAME]: {} } } },
    'x-carbon-ledger': { channel: peer.channel, chaincode: peer.chaincodeName },
  };
}

/**
 * Writes how other programs reach the peer, as a common connection profile (version 1.0 of Fabric's client libraries), to
 * `connection.json` of the data folder, whole or not at all; files stand in it by their absolute names. Returns its name.
 */
export async function writeConnectionProfile(peer: Reachable): Promise<string> {
  const file = join(peer.dataDir, 'connection.json');
  await writeFile(`${file}.new`, `${JSON.stringify(profileOf(peer), null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return file;
}
