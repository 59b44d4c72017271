import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDeployment, servicesOf } from '../chaincode/deployment';
import { NetworkError } from '../errors';
import { joinChannel } from '../fabric/channel';
import { awaitHealthy, nodeFigures, peersKnown } from '../fabric/operations';
import { generateFiles, writeFiles, writeProfiles } from '../generate';
import { pollUntil } from '../runtime/poll';
import { mend } from './deploy';
import { ensureIdentities, identityTools } from './identities';
import { hostFacts, writeNetwork, type Session } from '../session';
import { ensureGenesisBlock } from './genesis';

/** Brings the network up: from nothing, or from what `down` left. Repeating it is harmless. */
export async function up(session: Session): Promise<void> {
  const { layout, channel, state, tools, runtime, say } = session;
  await preflight(session);
  writeNetwork(state, { ...session.choices, topology: channel.topology });
  writeFiles(state, generateFiles(channel, state, hostFacts(session.places)));
  await ensureIdentities(session);
  if (await ensureGenesisBlock(session)) say(`Wrote the first block of channel ${layout.topology.channel}.`);

  writeProfiles(channel, state, layout.organisations);

  const nodes = [...layout.orderers, ...layout.peers];
  for (const node of nodes) mkdirSync(join(state.data, node.id), { recursive: true });
  say(
    `Starting ${layout.orderers.length} orderers (${layout.topology.ordering.consensus}) and ${layout.peers.length} peers …`,
  );
  await runtime.startNodes(nodes);
  await awaitHealthy(nodes, runtime);
  await joinChannel(layout, state, tools);
  await awaitGossip(session);
  await restartServices(session);
  await mend(session);
  say(`Up. Gateway profiles: ${state.profiles}`);
}

/** @throws NetworkError naming everything that stands in the way. */
async function preflight(session: Session): Promise<void> {
  const { layout, tools, runtime } = session;
  const needed = ['peer', 'configtxgen', 'osnadmin', ...identityTools(session)] as const;
  const faults = [...(await tools.check(needed, layout.topology.fabric.release)), ...(await runtime.preflight())];
  if (faults.length === 0) return;
  const list = faults.map((fault) => `  - ${fault}`).join('\n');
  throw new NetworkError(
    `The network cannot start here:\n${list}`,
    'Put these right, then run `up` again (network/README.md).',
  );
}

/** Peers that do not know each other yet cannot endorse together, so `up` ends when they all do. */
export async function awaitGossip({ layout }: Session): Promise<void> {
  const others = layout.peers.length - 1;
  await Promise.all(
    layout.peers.map((peer) =>
      pollUntil(
        async () => {
          const { height } = await nodeFigures(layout, peer);
          return height !== undefined && height > 0 && (await peersKnown(layout, peer)) >= others ? true : undefined;
        },
        {
          timeoutMs: 60_000,
          what: `${peer.id} to know the other ${others} peers`,
          remedy: `Read its log: npm run network:logs -- ${peer.id}`,
        },
      ),
    ),
  );
}

async function restartServices({ layout, state, runtime, say }: Session): Promise<void> {
  const deployment = readDeployment(state);
  if (deployment === undefined) return;
  await runtime.startServices(servicesOf(layout, state, deployment));
  say(`Chaincode services of sequence ${deployment.sequence} are running.`);
}
