import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../errors';
import type { Layout, OrganisationPlan, StatePaths } from '../layout';
import { adminEnvironment, ordererArguments } from './identity';
import { healthyOrderer } from './operations';
import { toolError, type FabricTools, type Tool } from './tools';

/** A group of a channel configuration in configtxlator's JSON form. */
export interface ConfigGroup {
  readonly groups?: Readonly<Record<string, ConfigGroup>>;
  readonly [name: string]: unknown;
}

export interface ChannelConfig {
  readonly channel_group: ConfigGroup;
  readonly [name: string]: unknown;
}

/** The configuration with one more organisation in its application group. */
export function withOrganisation(config: ChannelConfig, mspId: string, organisation: ConfigGroup): ChannelConfig {
  const application = applicationGroup(config);
  const groups = { ...application.groups, [mspId]: organisation };
  const top = { ...config.channel_group.groups, Application: { ...application, groups } };
  return { ...config, channel_group: { ...config.channel_group, groups: top } };
}

/** The configuration without one organisation of its application group. */
export function withoutOrganisation(config: ChannelConfig, mspId: string): ChannelConfig {
  const application = applicationGroup(config);
  const groups = Object.fromEntries(Object.entries(application.groups ?? {}).filter(([name]) => name !== mspId));
  const top = { ...config.channel_group.groups, Application: { ...application, groups } };
  return { ...config, channel_group: { ...config.channel_group, groups: top } };
}

interface MspValue {
  readonly value: { readonly config: Readonly<Record<string, unknown>> };
}

/** The configuration with these lists of revoked certificates (base64 of PEM) for one of the organisations. */
export function withRevocationLists(config: ChannelConfig, mspId: string, lists: readonly string[]): ChannelConfig {
  const organisation = applicationGroup(config).groups?.[mspId];
  const values = organisation?.['values'] as { readonly MSP?: MspValue } | undefined;
  if (organisation === undefined || values?.MSP === undefined)
    throw new NetworkError(`The channel knows no ${mspId}.`, 'See who its members are: npm run network:status');
  const own = { ...values.MSP.value.config, revocation_list: lists };
  const msp = { ...values.MSP, value: { ...values.MSP.value, config: own } };
  return withOrganisation(config, mspId, { ...organisation, values: { ...values, MSP: msp } });
}

export function hasOrganisation(config: ChannelConfig, mspId: string): boolean {
  return Object.hasOwn(applicationGroup(config).groups ?? {}, mspId);
}

/** How many of `organisations` are a majority: what the Admins policy of the application group asks for. */
export function majority(organisations: number): number {
  return Math.floor(organisations / 2) + 1;
}

function applicationGroup(config: ChannelConfig): ConfigGroup {
  const application = config.channel_group.groups?.Application;
  if (application === undefined)
    throw new NetworkError('The channel has no application group.', 'Is it an audit channel?');
  return application;
}

/** Whose administrator signs a change of the channel. */
export interface Signer {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

/** An organisation's own administrator. */
export function memberSigner(state: StatePaths, organisation: OrganisationPlan): Signer {
  return { name: organisation.name, env: adminEnvironment(state, organisation) };
}

/** Changes the configuration of a running channel: fetch, change, sign by a majority, submit. */
export class ChannelConfigUpdate {
  readonly #layout: Layout;
  readonly #state: StatePaths;
  readonly #tools: FabricTools;
  readonly #folder: string;

  /** `layout`: of the members so far, who sign. Working files stay in the state's `channel/update`, for review. */
  constructor(layout: Layout, state: StatePaths, tools: FabricTools) {
    this.#layout = layout;
    this.#state = state;
    this.#tools = tools;
    this.#folder = join(state.channel, 'update');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** The block of the configuration that was fetched last. */
  get configBlock(): string {
    return this.#file('config-block.pb');
  }

  /** The configuration in force. */
  async fetch(): Promise<ChannelConfig> {
    const [reader] = this.#layout.organisations;
    if (reader === undefined) throw new RangeError('there is no organisation');
    const args = ['channel', 'fetch', 'config', this.configBlock, '-c', this.#layout.topology.channel];
    await this.#peer(
      adminEnvironment(this.#state, reader),
      [...args, ...(await this.#orderer())],
      'Fetching the configuration',
    );
    const block = await this.#decode('config-block.pb', 'common.Block');
    return readConfig(block);
  }

  /** The section of an organisation as configtx.yaml states it. */
  async describe(mspId: string): Promise<ConfigGroup> {
    const result = await this.#tool('configtxgen', ['-printOrg', mspId], `Describing ${mspId}`);
    return JSON.parse(result) as ConfigGroup;
  }

  /**
   * Brings `changed` into force in place of `present`; a majority of the administrators sign of those whose group is
   * changed: of the members, or of the organisations that order.
   */
  async submit(
    present: ChannelConfig,
    changed: ChannelConfig,
    signers: readonly Signer[] = this.#layout.organisations.map((one) => memberSigner(this.#state, one)),
  ): Promise<void> {
    await this.#encode('present', 'common.Config', present);
    await this.#encode('changed', 'common.Config', changed);
    const { channel } = this.#layout.topology;
    const files = ['--original', this.#file('present.pb'), '--updated', this.#file('changed.pb')];
    const output = ['--channel_id', channel, '--output', this.#file('update.pb')];
    await this.#tool('configtxlator', ['compute_update', ...files, ...output], 'Computing the change');
    const update = await this.#decode('update.pb', 'common.ConfigUpdate');
    const header = { channel_header: { channel_id: channel, type: 2 } };
    const envelope = { payload: { header, data: { config_update: update } } };
    await this.#encode('envelope', 'common.Envelope', envelope);
    await this.#signAndSend(signers.slice(0, majority(signers.length)));
  }

  async #signAndSend(signers: readonly Signer[]): Promise<void> {
    const file = this.#file('envelope.pb');
    for (const signer of signers) {
      await this.#peer(signer.env, ['channel', 'signconfigtx', '-f', file], `Signing by ${signer.name}`);
    }
    const [sender] = signers;
    if (sender === undefined) throw new RangeError('nobody signs');
    const { channel } = this.#layout.topology;
    const args = ['channel', 'update', '-f', file, '-c', channel, ...(await this.#orderer())];
    await this.#peer(sender.env, args, 'Changing the channel');
  }

  async #orderer(): Promise<string[]> {
    return ordererArguments(this.#state, await healthyOrderer(this.#layout));
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  async #decode(name: string, type: string): Promise<unknown> {
    const output = this.#file(`${name}.json`);
    const args = ['proto_decode', '--input', this.#file(name), '--type', type, '--output', output];
    await this.#tool('configtxlator', args, `Reading ${name}`);
    return JSON.parse(readFileSync(output, 'utf8')) as unknown;
  }

  async #encode(name: string, type: string, value: unknown): Promise<void> {
    const input = this.#file(`${name}.json`);
    writeFileSync(input, JSON.stringify(value, null, 2));
    const args = ['proto_encode', '--input', input, '--type', type, '--output', this.#file(`${name}.pb`)];
    await this.#tool('configtxlator', args, `Writing ${name}`);
  }

  async #tool(tool: Tool, args: readonly string[], what: string): Promise<string> {
    const result = await this.#tools.run(tool, args, { env: { FABRIC_CFG_PATH: this.#state.config } });
    if (result.code !== 0) throw toolError(tool, what, result, `Files of the attempt: ${this.#folder}`);
    return result.stdout;
  }

  async #peer(env: Signer['env'], args: readonly string[], what: string): Promise<void> {
    const result = await this.#tools.run('peer', args, { env });
    if (result.code !== 0) throw toolError('peer', what, result, `Files of the attempt: ${this.#folder}`);
  }
}

interface DecodedBlock {
  readonly data: {
    readonly data: readonly { readonly payload: { readonly data: { readonly config: ChannelConfig } } }[];
  };
}

function readConfig(block: unknown): ChannelConfig {
  const [envelope] = (block as DecodedBlock).data.data;
  if (envelope === undefined)
    throw new NetworkError('The configuration block is empty.', 'See `npm run network:status`.');
  return envelope.payload.data.config;
}
