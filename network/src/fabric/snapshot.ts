import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Layout, type OrganisationPlan, type PeerPlan, type StatePaths } from '../layout';
import { pollUntil } from '../runtime/poll';
import { adminEnvironment } from './identity';
import { nodeFigures } from './operations';
import { toolError, type FabricTools } from './tools';

const SNAPSHOT_TIMEOUT_MS = 3_600_000;

/** Where a peer keeps the snapshots that it has made, on this machine: one folder for each block. */
function completedFolder(layout: Layout, state: StatePaths, peer: PeerPlan): string {
  return join(state.data, peer.id, 'snapshots', 'completed', layout.topology.channel);
}

/**
 * Lets a peer write its state as of its last block, for others to join by. It goes on committing meanwhile.
 * @returns the snapshot's folder
 */
export async function takeSnapshot(
  layout: Layout,
  state: StatePaths,
  tools: FabricTools,
  organisation: OrganisationPlan,
  peer: PeerPlan,
): Promise<string> {
  const folder = completedFolder(layout, state, peer);
  const before = snapshotsIn(folder);
  await request(layout, state, tools, organisation, peer);
  const remedy = `Read its log: npm run network:logs -- ${peer.id}`;
  const made = await pollUntil(() => Promise.resolve(snapshotsIn(folder).find((name) => !before.includes(name))), {
    timeoutMs: SNAPSHOT_TIMEOUT_MS,
    what: `${peer.id} to write its snapshot`,
    remedy,
  });
  return join(folder, made);
}

/** A snapshot of the present height that was made before is not made again: then it is the one. */
export async function presentSnapshot(layout: Layout, state: StatePaths, peer: PeerPlan): Promise<string | undefined> {
  const { height = 0 } = await nodeFigures(layout, peer);
  const folder = join(completedFolder(layout, state, peer), String(height - 1));
  return existsSync(folder) ? folder : undefined;
}

async function request(
  layout: Layout,
  state: StatePaths,
  tools: FabricTools,
  organisation: OrganisationPlan,
  peer: PeerPlan,
): Promise<void> {
  const env = adminEnvironment(state, organisation, peer);
  const args = ['snapshot', 'submitrequest', '--channelID', layout.topology.channel, '--blockNumber', '0'];
  const at = ['--peerAddress', `${peer.address}:${peer.port}`];
  const root = ['--tlsRootCertFile', join(state.crypto, peer.cryptoDir, 'tls', 'ca.crt')];
  const result = await tools.run('peer', [...args, ...at, ...root], { env });
  if (result.code === 0 || /duplicate snapshot request/.test(result.stderr)) return;
  throw toolError('peer', `Asking ${peer.id} for a snapshot`, result, 'See `npm run network:status`.');
}

function snapshotsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];
}
