import './endorser/quiet-shim';
import { storeError, type LedgerError } from '@carbon-ledger/core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlServer } from './backup/control';
import { openChain, type Chain } from './chain';
import { assertClock } from './clock';
import { Committer, type CommittedBlock } from './commit/committer';
import type { ChannelRules } from './commit/validator';
import { writeConnectionProfile } from './connection-profile';
import { ChaincodeHost } from './endorser/chaincode-host';
import { Endorser } from './endorser/endorser';
import { OwnEndorsements } from './endorser/own-endorsements';
import { asFounded } from './founded';
import { openIdentityFolder, ORDERER_MSP, type IdentityFolder } from './identity/folder';
import { createPolicy } from './identity/signature-policy';
import { SigningIdentity } from './identity/signing-identity';
import { BlockIndex } from './ledger/blocks';
import { Store } from './ledger/store';
import { submitLocally } from './local-client';
import { resolveSettings, type EmbeddedPeerOptions, type PeerSettings } from './options';
import { Orderer } from './orderer/orderer';
import { PrivateStage } from './orderer/private-stage';
import { CommitNotifier } from './services/commit-notifier';
import type { PeerContext } from './services/peer-context';
import { startServer, type RunningServer } from './services/server';

const TLS_SERVER_NAME = 'localhost';
const PRIVATE_FOLDER = 0o700;

/** Who a client of this peer can be. */
export interface ClientIdentity {
  readonly mspId: string;
  /** PEM. */
  readonly certificate: Buffer;
  /** PEM, PKCS #8. */
  readonly privateKey: Buffer;
}

/** A running peer. */
export interface EmbeddedPeer {
  /** `host:port` of all its gRPC services. */
  readonly endpoint: string;
  /** What a client needs for mutual TLS. */
  readonly tls: {
    readonly rootCert: Buffer;
    readonly clientCert: Buffer;
    readonly clientKey: Buffer;
    readonly serverName: string;
  };
  /** A client identity per organisation, by MSP id. */
  readonly identities: ReadonlyMap<string, ClientIdentity>;
  readonly channel: string;
  readonly chaincodeName: string;
  /** A common connection profile for other programs, written at each start. */
  readonly profileFile: string;
  /** Hex SHA-256 of the genesis block's header: the ledger's name for itself. */
  readonly genesisHash: string;
  /** Number of committed blocks. */
  height(): bigint;
  /** Resolves when the peer had to stop by itself because a block could not be written; never rejects. */
  readonly failed: Promise<LedgerError>;
  /** Ends the services, finishes the block that is being written, and frees the folder. */
  close(): Promise<void>;
}

function channelRules(settings: PeerSettings, chain: Chain, own: OwnEndorsements): ChannelRules {
  return {
    channel: settings.channel,
    chaincode: settings.chaincodeName,
    collections: new Map([...settings.collections.keys()].map((name) => [name, undefined])),
    membership: chain.signers,
    endorsement: createPolicy(settings.required, [...chain.config.organisations.keys()]),
    own,
  };
}

interface Parts {
  readonly settings: PeerSettings;
  readonly identities: IdentityFolder;
  readonly chain: Chain;
  readonly store: Store;
}

function peersOf({ settings, identities }: Parts): Map<string, SigningIdentity> {
  const peers = new Map<string, SigningIdentity>();
  for (const mspId of settings.organisations) {
    const keys = identities.organisations.get(mspId);
    if (keys) peers.set(mspId, new SigningIdentity(mspId, keys.peer));
  }
  return peers;
}

function createOrderer(
  { settings, identities, store }: Parts,
  rules: ChannelRules,
  stage: PrivateStage,
  notifier: CommitNotifier,
  onFailure: (error: unknown) => void,
): Orderer {
  const committer = new Committer(store, rules, new SigningIdentity(ORDERER_MSP, identities.orderer.node));
  const onBlock = (block: CommittedBlock): void => {
    notifier.publish(block);
    settings.onBlock(BigInt(notifier.height));
  };
  return new Orderer(settings.block, { store, rules, committer, stage, onBlock, onFailure });
}

function createContext(parts: Parts, address: () => string, onFailure: (error: unknown) => void): PeerContext {
  const { settings, chain, store } = parts;
  const own = new OwnEndorsements();
  const rules = channelRules(settings, chain, own);
  const stage = new PrivateStage();
  const notifier = new CommitNotifier(new BlockIndex(store).tip().height);
  const host = new ChaincodeHost(settings.chaincodeName, settings.contracts);
  return {
    channel: settings.channel,
    chaincode: settings.chaincodeName,
    store,
    endorser: new Endorser(store, host, settings.collections, stage, own),
    orderer: createOrderer(parts, rules, stage, notifier, (error) => {
      notifier.close();
      onFailure(error);
    }),
    notifier,
    membership: chain.membership,
    peers: peersOf(parts),
    collections: settings.collections,
    endorsement: { required: settings.required, policy: rules.endorsement },
    address,
    ordererMsp: ORDERER_MSP,
  };
}

/** The contract's own first transaction. Run again when a crash came between founding the folder and this. */
async function initialise(context: PeerContext, { settings, identities }: Parts): Promise<void> {
  const [mspId = ''] = settings.organisations;
  const admin = identities.organisations.get(mspId)?.admin;
  if (settings.initArgs.length === 0 || context.notifier.height > 1 || !admin) return;
  const transaction = { args: settings.initArgs, transient: settings.initTransient, now: settings.clock() };
  await submitLocally(context, new SigningIdentity(mspId, admin), transaction);
}

function clientIdentities({ settings, identities }: Parts): Map<string, ClientIdentity> {
  const clients = new Map<string, ClientIdentity>();
  for (const mspId of settings.organisations) {
    const pair = identities.organisations.get(mspId)?.client;
    if (!pair) continue;
    clients.set(mspId, {
      mspId,
      certificate: Buffer.from(pair.certificate),
      privateKey: Buffer.from(pair.privateKey),
    });
  }
  return clients;
}

type Served = Pick<EmbeddedPeer, 'profileFile' | 'failed' | 'close'>;

function describe(parts: Parts, context: PeerContext, served: Served): EmbeddedPeer {
  const { identities, chain } = parts;
  return {
    ...served,
    endpoint: context.address(),
    tls: {
      rootCert: Buffer.from(identities.tls.authority),
      clientCert: Buffer.from(identities.tls.client.certificate),
      clientKey: Buffer.from(identities.tls.client.privateKey),
      serverName: TLS_SERVER_NAME,
    },
    identities: clientIdentities(parts),
    channel: context.channel,
    chaincodeName: context.chaincode,
    genesisHash: chain.genesisHash.toString('hex'),
    height: () => BigInt(context.notifier.height),
  };
}

interface Servers {
  readonly server: RunningServer;
  readonly control: ControlServer;
}

function closer(context: PeerContext, { server, control }: Servers, store: Store): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    await context.orderer.stop();
    context.notifier.close();
    await server.close();
    await control.close();
    await store.close();
  };
  return () => (closing ??= run());
}

async function run(parts: Parts): Promise<EmbeddedPeer> {
  const { settings, identities, store } = parts;
  let port = settings.listen.port;
  const address = (): string => `${settings.listen.host}:${port}`;
  let fail: (error: LedgerError) => void;
  const failed = new Promise<LedgerError>((resolve) => {
    fail = resolve;
  });
  const context = createContext(parts, address, (cause) => {
    fail(storeError(cause, settings.dataDir, 'took no more blocks'));
  });
  await initialise(context, parts);
  const server = await startServer(context, { ...settings.listen, tls: identities.tls });
  port = server.port;
  try {
    const profileFile = await writeConnectionProfile({ ...settings, endpoint: address(), tls: identities.tls });
    const control = await ControlServer.open(join(settings.dataDir, 'peer'), store);
    return describe(parts, context, { profileFile, failed, close: closer(context, { server, control }, store) });
  } catch (error) {
    await server.close();
    throw error;
  }
}

/**
 * Opens the folder (founding it when new), runs the init transaction of a new ledger, and serves.
 *
 * The folder is locked first, so nothing is created beside a running peer.
 * @throws LedgerError USAGE (other names than it was founded with), PORT_TAKEN, FOLDER_LOCKED, DISK_FULL,
 * FILE_FORBIDDEN, CLOCK_BEHIND, STORE_CORRUPT; RangeError for options out of range; Error when init is refused.
 */
export async function startEmbeddedPeer(options: EmbeddedPeerOptions): Promise<EmbeddedPeer> {
  const { dataDir } = resolveSettings(options);
  const folder = join(dataDir, 'peer');
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const store = await Store.open(folder);
  try {
    const settings = resolveSettings(asFounded(options, store));
    assertClock(store, settings);
    const identities = await openIdentityFolder(folder, settings.organisations, settings.clock());
    const chain = await openChain(store, settings, identities);
    return await run({ settings, identities, chain, store });
  } catch (error) {
    await store.close();
    throw error;
  }
}
