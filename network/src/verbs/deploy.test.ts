import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type Server } from 'node:http';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { readDeployment } from '../chaincode/deployment';
import type { StatePaths } from '../layout';
import type { FabricTools, Tool } from '../fabric/tools';
import { assemble, type Places, type Session } from '../session';
import { parseTopology } from '../topology';
import type { CommandOptions, CommandResult } from '../runtime/command';
import type { ChaincodeService, NodeState, Runtime } from '../runtime/runtime';
import { deploy, mend } from './deploy';

const shipped = readFileSync(join(__dirname, '../../topology.yaml'), 'utf8');
const silent = (): void => undefined;

/** Answers as the channel would: a definition is committed when a majority approved it, and a sequence only once. */
class FakeFabric implements FabricTools {
  readonly steps: string[] = [];
  refuseInstallAt: string | undefined;
  /** Organisations whose peer has joined anew and holds no package. */
  readonly bare = new Set<string>();
  /** Organisations whose peer holds another package than was approved. */
  readonly unapproved = new Set<string>();
  /** How often a peer is still asked before its blocks hold the definition. */
  behind = 0;
  readonly #installed = new Map<string, string>();
  readonly #state: StatePaths;
  #sequence = 0;
  #approvals = new Set<string>();

  constructor(state: StatePaths) {
    this.#state = state;
  }

  check(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  run(_: Tool, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const verb = args[2] ?? '';
    const msp = options.env?.CORE_PEER_LOCALMSPID ?? '';
    if (!verb.startsWith('query')) this.steps.push(`${verb} ${msp}`);
    return Promise.resolve(this.#answer(verb, msp, args));
  }

  #answer(verb: string, msp: string, args: readonly string[]): CommandResult {
    const sequence = Number(args[args.indexOf('--sequence') + 1]);
    if (verb === 'querycommitted') return this.#committed();
    if (verb === 'install') return this.#install(msp, args[3] ?? '');
    if (verb === 'queryinstalled') return this.#queryInstalled(msp);
    if (verb === 'approveformyorg') return this.#approve(msp);
    if (this.#approvals.size < 3 || sequence !== this.#sequence + 1) return failed('not agreed to');
    this.#sequence = sequence;
    this.#approvals.clear();
    this.unapproved.clear();
    return done();
  }

  #install(msp: string, archive: string): CommandResult {
    if (msp === this.refuseInstallAt) return failed('no space left');
    this.bare.delete(msp);
    const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
    this.#installed.set(msp, digest);
    return done();
  }

  #queryInstalled(msp: string): CommandResult {
    const digest = this.#installed.get(msp);
    if (digest === undefined || this.bare.has(msp)) return { ...done(), stdout: '{}' };
    const references = this.unapproved.has(msp) ? {} : { audit: { chaincodes: [{ name: 'carbon' }] } };
    const ids = Object.values(readDeployment(this.#state)?.packageIds ?? {});
    const packages = ids.filter((id) => id.endsWith(digest)).map((id) => ({ package_id: id, references }));
    return { ...done(), stdout: JSON.stringify({ installed_chaincodes: packages }) };
  }

  #approve(msp: string): CommandResult {
    if (this.#approvals.has(msp))
      return failed('attempted to redefine uncommitted sequence (1) with unchanged content');
    this.#approvals.add(msp);
    return done();
  }

  #committed(): CommandResult {
    this.behind -= 1;
    if (this.#sequence === 0 || this.behind >= 0) return failed('namespace carbon is not defined');
    return { ...done(), stdout: JSON.stringify({ sequence: this.#sequence, version: 'v' }) };
  }
}

const done = (): CommandResult => ({ code: 0, stdout: '', stderr: '' });
const failed = (reason: string): CommandResult => ({ code: 1, stdout: '', stderr: `Error: ${reason}` });

class FakeRuntime implements Runtime {
  readonly running = new Map<string, ChaincodeService>();
  /** The most services that ran at one time. */
  peak = 0;

  startServices(services: readonly ChaincodeService[]): Promise<void> {
    for (const service of services) this.running.set(service.id, service);
    this.peak = Math.max(this.peak, this.running.size);
    return Promise.resolve();
  }

  stop(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.running.delete(id);
    return Promise.resolve();
  }

  state(id: string): Promise<NodeState> {
    return Promise.resolve(this.running.has(id) || id.startsWith('peer') ? 'running' : 'stopped');
  }

  preflight = (): Promise<readonly string[]> => Promise.resolve([]);
  memory = (): Promise<undefined> => Promise.resolve(undefined);
  startNodes = (): Promise<void> => Promise.resolve();
  awaitServices = (): Promise<void> => Promise.resolve();
  kill = (): Promise<void> => Promise.resolve();
  pause = (): Promise<void> => Promise.resolve();
  resume = (): Promise<void> => Promise.resolve();
  down = (): Promise<void> => Promise.resolve();
  logs = (): Promise<void> => Promise.resolve();
}

interface Bench {
  readonly session: Session;
  readonly fabric: FakeFabric;
  readonly runtime: FakeRuntime;
  readonly bundle: (code: string) => string;
}

let orderer: Server;

/** The orderer that is asked for its health; everything else about it is the fake's. */
beforeAll(async () => {
  orderer = createServer((_, response) => response.end('{"status":"OK"}'));
  await new Promise<void>((resolve) => {
    orderer.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => {
  orderer.close();
});

function bench(): Bench {
  const folder = temporaryFolder('deploy');
  const places: Places = { home: folder, stateRoot: join(folder, 'state'), topologyFile: '' };
  const runtime = new FakeRuntime();
  const planned = assemble(places, parseTopology(shipped), { mode: 'native', profiles: [] }, silent);
  const address = orderer.address();
  const operationsPort = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const layout = { ...planned.layout, orderers: planned.layout.orderers.map((node) => ({ ...node, operationsPort })) };
  const fabric = new FakeFabric(planned.state);
  writeCertificates(planned);
  const bundle = (code: string): string => {
    const file = join(folder, 'bundle.cjs');
    writeFileSync(file, code);
    return file;
  };
  return { session: { ...planned, layout, channel: layout, tools: fabric, runtime }, fabric, runtime, bundle };
}

function writeCertificates({ layout, state }: Session): void {
  for (const organisation of layout.organisations) {
    for (const directory of [organisation.chaincode.cryptoDir, organisation.chaincodeClientDir]) {
      const tls = join(state.crypto, directory, 'tls');
      mkdirSync(tls, { recursive: true });
      for (const file of ['ca.crt', 'server.crt', 'server.key'])
        writeFileSync(join(tls, file), `${organisation.name} ${file}`);
    }
  }
}

describe('deploy', () => {
  it('installs everywhere before anyone approves, and commits when all have', async () => {
    const { session, fabric, bundle } = bench();
    await deploy(session, bundle('one'));
    const verbs = fabric.steps.map((step) => step.split(' ')[0]);
    expect(verbs).toEqual([...Array<string>(5).fill('install'), ...Array<string>(5).fill('approveformyorg'), 'commit']);
    expect(readDeployment(session.state)).toMatchObject({ sequence: 1 });
  });

  it('gives each organisation a package and a service of its own', async () => {
    const { session, runtime, bundle } = bench();
    await deploy(session, bundle('one'));
    expect(runtime.running.size).toBe(5);
    expect(new Set([...runtime.running.values()].map(({ packageId }) => packageId)).size).toBe(5);
  });

  it('does nothing when the same bundle runs under the same rules, but starts its services', async () => {
    const { session, fabric, runtime, bundle } = bench();
    await deploy(session, bundle('one'));
    const steps = fabric.steps.length;
    runtime.running.clear();
    await deploy(session, bundle('one'));
    expect(fabric.steps).toHaveLength(steps);
    expect(runtime.running.size).toBe(5);
  });

  it('starts a new version beside the old one and ends the old one last', async () => {
    const { session, runtime, bundle } = bench();
    await deploy(session, bundle('one'));
    await deploy(session, bundle('two'));
    expect(runtime.peak).toBe(10);
    expect([...runtime.running.keys()].every((id) => id.startsWith('chaincode-1.'))).toBe(true);
    expect(readDeployment(session.state)).toMatchObject({ sequence: 2 });
  });

  it('takes a change of the collection as a new definition of the same code', async () => {
    const { session, fabric, bundle } = bench();
    await deploy(session, bundle('one'));
    const { topology } = session.layout;
    const collections = topology.chaincode.collections.map((collection) => ({ ...collection, blockToLive: 9 }));
    const changed = { ...topology, chaincode: { ...topology.chaincode, collections } };
    const layout = { ...session.layout, topology: changed };
    await deploy({ ...session, layout, channel: layout }, bundle('one'));
    expect(fabric.steps.filter((step) => step.startsWith('commit'))).toHaveLength(2);
  });

  it('goes on after a failure with the same sequence and the approvals that were given', async () => {
    const { session, fabric, bundle } = bench();
    fabric.refuseInstallAt = 'RegistryMSP';
    await expect(deploy(session, bundle('one'))).rejects.toThrow(/no space left/);
    fabric.refuseInstallAt = undefined;
    await deploy(session, bundle('one'));
    expect(readDeployment(session.state)).toMatchObject({ sequence: 1 });
  });

  it('gives the package back to a peer that joined anew, and nothing else', async () => {
    const { session, fabric, bundle } = bench();
    await deploy(session, bundle('one'));
    const steps = fabric.steps.length;
    fabric.bare.add('LabMSP').add('RegulatorMSP');
    await mend(session);
    expect(fabric.steps.slice(steps).sort()).toEqual(['install LabMSP', 'install RegulatorMSP']);
    expect(readDeployment(session.state)).toMatchObject({ sequence: 1 });
  });

  it('waits for the blocks of a peer that joined anew, where no other one tells of the definition', async () => {
    const { session, fabric, bundle } = bench();
    await deploy(session, bundle('one'));
    const steps = fabric.steps.length;
    const organisations = session.layout.organisations.filter(({ name }) => name === 'Lab');
    const layout = { ...session.layout, organisations, peers: organisations.flatMap(({ peers }) => peers) };
    fabric.bare.add('LabMSP');
    fabric.behind = 2;
    await mend({ ...session, layout }, true);
    expect(fabric.steps.slice(steps)).toEqual(['install LabMSP']);
  });

  it('approves the same contract anew where a peer holds another package than was approved', async () => {
    const { session, fabric, bundle } = bench();
    await deploy(session, bundle('one'));
    fabric.unapproved.add('LabMSP');
    // A clock that runs ahead, so that nobody waits for a package that is never taken up.
    let now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => (now += 5_000));
    await mend(session);
    clock.mockRestore();
    expect(fabric.steps.filter((step) => step.startsWith('commit'))).toHaveLength(2);
    expect(readDeployment(session.state)).toMatchObject({ sequence: 2 });
  });

  it('refuses to approve for others from one organisation’s own folder', async () => {
    const { session, fabric, bundle } = bench();
    const own = { ...session, choices: { ...session.choices, own: 'Lab' } };
    await expect(deploy(own, bundle('one'))).rejects.toThrow('This folder is Lab’s alone');
    expect(fabric.steps).toEqual([]);
  });

  it('has nothing to mend where nothing was deployed', async () => {
    const { session, fabric } = bench();
    await mend(session);
    expect(fabric.steps).toEqual([]);
  });

  it('says how to build a bundle that is not there', async () => {
    const { session } = bench();
    await expect(deploy(session, '/nowhere/bundle.cjs')).rejects.toMatchObject({
      remedy: 'Build it: npm run chaincode:bundle',
    });
  });
});
