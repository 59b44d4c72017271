import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { createAuthority, type Authority, type KeyPair } from './certificates';

/** MSP id of the single orderer. */
export const ORDERER_MSP = 'EmbeddedOrdererMSP';
const LOOPBACK_NAMES = ['localhost', '127.0.0.1'];
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** What one organisation holds. Whoever reads these keys can speak for it: the folder's permissions are the protection. */
interface OrganisationKeys {
  readonly authority: string;
  readonly peer: KeyPair;
  readonly client: KeyPair;
  readonly admin: KeyPair;
}

export interface IdentityFolder {
  readonly organisations: ReadonlyMap<string, OrganisationKeys>;
  readonly orderer: { readonly authority: string; readonly node: KeyPair };
  readonly tls: { readonly authority: string; readonly server: KeyPair; readonly client: KeyPair };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writePrivate(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: PRIVATE_FILE, flush: true });
}

async function writePair(folder: string, name: string, pair: KeyPair): Promise<void> {
  await writePrivate(join(folder, `${name}.pem`), pair.certificate);
  await writePrivate(join(folder, `${name}.key`), pair.privateKey);
}

async function readPair(folder: string, name: string): Promise<KeyPair> {
  const [certificate, privateKey] = await Promise.all([
    readFile(join(folder, `${name}.pem`), 'utf8'),
    readFile(join(folder, `${name}.key`), 'utf8'),
  ]);
  return { certificate, privateKey };
}

async function foundOrganisation(folder: string, mspId: string, now: Date): Promise<void> {
  await mkdir(folder, { mode: PRIVATE_FOLDER });
  const ca = await createAuthority({ commonName: `ca.${mspId}`, organisation: mspId }, now);
  await writePair(folder, 'ca', ca.pair);
  for (const unit of ['peer', 'client', 'admin']) {
    await writePair(folder, unit, await ca.issue({ commonName: `${unit}.${mspId}`, organisation: mspId, unit }));
  }
}

async function foundOrderer(folder: string, now: Date): Promise<void> {
  await mkdir(folder, { mode: PRIVATE_FOLDER });
  const ca = await createAuthority({ commonName: `ca.${ORDERER_MSP}`, organisation: ORDERER_MSP }, now);
  await writePair(folder, 'ca', ca.pair);
  const subject = { commonName: 'orderer', organisation: ORDERER_MSP, unit: 'orderer' };
  await writePair(folder, 'orderer', await ca.issue(subject));
}

async function issueTls(ca: Authority, commonName: string): Promise<KeyPair> {
  return ca.issue({ commonName, organisation: 'Embedded TLS' }, { tls: true, hosts: LOOPBACK_NAMES });
}

/** TLS certificates are checked by OpenSSL against the machine's clock, so they are dated by it and not by an injected one. */
async function foundTls(folder: string): Promise<void> {
  await mkdir(folder, { mode: PRIVATE_FOLDER });
  const ca = await createAuthority({ commonName: 'tlsca', organisation: 'Embedded TLS' }, new Date());
  await writePair(folder, 'ca', ca.pair);
  await writePair(folder, 'server', await issueTls(ca, 'localhost'));
  await writePair(folder, 'client', await issueTls(ca, 'client'));
}

/** Written beside the final place and renamed, so that a crash leaves either all keys or none. */
async function found(parent: string, name: string, mspIds: readonly string[], now: Date): Promise<void> {
  const draft = join(parent, `${name}.new`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(draft, 'organisations'), { recursive: true, mode: PRIVATE_FOLDER });
  for (const mspId of mspIds) await foundOrganisation(join(draft, 'organisations', mspId), mspId, now);
  await foundOrderer(join(draft, 'orderer'), now);
  await foundTls(join(draft, 'tls'));
  await rename(draft, join(parent, name));
  await syncFolder(parent);
}

async function readOrganisation(folder: string): Promise<OrganisationKeys> {
  const [ca, peer, client, admin] = await Promise.all(
    ['ca', 'peer', 'client', 'admin'].map((name) => readPair(folder, name)),
  );
  if (!ca || !peer || !client || !admin) throw new LedgerError('STORE_CORRUPT', `${folder} lacks a key`);
  return { authority: ca.certificate, peer, client, admin };
}

async function readIdentities(folder: string): Promise<IdentityFolder> {
  const names = (await readdir(join(folder, 'organisations'))).sort();
  const organisations = new Map<string, OrganisationKeys>();
  for (const name of names) organisations.set(name, await readOrganisation(join(folder, 'organisations', name)));
  const [ordererCa, node, tlsCa, server, client] = await Promise.all([
    readPair(join(folder, 'orderer'), 'ca'),
    readPair(join(folder, 'orderer'), 'orderer'),
    readPair(join(folder, 'tls'), 'ca'),
    readPair(join(folder, 'tls'), 'server'),
    readPair(join(folder, 'tls'), 'client'),
  ]);
  return {
    organisations,
    orderer: { authority: ordererCa.certificate, node },
    tls: { authority: tlsCa.certificate, server, client },
  };
}

function assertSameOrganisations(held: readonly string[], asked: readonly string[], folder: string): void {
  const missing = asked.filter((mspId) => !held.includes(mspId));
  if (missing.length === 0) return;
  const message = `${folder} was founded by ${held.join(', ')}; it has no ${missing.join(', ')}`;
  throw new LedgerError('STORE_CORRUPT', message);
}

/**
 * The identities of a data folder: created on first use, read ever after. Keys have mode 0600.
 * @throws LedgerError STORE_CORRUPT when the folder belongs to other organisations or lacks a file.
 */
export async function openIdentityFolder(
  parent: string,
  mspIds: readonly string[],
  now: Date,
): Promise<IdentityFolder> {
  const folder = join(parent, 'identities');
  const exists = (await readdir(parent)).includes('identities');
  if (!exists) await found(parent, 'identities', mspIds, now);
  const identities = await readIdentities(folder).catch((cause: unknown) => {
    throw new LedgerError('STORE_CORRUPT', `${folder} cannot be read`, { cause });
  });
  assertSameOrganisations([...identities.organisations.keys()], mspIds, folder);
  return identities;
}
