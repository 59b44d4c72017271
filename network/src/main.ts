import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, NetworkError } from './errors';
import { readInvocation, type Invocation } from './invocation';
import { planLayout } from './layout';
import { accept, approveOwn, commitOwn, initOrganisation, writeGenesis } from './org/verbs';
import { listPorts, parseTopology, type Topology } from './topology';
import { openSession, resumeOwnSession, resumeSession, reviseSession, type Session } from './session';
import { addOrganisation } from './verbs/add-org';
import { loadBundle, writeBundle } from './verbs/bundle';
import { clean } from './verbs/clean';
import { deploy } from './verbs/deploy';
import { actOnNodes, findNodes, NODE_ACTIONS } from './verbs/nodes';
import { backup, restore } from './verbs/backup';
import { addOrderer, removeOrderer } from './verbs/orderers';
import { removeOrganisation } from './verbs/remove-org';
import { revoke } from './verbs/revoke';
import { rotate } from './verbs/rotate';
import { rejoin } from './verbs/rejoin';
import { snapshot } from './verbs/snapshot';
import { status } from './verbs/status';
import { up } from './verbs/up';

interface Verb {
  readonly usage: string;
  readonly summary: string;
  /** Returns false when what it looked at is not well. */
  readonly run: (invocation: Invocation) => Promise<boolean | undefined>;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const resume = ({ places }: Invocation): Session => resumeSession(places, say);

const VERBS: Readonly<Record<string, Verb>> = {
  check: {
    usage: '[--profile NAME]… [--topology FILE]',
    summary: 'reads topology.yaml and names every fault in it',
    run: checkFile,
  },
  up: {
    usage: '[--native] [--profile NAME]…',
    summary: 'starts the network, or what is not running of it',
    run: async (invocation) => {
      await up(openSession(invocation.places, invocation.choices, say));
      return undefined;
    },
  },
  deploy: {
    usage: '[--chaincode BUNDLE]',
    summary: 'brings the contract into force: package, install, approve by all, commit',
    run: async (invocation) => {
      await deploy(reviseSession(invocation.places, say), invocation.bundle);
      return undefined;
    },
  },
  status: {
    usage: '',
    summary: 'nodes, heights, chaincode, certificates; exit code 2 when something is not well',
    run: (invocation) => status(resume(invocation), new Date()),
  },
  logs: {
    usage: '[NODE]… [--lines N] [--follow]',
    summary: 'the last lines of every log, or of the named nodes',
    run: async (invocation) => {
      const session = resume(invocation);
      const ids = findNodes(session, invocation.operands).map(({ id }) => id);
      await session.runtime.logs(ids, invocation.lines, invocation.follow);
      return undefined;
    },
  },
  down: {
    usage: '',
    summary: 'stops everything; ledgers, keys and profiles stay',
    run: async (invocation) => {
      await resume(invocation).runtime.down();
      say('Stopped. Data stays; `up` goes on from it, `clean` removes it.');
      return undefined;
    },
  },
  clean: {
    usage: '',
    summary: 'stops everything and removes all of its data and keys',
    run: async ({ places }) => {
      await clean(places, say);
      return undefined;
    },
  },
  bundle: {
    usage: '[--output DIR] [--profile NAME]…',
    summary: 'writes a folder with images, chaincode, verbs and checksums for a machine without a network',
    run: async ({ places, choices, bundle, output }) => {
      const topology = parseTopology(readFileSync(places.topologyFile, 'utf8'), choices.profiles);
      await writeBundle(places, planLayout(topology, 'docker'), bundle, output, say);
      return undefined;
    },
  },
  load: {
    usage: 'DIR',
    summary: 'checks such a folder and gives its images to the Docker engine',
    run: async ({ operands: [folder = '.'] }) => {
      await loadBundle(resolve(folder), say);
      return undefined;
    },
  },
  snapshot: {
    usage: 'PEER [--output DIR]',
    summary: 'writes the state of a peer, for others to join by',
    run: async (invocation) => {
      await snapshot(resume(invocation), invocation.operands[0], invocation.outputGiven);
      return undefined;
    },
  },
  rejoin: {
    usage: 'NODE [--snapshot DIR]',
    summary: 'lets a node that lost its disk begin anew, a peer by a snapshot too',
    run: async (invocation) => {
      await rejoin(resume(invocation), invocation.operands[0], invocation.snapshot);
      return undefined;
    },
  },
  rotate: {
    usage: 'NODE… | users',
    summary: 'new keys and certificates for nodes, one after the other, or for administrators and gateways',
    run: async (invocation) => {
      await rotate(resume(invocation), invocation.operands);
      return undefined;
    },
  },
  backup: {
    usage: 'DIR',
    summary: 'copies keys, first block, packages and profiles, with checksums; the network may run',
    run: async (invocation) => {
      await backup(resume(invocation), resolve(folderOf(invocation)));
      return undefined;
    },
  },
  restore: {
    usage: 'DIR',
    summary: 'checks such a copy and brings it back to an empty place (--state)',
    run: async (invocation) => {
      await restore(invocation.places, resolve(folderOf(invocation)), say);
      return undefined;
    },
  },
  org: {
    usage: 'init NAME | accept FILE… | genesis | approve | commit',
    summary: 'one organisation’s own folder (--state): keys stay in it, only public files are exchanged',
    run: async (invocation) => {
      await runOrganisationVerb(invocation);
      return undefined;
    },
  },
  'add-org': {
    usage: 'NAME [--port PORT]',
    summary: 'lets one more organisation join the running channel',
    run: async (invocation) => {
      const [name] = invocation.operands;
      if (name === undefined) throw new NetworkError('Who joins?', 'Name it: npm run network:add-org -- Observer');
      await addOrganisation(resume(invocation), name, invocation.port);
      return undefined;
    },
  },
  'remove-org': {
    usage: 'NAME',
    summary: 'lets an organisation leave the channel: its endorsement counts no more, its nodes stop',
    run: async (invocation) => {
      await removeOrganisation(resume(invocation), invocation.operands[0]);
      return undefined;
    },
  },
  'add-orderer': {
    usage: 'NAME --port PORT',
    summary: 'one more orderer for an organisation of the channel',
    run: async (invocation) => {
      await addOrderer(resume(invocation), invocation.operands[0], invocation.port);
      return undefined;
    },
  },
  'remove-orderer': {
    usage: 'NODE',
    summary: 'takes an orderer out of the channel for good, and stops it',
    run: async (invocation) => {
      await removeOrderer(resume(invocation), invocation.operands[0]);
      return undefined;
    },
  },
  revoke: {
    usage: 'NAME CERTIFICATE… | NAME --crl FILE',
    summary: 'certificates of an organisation that peers and orderers take no more',
    run: async (invocation) => {
      const [name, ...certificates] = invocation.operands;
      await revoke(resume(invocation), name, {
        certificates: certificates.map((file) => resolve(file)),
        crl: invocation.crl,
      });
      return undefined;
    },
  },
  ...Object.fromEntries(
    NODE_ACTIONS.map((action): [string, Verb] => [
      action,
      {
        usage: 'NODE…',
        summary: `${action}s one node, to see that the others bear it`,
        run: async (invocation) => {
          await actOnNodes(resume(invocation), action, invocation.operands);
          return undefined;
        },
      },
    ]),
  ),
};

function folderOf({ operands: [folder] }: Invocation): string {
  if (folder !== undefined) return folder;
  throw new NetworkError('Which folder?', 'Name it after the verb.');
}

/** Verbs of an organisation's own folder; all others work on such a folder too. */
async function runOrganisationVerb(invocation: Invocation): Promise<void> {
  const { operands, places, choices, bundle, replace } = invocation;
  const [verb = '', ...rest] = operands;
  switch (verb) {
    case 'init':
      return initOrganisation(places, choices, topologyOf(invocation), rest[0] ?? '', say);
    case 'accept':
      return accept(
        resumeOwnSession(invocation.places, say),
        rest.map((name) => resolve(name)),
        replace,
      );
    case 'genesis':
      return writeGenesis(resumeOwnSession(invocation.places, say));
    case 'approve':
      return approveOwn(resumeOwnSession(invocation.places, say), bundle);
    case 'commit':
      return commitOwn(resumeOwnSession(invocation.places, say));
    default:
      throw new NetworkError(
        `There is no verb org ${verb}.`,
        'There are: org init NAME, accept FILE…, genesis, approve, commit; and up, status, down, rejoin … for the rest.',
      );
  }
}

function topologyOf({ places, choices }: Invocation): Topology {
  return parseTopology(readFileSync(places.topologyFile, 'utf8'), choices.profiles);
}

function checkFile({ places, choices }: Invocation): Promise<undefined> {
  const topology = parseTopology(readFileSync(places.topologyFile, 'utf8'), choices.profiles);
  const peers = topology.organisations.reduce((sum, organisation) => sum + organisation.peers.length, 0);
  const { consensus, orderers } = topology.ordering;
  say(`${orderers.length} orderers (${consensus}), ${topology.organisations.length} organisations, ${peers} peers,`);
  say(`${listPorts(topology).length} ports. No fault found.`);
  return Promise.resolve(undefined);
}

function help(): string {
  const lines = Object.entries(VERBS).map(
    ([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(44)} ${summary}`,
  );
  return [
    'npm run network:VERB -- OPTIONS',
    '',
    ...lines,
    '',
    'Everywhere: --state DIR (where the network keeps itself)',
  ].join('\n');
}

/** Runs one verb; `home` is the folder `network/`. Returns the exit code: 0 done, 1 failed, 2 not well. */
export async function main(home: string, argv: readonly string[]): Promise<number> {
  try {
    const invocation = readInvocation(home, argv);
    const verb = VERBS[invocation.verb];
    if (verb === undefined) {
      say(help());
      return invocation.verb === 'help' ? 0 : 1;
    }
    return (await verb.run(invocation)) === false ? 2 : 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    if (error instanceof NetworkError) process.stderr.write(`→ ${error.remedy}\n`);
    return 1;
  }
}
