import { join } from 'node:path';
import {
  OUTSIDE_HOST,
  type Layout,
  type Mode,
  type OrdererPlan,
  type PeerPlan,
  type RunnableNode,
  type StatePaths,
} from '../layout';

export type Environment = Readonly<Record<string, string>>;

/** The folders as the node itself sees them: inside its container, or on the machine. */
export interface NodeView {
  readonly crypto: string;
  readonly config: string;
  readonly data: string;
  /** Where it listens: everywhere in its own container, on loopback on the machine. */
  readonly listenHost: string;
}

/** Folders inside every container; `/var/hyperledger` and `/etc/hyperledger` are volumes of the official images. */
export const CONTAINER = {
  crypto: '/var/carbon/crypto',
  config: '/var/carbon/config',
  data: '/var/carbon/data',
} as const;

/** The external builder for chaincode services that the official peer images bring. */
export const OFFICIAL_BUILDER = '/opt/hyperledger/ccaas_builder';

export function nodeView(mode: Mode, state: StatePaths, node: { readonly id: string }): NodeView {
  if (mode === 'docker') return { ...CONTAINER, listenHost: '0.0.0.0' };
  return { crypto: state.crypto, config: state.config, data: join(state.data, node.id), listenHost: '127.0.0.1' };
}

/** Environment of one orderer or peer, over the shared core.yaml and orderer.yaml. */
export function nodeEnvironment(layout: Layout, state: StatePaths, node: RunnableNode): Environment {
  const view = nodeView(layout.mode, state, node);
  switch (node.kind) {
    case 'orderer':
      return ordererEnvironment(node, view);
    case 'peer':
      return peerEnvironment(node, view);
    case 'authority':
      return { FABRIC_CA_SERVER_HOME: view.data, FABRIC_CA_SERVER_LOGLEVEL: 'warning' };
  }
}

/** What others reach is reached from outside, where its organisation says; administration and figures never are. */
function listenHost(node: { readonly address: string }, view: NodeView): string {
  return node.address === OUTSIDE_HOST ? view.listenHost : '0.0.0.0';
}

function ordererEnvironment(node: OrdererPlan, view: NodeView): Environment {
  const tls = join(view.crypto, node.cryptoDir, 'tls');
  const [certificate, key, roots] = [join(tls, 'server.crt'), join(tls, 'server.key'), join(tls, 'ca.crt')];
  return {
    FABRIC_CFG_PATH: view.config,
    FABRIC_LOGGING_SPEC: 'warn:orderer=info',
    ORDERER_GENERAL_LISTENADDRESS: listenHost(node, view),
    ORDERER_GENERAL_LISTENPORT: String(node.port),
    ORDERER_GENERAL_LOCALMSPID: node.mspId,
    ORDERER_GENERAL_LOCALMSPDIR: join(view.crypto, node.cryptoDir, 'msp'),
    ORDERER_GENERAL_TLS_CERTIFICATE: certificate,
    ORDERER_GENERAL_TLS_PRIVATEKEY: key,
    ORDERER_GENERAL_TLS_ROOTCAS: `[${roots}]`,
    ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: certificate,
    ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: key,
    ORDERER_ADMIN_LISTENADDRESS: `${view.listenHost}:${node.adminPort}`,
    ORDERER_ADMIN_TLS_CERTIFICATE: certificate,
    ORDERER_ADMIN_TLS_PRIVATEKEY: key,
    ORDERER_ADMIN_TLS_CLIENTROOTCAS: `[${roots}]`,
    ORDERER_OPERATIONS_LISTENADDRESS: `${view.listenHost}:${node.operationsPort}`,
    ORDERER_FILELEDGER_LOCATION: join(view.data, 'ledger'),
    ORDERER_CONSENSUS_WALDIR: join(view.data, 'wal'),
    ORDERER_CONSENSUS_SNAPDIR: join(view.data, 'snapshots'),
  };
}

function peerEnvironment(node: PeerPlan, view: NodeView): Environment {
  const tls = join(view.crypto, node.cryptoDir, 'tls');
  const address = `${node.host}:${node.port}`;
  return {
    FABRIC_CFG_PATH: view.config,
    FABRIC_LOGGING_SPEC: 'warn:nodeCmd=info:chaincode=info:lifecycle=info:committer=info',
    CORE_PEER_ID: node.id,
    CORE_PEER_LISTENADDRESS: `${listenHost(node, view)}:${node.port}`,
    CORE_PEER_ADDRESS: address,
    CORE_PEER_CHAINCODELISTENADDRESS: `${view.listenHost}:${node.chaincodePort}`,
    CORE_PEER_CHAINCODEADDRESS: `${node.host}:${node.chaincodePort}`,
    CORE_PEER_LOCALMSPID: node.mspId,
    CORE_PEER_MSPCONFIGPATH: join(view.crypto, node.cryptoDir, 'msp'),
    CORE_PEER_FILESYSTEMPATH: view.data,
    CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(view.data, 'snapshots'),
    CORE_PEER_TLS_CERT_FILE: join(tls, 'server.crt'),
    CORE_PEER_TLS_KEY_FILE: join(tls, 'server.key'),
    CORE_PEER_TLS_ROOTCERT_FILE: join(tls, 'ca.crt'),
    CORE_PEER_GOSSIP_BOOTSTRAP: node.bootstrap,
    CORE_PEER_GOSSIP_ENDPOINT: address,
    CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
    CORE_OPERATIONS_LISTENADDRESS: `${view.listenHost}:${node.operationsPort}`,
  };
}

/** The `.env` form that compose reads. */
export function formatEnvironment(environment: Environment): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
