import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { generateFiles, type GeneratedFiles } from './generate';
import { planLayout, statePaths, type Layout, type Mode } from './layout';
import { parseTopology } from './topology';

const topology = readFileSync(join(__dirname, '../topology.yaml'), 'utf8');
const golden = join(__dirname, '../golden');
const state = statePaths('/srv/carbon-network');
const host = { builderPath: '/opt/carbon-ledger/network/ccaas-builder', containerUser: '1000:1000' };

function planned(mode: Mode, ...profiles: string[]): Layout {
  return planLayout(parseTopology(topology, profiles), mode);
}

function generated(mode: Mode, ...profiles: string[]): GeneratedFiles {
  return generateFiles(planned(mode, ...profiles), state, host);
}

/** Compares with the file that is kept; run once with UPDATE_GOLDEN=1 after a change that is meant, and read the diff. */
function expectGolden(variant: string, files: GeneratedFiles): void {
  for (const [name, content] of files) {
    const file = join(golden, variant, name);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    expect(`${name}: ${existsSync(file) ? readFileSync(file, 'utf8') : 'missing'}`).toBe(`${name}: ${content}`);
  }
}

interface Service {
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly [name: string]: unknown;
}

function composeServices(files: GeneratedFiles): [string, Service][] {
  const compose = parse(files.get('docker-compose.yaml') ?? '') as { readonly services: Record<string, Service> };
  return Object.entries(compose.services);
}

describe('generated configuration', () => {
  it.each([
    ['docker-bft', 'docker', []],
    ['native-raft', 'native', ['raft']],
    ['docker-lts', 'docker', ['lts', 'two-regulator-peers', 'shared-chaincode']],
  ] as const)('of %s is as it was', (variant, mode, profiles) => {
    expectGolden(variant, generated(mode, ...profiles));
  });

  it('states every SmartBFT duration, because an absent one only fails when the orderer joins', () => {
    const { Profiles } = parse(generated('native').get('configtx.yaml') ?? '') as {
      Profiles: { AuditChannel: { Orderer: { SmartBFT: Record<string, unknown> } } };
    };
    const options = Object.keys(Profiles.AuditChannel.Orderer.SmartBFT);
    expect(options).toEqual(
      expect.arrayContaining(['RequestBatchMaxInterval', 'RequestForwardTimeout', 'CollectTimeout']),
    );
    expect(options).toHaveLength(11);
  });

  it('asks of a 2.5 peer nothing that only 3.x knows', () => {
    const files = generated('native', 'lts');
    expect(files.get('core.yaml')).not.toContain('TimeWindowCheck');
    expect(files.get('orderer.yaml')).toContain('BootstrapMethod: none');
    expect(files.get('configtx.yaml')).not.toContain('V3_0');
  });

  it('names no organisation outside the figures collection as its member', () => {
    const [figures] = JSON.parse(generated('native').get('collections.json') ?? '[]') as { policy: string }[];
    expect(figures?.policy).toBe(
      "OR('RegulatorMSP.member', 'EnterpriseMSP.member', 'LabMSP.member', 'VerifierMSP.member')",
    );
  });
});

describe('docker-compose.yaml', () => {
  const layout = planned('docker');
  const services = composeServices(generateFiles(layout, state, host));

  it('has a service for each orderer and peer', () => {
    expect(services.map(([name]) => name)).toEqual([...layout.orderers, ...layout.peers].map(({ id }) => id));
  });

  it.each(services)('publishes %s on loopback only', (_, service) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  it.each(services)('checks the health of %s, restarts it, bounds its log and gives it no privileges', (_, service) => {
    expect(service).toMatchObject({
      healthcheck: { interval: '5s' },
      restart: 'unless-stopped',
      logging: { options: { 'max-size': '10m', 'max-file': '3' } },
      user: '1000:1000',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it.each(services)('shows %s no keys but its own, and those read-only', (name, service) => {
    const keys = service.volumes.filter((volume) => volume.startsWith(state.crypto));
    expect(keys).toHaveLength(1);
    expect(keys[0]).toContain(`/${name}:`);
    expect(keys[0]).toMatch(/:ro$/);
  });

  it('takes official images with pinned tags', () => {
    const images = new Set(services.map(([, service]) => service.image));
    expect([...images]).toEqual(['hyperledger/fabric-orderer:3.1.5', 'hyperledger/fabric-peer:3.1.5']);
  });
});

describe('Fabric CA servers in containers', () => {
  const layout = planned('docker', 'ca');
  const services = composeServices(generateFiles(layout, state, host)).filter(([name]) => name.startsWith('ca.'));

  it('are there for each MSP, from the official image', () => {
    expect(services).toHaveLength(9);
    expect(new Set(services.map(([, service]) => service.image))).toEqual(new Set(['hyperledger/fabric-ca:1.5.21']));
  });

  it('see their own folder and nobody’s keys', () => {
    for (const [, service] of services) {
      expect(service.volumes.filter((volume) => volume.startsWith(state.crypto))).toEqual([]);
    }
  });
});

describe('gateway addresses', () => {
  it('are the same in both modes, so a profile does not depend on how the network was started', () => {
    const ports = (mode: Mode): number[] => planned(mode).peers.map(({ port }) => port);
    expect(ports('docker')).toEqual(ports('native'));
  });

  it('lead the peers of one organisation to each other', () => {
    const [first, second] = planned('docker', 'two-regulator-peers').organisations[0]!.peers;
    expect(first.bootstrap).toBe('peer1.regulator.carbon-ledger.test:7250');
    expect(second?.bootstrap).toBe('peer0.regulator.carbon-ledger.test:7150');
  });
});
