import { join } from 'node:path';
import { endorsementPolicy } from '../config/policies';
import { type Layout, type OrganisationPlan, type PeerPlan, type StatePaths } from '../layout';
import { adminEnvironment, ordererArguments } from './identity';
import { healthyOrderer } from './operations';
import { toolError, type FabricTools } from './tools';

/** A chaincode definition as organisations approve it; the package id is each organisation's own. */
export interface Definition {
  readonly sequence: number;
  readonly version: string;
}

export interface InstalledPackage {
  readonly id: string;
  /** Whether the peer runs our chaincode on our channel from it: its organisation's approval, as this peer knows it, names it. */
  readonly isInUse: boolean;
}

/** Fabric's chaincode lifecycle: install, approve, commit, ask. Repeating a step that was taken is no error. */
export class Lifecycle {
  readonly #layout: Layout;
  readonly #state: StatePaths;
  readonly #tools: FabricTools;

  constructor(layout: Layout, state: StatePaths, tools: FabricTools) {
    this.#layout = layout;
    this.#state = state;
    this.#tools = tools;
  }

  /** Installs an archive at one peer. */
  async install(organisation: OrganisationPlan, peer: PeerPlan, archive: string): Promise<void> {
    const env = adminEnvironment(this.#state, organisation, peer);
    const result = await this.#tools.run('peer', ['lifecycle', 'chaincode', 'install', archive], { env });
    if (result.code === 0 || /already successfully installed/.test(result.stderr)) return;
    throw toolError('peer', `Installing at ${peer.id}`, result, `Read its log: npm run network:logs -- ${peer.id}`);
  }

  /** Approves the definition in the organisation's name, for the code in its own package. */
  async approve(organisation: OrganisationPlan, definition: Definition, packageId: string): Promise<void> {
    const args = ['approveformyorg', ...(await this.#definitionArguments(definition)), '--package-id', packageId];
    const result = await this.#run(organisation, args);
    if (result.code === 0 || /unchanged content/.test(result.stderr)) return;
    throw toolError(
      'peer',
      `Approval by ${organisation.name}`,
      result,
      'See `npm run network:status`, then deploy again.',
    );
  }

  /**
   * Commits what a majority approved. Every organisation's first peer endorses, so a missing one is seen here, unless the
   * verb is one organisation's own: it can ask those who are there only.
   */
  async commit(
    committer: OrganisationPlan,
    definition: Definition,
    endorsers: readonly OrganisationPlan[] = this.#layout.organisations,
  ): Promise<void> {
    const peers = endorsers.flatMap(({ peers: [peer] }) => [
      '--peerAddresses',
      `${peer.address}:${peer.port}`,
      '--tlsRootCertFiles',
      join(this.#state.crypto, peer.cryptoDir, 'tls', 'ca.crt'),
    ]);
    const result = await this.#run(committer, ['commit', ...(await this.#definitionArguments(definition)), ...peers]);
    if (result.code === 0) return;
    const remedy = 'A majority must have approved this very definition first; then run the verb again.';
    throw toolError('peer', `Commit of sequence ${definition.sequence}`, result, remedy);
  }

  /** The definition that the channel runs, as one peer sees it; undefined before the first commit. */
  async committed(organisation: OrganisationPlan, peer?: PeerPlan): Promise<Definition | undefined> {
    const { channel, chaincode } = this.#layout.topology;
    const args = ['lifecycle', 'chaincode', 'querycommitted', '-C', channel, '-n', chaincode.name, '-O', 'json'];
    const result = await this.#tools.run('peer', args, { env: adminEnvironment(this.#state, organisation, peer) });
    if (/is not defined/.test(result.stderr)) return undefined;
    if (result.code !== 0)
      throw toolError('peer', 'Asking for the definition', result, 'See `npm run network:status`.');
    return parseDefinition(result.stdout);
  }

  /** The packages that one peer holds. */
  async installed(organisation: OrganisationPlan, peer: PeerPlan): Promise<InstalledPackage[]> {
    const env = adminEnvironment(this.#state, organisation, peer);
    const result = await this.#tools.run('peer', ['lifecycle', 'chaincode', 'queryinstalled', '-O', 'json'], { env });
    if (result.code !== 0)
      throw toolError('peer', `Asking ${peer.id} what is installed`, result, 'See `npm run network:status`.');
    return parseInstalled(result.stdout, this.#layout.topology);
  }

  async #definitionArguments(definition: Definition): Promise<string[]> {
    const { topology, organisations } = this.#layout;
    const names = organisations.map((organisation) => organisation.name);
    return [
      ...ordererArguments(this.#state, await healthyOrderer(this.#layout)),
      ...['--channelID', topology.channel, '--name', topology.chaincode.name],
      ...['--version', definition.version, '--sequence', String(definition.sequence)],
      ...['--signature-policy', endorsementPolicy(topology.chaincode.endorsement, names)],
      ...(topology.chaincode.collections.length > 0
        ? ['--collections-config', join(this.#state.config, 'collections.json')]
        : []),
    ];
  }

  #run(organisation: OrganisationPlan, args: readonly string[]): ReturnType<FabricTools['run']> {
    const env = adminEnvironment(this.#state, organisation);
    return this.#tools.run('peer', ['lifecycle', 'chaincode', ...args], { env });
  }
}

interface InstalledJson {
  readonly installed_chaincodes?: readonly {
    readonly package_id: string;
    readonly references?: Readonly<Record<string, { readonly chaincodes: readonly { readonly name: string }[] }>>;
  }[];
}

function parseInstalled(text: string, { channel, chaincode }: Layout['topology']): InstalledPackage[] {
  const { installed_chaincodes: packages = [] } = JSON.parse(text) as InstalledJson;
  return packages.map(({ package_id: id, references }) => ({
    id,
    isInUse: references?.[channel]?.chaincodes.some(({ name }) => name === chaincode.name) ?? false,
  }));
}

function parseDefinition(text: string): Definition {
  const value = JSON.parse(text) as { readonly sequence?: unknown; readonly version?: unknown };
  return { sequence: Number(value.sequence), version: String(value.version) };
}
