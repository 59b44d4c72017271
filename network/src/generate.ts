import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { collectionsConfig } from './config/collections';
import { composeFile } from './config/compose';
import { configtx } from './config/configtx';
import { cryptoConfig } from './config/crypto-config';
import { formatEnvironment, nodeEnvironment, OFFICIAL_BUILDER } from './config/environment';
import { coreYaml, ordererYaml } from './config/node-config';
import { connectionProfile, gatewayProfile } from './config/profiles';
import { allNodes, type Layout, type OrganisationPlan, type StatePaths } from './layout';

/** Name to content of every file that the topology alone decides; certificates are not among them. */
export type GeneratedFiles = ReadonlyMap<string, string>;

const NOTE = '# Written by `npm run network:up` from network/topology.yaml; changes here are lost.\n';

/** What the files take from the machine that they are written on. */
export interface HostFacts {
  /** The external builder for native peers; containers have the official one. */
  readonly builderPath: string;
  /** `uid:gid` that containers run as. */
  readonly containerUser: string;
}

export function generateFiles(layout: Layout, state: StatePaths, host: HostFacts): GeneratedFiles {
  const yaml = (value: unknown): string => NOTE + stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
  const { release } = layout.topology.fabric;
  const files = new Map<string, string>([
    ['crypto-config.yaml', yaml(cryptoConfig(layout))],
    ['configtx.yaml', yaml(configtx(layout, state.crypto))],
    ['core.yaml', yaml(coreYaml(layout.mode === 'docker' ? OFFICIAL_BUILDER : host.builderPath, release))],
    ['orderer.yaml', yaml(ordererYaml(release))],
    ['collections.json', `${JSON.stringify(collectionsConfig(layout.topology), null, 2)}\n`],
  ]);
  for (const node of allNodes(layout)) {
    files.set(`env/${node.id}.env`, formatEnvironment(nodeEnvironment(layout, state, node)));
  }
  if (layout.mode === 'docker') files.set('docker-compose.yaml', yaml(composeFile(layout, state, host.containerUser)));
  return files;
}

/** Writes the files afresh; what an earlier topology left is taken away. */
export function writeFiles(state: StatePaths, files: GeneratedFiles): void {
  rmSync(join(state.config, 'env'), { recursive: true, force: true });
  mkdirSync(join(state.config, 'env'), { recursive: true });
  for (const [name, content] of files) writeFileSync(join(state.config, name), content);
}

/**
 * Profiles for the gateways of some organisations of a channel; they quote certificates, so those must exist.
 */
export function writeProfiles(
  channel: Layout,
  state: StatePaths,
  organisations: readonly OrganisationPlan[] = channel.organisations,
): void {
  mkdirSync(state.profiles, { recursive: true });
  const write = (name: string, value: unknown): void => {
    writeFileSync(join(state.profiles, name), `${JSON.stringify(value, null, 2)}\n`);
  };
  for (const organisation of organisations) {
    write(`${organisation.name}.json`, gatewayProfile(channel, state, organisation));
    write(`${organisation.name}.ccp.json`, connectionProfile(channel, state, organisation));
  }
}
