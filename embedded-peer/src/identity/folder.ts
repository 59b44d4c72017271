import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import { createAuthority, type Authority, type KeyPair } from './certificates';
import { assertPairsProven, type HeldPair } from './proving';

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
  /** Every pair of the folder, those of authorities included. */
  readonly held: readonly HeldPair[];
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
    readHeld(join(folder, `${name}.pem`)),
    readHeld(join(folder, `${name}.key`)),
  ]);
  return { certificate, privateKey };
}

/** @throws LedgerError IDENTITY_DAMAGED, naming the file */
async function readHeld(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new LedgerError('IDENTITY_DAMAGED', `${file} cannot be read`, { cause });
  });
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

/** Pairs under an authority, in the folder of both; the authority is the first. */
async function readUnder(
  folder: string,
  place: string,
  units: readonly (readonly [string, string?])[],
): Promise<HeldPair[]> {
  const authority = await readPair(join(folder, place), 'ca');
  const issuer = authority.certificate;
  const leaves = units.map(async ([name, unit]): Promise<HeldPair> => {
    const pair = await readPair(join(folder, place), name);
    return { name: `identities/${place}/${name}`, pair, issuer, ...(unit === undefined ? {} : { unit }) };
  });
  return [{ name: `identities/${place}/ca`, pair: authority, issuer }, ...(await Promise.all(leaves))];
}

const ORGANISATION_UNITS = [
  ['peer', 'peer'],
  ['client', 'client'],
  ['admin', 'admin'],
] as const;

async function readIdentities(folder: string): Promise<IdentityFolder> {
  const names = (await readdir(join(folder, 'organisations'))).sort();
  const under = names.map((name) => readUnder(folder, `organisations/${name}`, ORGANISATION_UNITS));
  const ofOrganisations = await Promise.all(under);
  const ofOrderer = await readUnder(folder, 'orderer', [['orderer', 'orderer']]);
  const ofTls = await readUnder(folder, 'tls', [['server'], ['client']]);
  const [ordererCa, node] = pairsOf(ofOrderer, 2);
  const [tlsCa, server, client] = pairsOf(ofTls, 3);
  return {
    held: [...ofOrganisations.flat(), ...ofOrderer, ...ofTls],
    organisations: new Map(ofOrganisations.map((held, at) => [names[at] ?? '', keysOf(held)])),
    orderer: { authority: ordererCa.certificate, node },
    tls: { authority: tlsCa.certificate, server, client },
  };
}

function keysOf(held: readonly HeldPair[]): OrganisationKeys {
  const [ca, peer, client, admin] = pairsOf(held, 4);
  return { authority: ca.certificate, peer, client, admin };
}

function pairsOf(held: readonly HeldPair[], count: 2): [KeyPair, KeyPair];
function pairsOf(held: readonly HeldPair[], count: 3): [KeyPair, KeyPair, KeyPair];
function pairsOf(held: readonly HeldPair[], count: 4): [KeyPair, KeyPair, KeyPair, KeyPair];
function pairsOf(held: readonly HeldPair[], count: number): KeyPair[] {
  return held.slice(0, count).map(({ pair }) => pair);
}

/**
 * Holds every key and certificate to each other and to the roots of the channel, before anything is signed or answered.
 * @param roots MSP id → root certificates of the channel's configuration
 * @throws LedgerError IDENTITY_DAMAGED with every file that is wrong
 */
export function assertIdentitiesProven(
  folder: string,
  { held }: IdentityFolder,
  roots: ReadonlyMap<string, readonly string[]>,
): void {
  assertPairsProven(
    folder,
    held.map((one) => ({ ...one, roots: rootsFor(one.name, roots) })),
  );
}

/** What the channel knows of an authority; it names none for TLS that anybody would be held to. */
function rootsFor(name: string, roots: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const [, kind, mspId = '', unit] = name.split('/');
  if (kind === 'organisations' && unit === 'ca') return roots.get(mspId) ?? [];
  return kind === 'orderer' && mspId === 'ca' ? (roots.get(ORDERER_MSP) ?? []) : undefined;
}

function assertSameOrganisations(held: readonly string[], asked: readonly string[], folder: string): void {
  const missing = asked.filter((mspId) => !held.includes(mspId));
  if (missing.length === 0) return;
  const message = `${folder} was founded by ${held.join(', ')}; it has no ${missing.join(', ')}`;
  throw new LedgerError('STORE_CORRUPT', message);
}

/**
 * The identities of a data folder: created on first use, read ever after. Keys have mode 0600.
 * @throws LedgerError STORE_CORRUPT when the folder belongs to other organisations, IDENTITY_DAMAGED when it lacks a file.
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
    if (isLedgerError(cause)) throw cause;
    throw new LedgerError('IDENTITY_DAMAGED', `${folder} cannot be read`, { cause });
  });
  assertSameOrganisations([...identities.organisations.keys()], mspIds, folder);
  return identities;
}
