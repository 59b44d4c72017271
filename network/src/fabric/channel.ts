import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHANNEL_PROFILE } from '../config/configtx';
import { NetworkError } from '../errors';
import {
  OUTSIDE_HOST,
  type Layout,
  type OrdererPlan,
  type OrganisationPlan,
  type PeerPlan,
  type StatePaths,
} from '../layout';
import { pollUntil } from '../runtime/poll';
import { adminEnvironment } from './identity';
import { toolError, type FabricTools } from './tools';

const JOIN_TIMEOUT_MS = 60_000;
/** The state of years is read and written once. */
const SNAPSHOT_TIMEOUT_MS = 3_600_000;

/** Writes a first block of the channel as configtx.yaml states it. */
export async function writeGenesisBlock(
  layout: Layout,
  state: StatePaths,
  tools: FabricTools,
  file: string = state.genesisBlock,
): Promise<void> {
  mkdirSync(state.channel, { recursive: true });
  const args = ['-profile', CHANNEL_PROFILE, '-channelID', layout.topology.channel, '-outputBlock', file];
  const result = await tools.run('configtxgen', args, { env: { FABRIC_CFG_PATH: state.config } });
  if (result.code !== 0) {
    throw toolError(
      'configtxgen',
      'Writing the genesis block',
      result,
      'Correct topology.yaml, then `network:clean` and `up`.',
    );
  }
}

/** Joins every orderer, then every peer; those that are members already are left as they are. */
export async function joinChannel(layout: Layout, state: StatePaths, tools: FabricTools): Promise<void> {
  await Promise.all(layout.orderers.map((orderer) => joinOrderer(layout, state, tools, orderer)));
  await Promise.all(
    layout.organisations.flatMap((organisation) =>
      organisation.peers.map((peer) => joinPeer(layout, state, tools, organisation, peer)),
    ),
  );
}

/** osnadmin exits 0 on HTTP errors, so the status it prints is what counts: 201 joined now, 405 joined before. */
export async function joinOrderer(
  layout: Layout,
  state: StatePaths,
  tools: FabricTools,
  orderer: OrdererPlan,
  block = state.genesisBlock,
): Promise<void> {
  const args = [
    'channel',
    'join',
    ...osnadminArguments(layout, state, orderer),
    '--channelID',
    layout.topology.channel,
    '--config-block',
    block,
  ];
  await pollUntil(
    async () => {
      const result = await tools.run('osnadmin', args);
      const status = /Status: (\d+)/.exec(result.stdout)?.[1];
      if (status === '201' || status === '405') return true;
      throw new Error(`${result.stdout}${result.stderr}`.trim());
    },
    {
      timeoutMs: JOIN_TIMEOUT_MS,
      what: `${orderer.id} to join the channel`,
      remedy: `Read its log: npm run network:logs -- ${orderer.id}`,
    },
  );
}

function osnadminArguments(layout: Layout, state: StatePaths, orderer: OrdererPlan): string[] {
  const owner = layout.ordering.find((organisation) => organisation.mspId === orderer.mspId);
  if (owner === undefined) throw new RangeError(`${orderer.id} has no owner`);
  const admin = join(state.crypto, owner.adminDir, 'tls');
  return [
    '-o',
    `${OUTSIDE_HOST}:${orderer.adminPort}`,
    '--ca-file',
    join(state.crypto, orderer.cryptoDir, 'tls', 'ca.crt'),
    '--client-cert',
    join(admin, 'client.crt'),
    '--client-key',
    join(admin, 'client.key'),
  ];
}

/**
 * Joins by a snapshot, a folder that the peer itself can read: it takes the state from there, and blocks from then on.
 * Returns when the peer has the channel.
 */
export async function joinPeerBySnapshot(
  state: StatePaths,
  tools: FabricTools,
  organisation: OrganisationPlan,
  peer: PeerPlan,
  folder: string,
): Promise<void> {
  const env = adminEnvironment(state, organisation, peer);
  const result = await tools.run('peer', ['channel', 'joinbysnapshot', '--snapshotpath', folder], { env });
  const remedy = `Read its log: npm run network:logs -- ${peer.id}`;
  if (result.code !== 0) throw toolError('peer', `Joining ${peer.id} by snapshot`, result, remedy);
  await pollUntil(
    async () => {
      const status = await tools.run('peer', ['channel', 'joinbysnapshotstatus'], { env });
      return /No joinbysnapshot operation is in progress/.test(status.stdout + status.stderr) ? true : undefined;
    },
    { timeoutMs: SNAPSHOT_TIMEOUT_MS, what: `${peer.id} to take in the snapshot`, remedy },
  );
}

export async function joinPeer(
  layout: Layout,
  state: StatePaths,
  tools: FabricTools,
  organisation: OrganisationPlan,
  peer: PeerPlan,
  block: string = state.genesisBlock,
): Promise<void> {
  const env = adminEnvironment(state, organisation, peer);
  await pollUntil(
    async () => {
      const result = await tools.run('peer', ['channel', 'join', '-b', block], { env });
      if (result.code === 0 || /already exists/.test(result.stderr)) return true;
      throw new NetworkError(result.stderr.trim(), 'Read the log of the peer.');
    },
    {
      timeoutMs: JOIN_TIMEOUT_MS,
      what: `${peer.id} to join the channel`,
      remedy: `Read its log: npm run network:logs -- ${peer.id}`,
    },
  );
}
