import { allNodes, listeningPorts, type Layout, type RunnableNode, type StatePaths } from '../layout';
import type { ChaincodeService } from '../runtime/runtime';
import { serviceEnvironment } from '../runtime/service-environment';
import { CONTAINER } from './environment';

type Section = Readonly<Record<string, unknown>>;

/** Image of the contract's service, built from network/docker/chaincode.Dockerfile and named by what is in it. */
export function chaincodeImage(layout: Layout, bundleSha256: string): string {
  return `${layout.topology.name}/chaincode:${bundleSha256.slice(0, 16)}`;
}

/** Image with Fabric's tools, built from network/docker/tools.Dockerfile when they are not on PATH. */
export function toolsImage(layout: Layout): string {
  return `${layout.topology.name}/tools:${layout.topology.fabric.release}`;
}

export function nodeImage(layout: Layout, kind: RunnableNode['kind']): string {
  const { registry, release, ca } = layout.topology.fabric;
  return kind === 'authority' ? `${registry}/fabric-ca:${ca}` : `${registry}/fabric-${kind}:${release}`;
}

/** The images that a network of this layout runs, the contract's apart. */
export function nodeImages(layout: Layout): string[] {
  return [...new Set(allNodes(layout).map((node) => nodeImage(layout, node.kind)))].sort();
}

/** What starts each kind of node, alike in containers and as a process. */
export function nodeCommand(kind: RunnableNode['kind']): readonly [program: string, ...args: string[]] {
  switch (kind) {
    case 'orderer':
      return ['orderer'];
    case 'peer':
      return ['peer', 'node', 'start'];
    case 'authority':
      return ['fabric-ca-server', 'start'];
  }
}

/** Format 3.7: what compose 1.29 and compose 2 both read. */
const FORMAT = '3.7';

/** docker-compose.yaml of orderers and peers; `user` is the `uid:gid` that containers run as. */
export function composeFile(layout: Layout, state: StatePaths, user: string): Section {
  const nodes = allNodes(layout);
  return {
    version: FORMAT,
    networks: networks(layout),
    services: Object.fromEntries(nodes.map((node) => [node.id, nodeService(layout, state, node, user)])),
  };
}

/** A second file for the chaincode services, written by `deploy`: during an upgrade it holds both versions. */
export function servicesComposeFile(layout: Layout, services: readonly ChaincodeService[], user: string): Section {
  return {
    version: FORMAT,
    networks: networks(layout),
    services: Object.fromEntries(services.map((service) => [service.id, chaincodeService(layout, service, user)])),
  };
}

function networks(layout: Layout): Section {
  return { audit: { name: layout.topology.name } };
}

/** Alike for every container: bounded logs, started again after a crash or a reboot, no privileges to gain. */
function common(layout: Layout, id: string, user: string): Section {
  return {
    container_name: id,
    hostname: id,
    networks: ['audit'],
    user,
    restart: 'unless-stopped',
    security_opt: ['no-new-privileges:true'],
    cap_drop: ['ALL'],
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    labels: { 'carbon-ledger.network': layout.topology.name },
  };
}

function nodeService(layout: Layout, state: StatePaths, node: RunnableNode, user: string): Section {
  return {
    ...common(layout, node.id, user),
    image: nodeImage(layout, node.kind),
    command: nodeCommand(node.kind),
    env_file: [`${state.config}/env/${node.id}.env`],
    working_dir: CONTAINER.data,
    ports: listeningPorts(node)
      .filter((port) => isPublished(node, port))
      .map(publish),
    volumes: [
      `${state.config}:${CONTAINER.config}:ro`,
      ...(node.kind === 'authority'
        ? []
        : [`${state.crypto}/${node.cryptoDir}:${CONTAINER.crypto}/${node.cryptoDir}:ro`]),
      `${state.data}/${node.id}:${CONTAINER.data}`,
    ],
    healthcheck: healthcheck(node.operationsPort),
    stop_grace_period: '20s',
  };
}

/** The port that chaincode launched by a peer would call back on stays inside: services are called, they do not call. */
function isPublished(node: RunnableNode, port: number): boolean {
  return node.kind !== 'peer' || port !== node.chaincodePort;
}

function publish(port: number): string {
  return `127.0.0.1:${port}:${port}`;
}

/** The official images have neither curl nor wget; bash can speak HTTP by itself. */
function healthcheck(port: number): Section {
  const request = `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3`;
  return { test: ['CMD', 'bash', '-c', request], interval: '5s', timeout: '3s', retries: 6, start_period: '10s' };
}

function chaincodeService(layout: Layout, service: ChaincodeService, user: string): Section {
  const inside = {
    tlsCertificate: '/run/chaincode/tls.crt',
    tlsKey: '/run/chaincode/tls.key',
    clientRoots: '/run/chaincode/clients.pem',
  };
  return {
    ...common(layout, service.id, user),
    image: chaincodeImage(layout, service.bundleSha256),
    environment: serviceEnvironment(service, '0.0.0.0', inside),
    // Node as the first process of a container would not hear SIGTERM.
    init: true,
    read_only: true,
    volumes: [
      `${service.tlsCertificate}:${inside.tlsCertificate}:ro`,
      `${service.tlsKey}:${inside.tlsKey}:ro`,
      `${service.clientRoots}:${inside.clientRoots}:ro`,
    ],
    // Chaincode sees no other network than the peers' and publishes nothing.
    healthcheck: {
      test: [
        'CMD',
        'node',
        '-e',
        `require('net').connect(${service.port},'127.0.0.1').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1))`,
      ],
      interval: '5s',
      timeout: '3s',
      retries: 6,
      start_period: '5s',
    },
  };
}
