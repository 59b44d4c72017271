import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeImage, toolsImage } from './config/compose';
import { NetworkError } from './errors';
import { PathOrImageTools } from './fabric/image-tools';
import { PathTools, type FabricTools } from './fabric/tools';
import type { HostFacts } from './generate';
import { ownPart, planLayout, statePaths, type Layout, type Mode, type StatePaths } from './layout';
import { containerUser, formatUser } from './runtime/container-user';
import { DockerEngine } from './runtime/docker-engine';
import { DockerRuntime } from './runtime/docker';
import { NativeRuntime } from './runtime/native';
import type { Runtime } from './runtime/runtime';
import { parseTopology, validateTopology, type Topology } from './topology';

/** Where the project's own files lie and where the network's state goes. */
export interface Places {
  /** The folder `network/`: topology.yaml, ccaas-builder, docker. */
  readonly home: string;
  readonly stateRoot: string;
  readonly topologyFile: string;
}

export interface Choices {
  readonly mode: Mode;
  readonly profiles: readonly string[];
  /** The organisation whose folder this is; everybody's where it is not said. */
  readonly own?: string | undefined;
}

/** All that a verb works with. `say` tells a person what is being done, one line at a time. */
export interface Session {
  readonly places: Places;
  readonly choices: Choices;
  /** What is run from here: everything, or one organisation's part. */
  readonly layout: Layout;
  /** The whole channel, which others run parts of. */
  readonly channel: Layout;
  readonly state: StatePaths;
  readonly tools: FabricTools;
  readonly runtime: Runtime;
  readonly say: (line: string) => void;
}

const networkSchema = z.strictObject({
  version: z.literal(1),
  mode: z.enum(['docker', 'native']),
  profiles: z.array(z.string()),
  own: z.string().optional(),
  topology: z.unknown(),
});

interface StoredNetwork extends Choices {
  readonly topology: Topology;
}

/** What a running or stopped network was started from; undefined when there is none. */
export function readNetwork(state: StatePaths): StoredNetwork | undefined {
  if (!existsSync(state.networkFile)) return undefined;
  const stored = networkSchema.parse(JSON.parse(readFileSync(state.networkFile, 'utf8')));
  const { mode, profiles, own } = stored;
  return { mode, profiles, own, topology: validateTopology(stored.topology) };
}

export function writeNetwork(state: StatePaths, network: StoredNetwork): void {
  mkdirSync(state.root, { recursive: true });
  writeFileSync(state.networkFile, `${JSON.stringify({ version: 1, ...network }, null, 2)}\n`);
}

/** A session for a network that was started before. */
export function resumeSession(places: Places, say: Session['say']): Session {
  const state = statePaths(places.stateRoot);
  const network = readNetwork(state);
  if (network === undefined) {
    throw new NetworkError(
      'There is no network here.',
      'Start one: npm run network:up (or `npm run network:up -- --native`).',
    );
  }
  return assemble(places, network.topology, network, say);
}

/** A session in the folder that one organisation began for itself. */
export function resumeOwnSession(places: Places, say: Session['say']): Session {
  const network = readNetwork(statePaths(places.stateRoot));
  if (network?.own !== undefined) return resumeSession(places, say);
  const what = network === undefined ? 'is no organisation’s folder' : 'is everybody’s, no organisation’s own folder';
  throw new NetworkError(
    `${places.stateRoot} ${what}.`,
    'Begin one of its own: npm run network:org -- init NAME --state DIR',
  );
}

/**
 * A session for `deploy`: the network as it was started, with the chaincode's rules (endorsement, collections) as
 * topology.yaml states them now. A change of these is a new definition, not a new network.
 */
export function reviseSession(places: Places, say: Session['say']): Session {
  const session = resumeSession(places, say);
  const { topology } = session.layout;
  const { chaincode } = parseTopology(readFileSync(places.topologyFile, 'utf8'), session.choices.profiles);
  if (chaincode.name !== topology.chaincode.name || chaincode.services !== topology.chaincode.services) {
    throw new NetworkError(
      'The name of the chaincode and who runs its services cannot change on a network that is there.',
      'Set chaincode.name and chaincode.services back, or start anew: npm run network:clean',
    );
  }
  const revised = validateTopology({ ...topology, chaincode });
  writeNetwork(session.state, { ...session.choices, topology: revised });
  return assemble(places, revised, session.choices, say);
}

/**
 * A session for `up`: the network that is there goes on as it was started, otherwise topology.yaml decides.
 * @throws NetworkError when the choices contradict the network that is there.
 */
export function openSession(places: Places, choices: Choices, say: Session['say']): Session {
  const state = statePaths(places.stateRoot);
  const network = readNetwork(state);
  if (network !== undefined) {
    assertSameChoices(network, { ...choices, own: network.own });
    return assemble(places, network.topology, network, say);
  }
  const topology = parseTopology(readFileSync(places.topologyFile, 'utf8'), choices.profiles);
  return assemble(places, topology, choices, say);
}

function assertSameChoices(network: StoredNetwork, choices: Choices): void {
  const describe = ({ mode, profiles }: Choices): string => [mode, ...profiles].join(' + ');
  // An organisation's folder says by itself what it is of.
  if (network.own !== undefined) return;
  if (describe(network) === describe(choices)) return;
  throw new NetworkError(
    `The network here was started as: ${describe(network)}; asked for now: ${describe(choices)}.`,
    'Repeat `up` with the same options, or remove that network and its data first: npm run network:clean',
  );
}

/** Puts a session together around a topology; add-org does so with one that has grown. */
export function assemble(
  places: Places,
  topology: Topology,
  { mode, profiles, own }: Choices,
  say: Session['say'],
): Session {
  const channel = planLayout(topology, mode);
  const layout = own === undefined ? channel : ownPart(channel, own);
  const state = statePaths(places.stateRoot);
  return {
    places,
    choices: { mode, profiles, own },
    layout,
    channel,
    state,
    tools: makeTools(layout, state),
    runtime: makeRuntime(places, layout, state),
    say,
  };
}

function makeTools(layout: Layout, state: StatePaths): FabricTools {
  if (layout.mode === 'native') return new PathTools();
  return new PathOrImageTools(
    new DockerEngine(),
    { tools: toolsImage(layout), authority: nodeImage(layout, 'authority') },
    state.root,
  );
}

function makeRuntime(places: Places, layout: Layout, state: StatePaths): Runtime {
  if (layout.mode === 'native') return new NativeRuntime(layout, state);
  return new DockerRuntime(layout, state, join(places.home, 'docker'));
}

/** What generated files take from this machine. */
export function hostFacts(places: Places): HostFacts {
  return { builderPath: join(places.home, 'ccaas-builder'), containerUser: formatUser(containerUser()) };
}
