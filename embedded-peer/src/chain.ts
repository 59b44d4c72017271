import { LedgerError } from '@carbon-ledger/core';
import { X509Certificate } from 'node:crypto';
import { createBlock, createHeader, deriveCommitHash, type DecodedBlock } from './block/block';
import { Code } from './block/codes';
import { createGenesisEnvelope, readChannelConfig, type ChannelConfig } from './block/genesis';
import { blockDataHash, blockHeaderHash } from './block/header';
import { verifyBlock } from './block/verify';
import { assertIdentitiesProven, ORDERER_MSP, type IdentityFolder } from './identity/folder';
import { Membership } from './identity/membership';
import { assertPairsProven } from './identity/proving';
import { SigningIdentity } from './identity/signing-identity';
import { appendBlockOperations, BlockIndex } from './ledger/blocks';
import type { Store } from './ledger/store';
import type { PeerSettings } from './options';

/** An open chain: its founding configuration and who belongs to it, both read from block 0. */
export interface Chain {
  readonly config: ChannelConfig;
  /** Who may ask peers for anything: the organisations. */
  readonly membership: Membership;
  /** Whose signatures are known to the channel: the organisations and the orderers. */
  readonly signers: Membership;
  readonly genesisHash: Buffer;
}

function genesisEnvelope(settings: PeerSettings, identities: IdentityFolder): Buffer {
  const roots = new Map(
    settings.organisations.map((mspId) => [mspId, identities.organisations.get(mspId)?.authority ?? '']),
  );
  return createGenesisEnvelope({
    channel: settings.channel,
    organisations: roots,
    ordererMsp: ORDERER_MSP,
    ordererRoot: identities.orderer.authority,
    tlsRoot: identities.tls.authority,
    ordererEndpoint: `${settings.listen.host}:${settings.listen.port}`,
    ...settings.block,
    now: settings.clock(),
  });
}

async function writeGenesis(store: Store, settings: PeerSettings, identities: IdentityFolder): Promise<void> {
  const envelope = genesisEnvelope(settings, identities);
  const header = createHeader(0, Buffer.alloc(0), [envelope]);
  const codes = [Code.VALID];
  const commitHash = deriveCommitHash(codes, Buffer.alloc(0), Buffer.alloc(0));
  const orderer = new SigningIdentity(ORDERER_MSP, identities.orderer.node);
  const bytes = createBlock({ header, envelopes: [envelope], codes, commitHash }, orderer);
  const outcomes = [{ txId: readChannelConfig(envelope).txId, code: Code.VALID }];
  await store.write(appendBlockOperations(bytes, header, commitHash, outcomes, new BlockIndex(store)));
}

/** @throws LedgerError STORE_CORRUPT where there is a ledger whose end cannot be found: it must not be founded over */
async function foundIn(store: Store, settings: PeerSettings, identities: IdentityFolder): Promise<void> {
  if (!(await store.isEmpty()))
    throw new LedgerError('STORE_CORRUPT', `${settings.dataDir}: there are blocks, but not where they end`);
  assertPairsProven(settings.dataDir, identities.held);
  await writeGenesis(store, settings, identities);
}

function membershipOf(roots: ReadonlyMap<string, readonly string[]>, clock: () => Date): Membership {
  const certificates = [...roots].map(([mspId, pems]) => [mspId, pems.map((pem) => new X509Certificate(pem))] as const);
  return new Membership(new Map(certificates), clock);
}

/**
 * Block 0 says who belongs to the channel: it must still be the block that its own header and the next block name. Constant
 * work; what lies between is for fsck.
 */
function verifyGenesis(blocks: BlockIndex): DecodedBlock {
  const genesis = blocks.require(0);
  if (!blockDataHash(genesis.envelopes).equals(genesis.header.dataHash))
    throw new Error('block 0: the data do not match the header');
  if (blocks.tip().height > 1 && !blockHeaderHash(genesis.header).equals(blocks.require(1).header.previousHash))
    throw new Error('block 1 does not continue block 0');
  return genesis;
}

/** The tip against the index that names it, and the orderer's signature over it: constant work however long the chain is. */
function verifyTip(blocks: BlockIndex, orderers: Membership): void {
  const tip = blocks.tip();
  const block: DecodedBlock = blocks.require(tip.height - 1);
  if (!blockHeaderHash(block.header).equals(tip.headerHash)) throw new Error('the last block is not the tip');
  if (!tip.commitHash.equals(block.commitHash)) throw new Error('the state is not that of the last block');
  verifyBlock(block, orderers);
}

/**
 * Founds the chain in a new folder or checks the beginning and the end of an existing one, and every identity against it.
 * @throws LedgerError STORE_CORRUPT, IDENTITY_DAMAGED
 */
export async function openChain(store: Store, settings: PeerSettings, identities: IdentityFolder): Promise<Chain> {
  const blocks = new BlockIndex(store);
  if (blocks.tip().height === 0) await foundIn(store, settings, identities);
  const { genesis, config } = orCorrupt(settings, () => readGenesis(blocks));
  assertIdentitiesProven(settings.dataDir, identities, new Map([...config.organisations, ...config.orderers]));
  orCorrupt(settings, () => {
    verifyTip(blocks, membershipOf(config.orderers, settings.clock));
  });
  const membership = membershipOf(config.organisations, settings.clock);
  const signers = membershipOf(new Map([...config.organisations, ...config.orderers]), settings.clock);
  return { config, membership, signers, genesisHash: blockHeaderHash(genesis.header) };
}

/** Block 0 and what it says, once it is known to be the one that the next block names. @throws Error where it is not */
export function readGenesis(blocks: BlockIndex): { genesis: DecodedBlock; config: ChannelConfig } {
  const genesis = verifyGenesis(blocks);
  const [envelope = Buffer.alloc(0)] = genesis.envelopes;
  return { genesis, config: readChannelConfig(envelope) };
}

function orCorrupt<T>({ dataDir }: PeerSettings, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LedgerError('STORE_CORRUPT', `${dataDir}: ${reason}`, { cause });
  }
}
