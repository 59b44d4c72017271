import { dirname, resolve } from 'node:path';
import { readGiven, readNamed } from '@carbon-ledger/auditor/stored';
import { decodeText, fileError, LedgerError, parseDocument, type Fault } from '@carbon-ledger/core';
import { isCommonProfile, readCommonProfile } from './common-profile';
import { readOwnProfile } from './own-profile';
import {
  DRIVERS,
  type Driver,
  type FabricProfile,
  type ProfileAdditions,
  type ProfileFiles,
  type ReadProfile,
} from './profile';

/**
 * How an organisation reaches its channel: from a gateway profile of ours, or from a common connection profile (JSON or
 * YAML) with what such a file has no place for. File names in the file are relative to it.
 * @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN for the file itself, BAD_FILE with every fault and how to say what is missing
 */
export async function readPeerProfile(file: string, additions: ProfileAdditions = {}): Promise<FabricProfile> {
  const value = await parseFile(file);
  const files = new Files(dirname(resolve(file)));
  const read = isCommonProfile(value) ? await readCommonProfile(value, files) : await readOwnProfile(value, files);
  const profile = await withAdditions(read, additions);
  const faults = [...files.faults, ...missing(profile)];
  const beside = [additions.certificate, additions.privateKey].filter((name) => name !== undefined);
  if (faults.length === 0)
    return whole(
      profile,
      [file, ...files.names, ...beside].map((name) => resolve(name)),
    );
  throw new LedgerError('BAD_FILE', `${file} does not say how to reach the channel.`, { faults });
}

async function parseFile(file: string): Promise<unknown> {
  const bytes = await readNamed(file);
  // Loaded here: only a profile in YAML needs it, and JSON is YAML too but for its error messages.
  const { parse } = await import('yaml');
  try {
    const text = decodeText(bytes, 'utf-8');
    return text.trimStart().startsWith('{') ? parseDocument(bytes) : parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new LedgerError('BAD_FILE', `${file} is neither JSON nor YAML: ${reason}`, { cause });
  }
}

class Files implements ProfileFiles {
  readonly faults: Fault[] = [];
  readonly names = new Set<string>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string, path: string): Promise<Buffer> {
    this.names.add(resolve(this.#folder, name));
    try {
      return await readGiven(resolve(this.#folder, name));
    } catch (error) {
      const { code, message } = fileError(error, resolve(this.#folder, name), 'read');
      this.faults.push({ path, code, message });
      return Buffer.alloc(0);
    }
  }
}

async function withAdditions(read: ReadProfile, additions: ProfileAdditions): Promise<ReadProfile> {
  const given = (name: string | undefined): Promise<Buffer> | undefined =>
    name === undefined ? undefined : readNamed(name);
  return {
    ...read,
    channel: additions.channel ?? read.channel,
    chaincode: additions.chaincode ?? read.chaincode,
    driver: additions.driver ?? read.driver ?? 'fabric-gateway',
    endorsers: additions.endorsers ?? read.endorsers,
    certificate: (await given(additions.certificate)) ?? read.certificate,
    privateKey: (await given(additions.privateKey)) ?? read.privateKey,
  };
}

/** What nobody has said yet, and how to say it. */
const NEEDED: readonly (readonly [keyof ReadProfile, string])[] = [
  ['mspId', 'the MSP id of the organisation is missing: client.organization must name one of organizations'],
  ['channel', 'the channel is missing: give --channel'],
  ['chaincode', 'the name of the chaincode is missing: give --chaincode'],
  ['certificate', 'the certificate of the gateway is missing: give --certificate'],
  ['privateKey', 'the private key of the gateway is missing: give --private-key'],
];

function missing(profile: ReadProfile): Fault[] {
  const faults = NEEDED.filter(([name]) => profile[name] === undefined).map(([name, message]) =>
    fault(`/${name}`, message),
  );
  if (profile.peers.length === 0) faults.push(fault('/peers', 'no peer of the own organisation is named'));
  if (!isDriver(profile.driver)) faults.push(fault('/driver', `the driver is one of ${DRIVERS.join(', ')}`));
  if (profile.driver === 'fabric-network' && profile.connectionProfile === undefined) {
    faults.push(
      fault('/driver', 'fabric-network needs a common connection profile, which names orderers and endorsers'),
    );
  }
  return faults;
}

function fault(path: string, message: string): Fault {
  return { path, code: 'BAD_FILE', message };
}

function isDriver(name: string | undefined): name is Driver {
  return DRIVERS.some((driver) => driver === name);
}

function whole(
  { mspId = '', channel = '', chaincode = '', driver, endorsers, ...read }: ReadProfile,
  files: readonly string[],
): FabricProfile {
  const [peer, ...otherPeers] = read.peers;
  if (peer === undefined || read.certificate === undefined || read.privateKey === undefined || !isDriver(driver)) {
    throw new LedgerError('INTERNAL', 'a profile that is not whole');
  }
  const { connectionProfile } = read;
  return {
    ...peer,
    otherPeers,
    archives: read.archives,
    orderers: read.orderers,
    driver,
    files,
    identity: { mspId, certificate: read.certificate, privateKey: read.privateKey },
    channel,
    chaincodeName: chaincode,
    ...(endorsers === undefined ? {} : { endorsingOrganizations: endorsers }),
    ...(connectionProfile === undefined ? {} : { connectionProfile }),
  };
}
