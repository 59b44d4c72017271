import { join } from 'node:path';

/**
 * Where everything of a running network lies: one folder, ignored by git, owned by whoever ran `up`.
 * Who can read `crypto` can sign for every organisation of a cryptogen network.
 */
export interface StatePaths {
  readonly root: string;
  /** What was started: mode, profiles and the topology they gave. */
  readonly networkFile: string;
  readonly crypto: string;
  readonly config: string;
  readonly channel: string;
  readonly genesisBlock: string;
  readonly packages: string;
  readonly data: string;
  readonly logs: string;
  readonly run: string;
  readonly profiles: string;
  readonly composeFile: string;
}

export function statePaths(root: string): StatePaths {
  const config = join(root, 'config');
  const channel = join(root, 'channel');
  return {
    root,
    networkFile: join(root, 'network.json'),
    crypto: join(root, 'crypto'),
    config,
    channel,
    genesisBlock: join(channel, 'genesis.block'),
    packages: join(root, 'packages'),
    data: join(root, 'data'),
    logs: join(root, 'logs'),
    run: join(root, 'run'),
    profiles: join(root, 'profiles'),
    composeFile: join(config, 'docker-compose.yaml'),
  };
}
