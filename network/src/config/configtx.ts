import { join } from 'node:path';
import type { Layout, OrdererPlan, OrderingOrganisationPlan, OrganisationPlan } from '../layout';

/** The configtxgen profile that `up` builds the genesis block from. */
export const CHANNEL_PROFILE = 'AuditChannel';

interface Policy {
  readonly Type: 'Signature' | 'ImplicitMeta';
  readonly Rule: string;
}
type Policies = Readonly<Record<string, Policy>>;
type Section = Readonly<Record<string, unknown>>;

const meta = (rule: string): Policy => ({ Type: 'ImplicitMeta', Rule: rule });
const signature = (rule: string): Policy => ({ Type: 'Signature', Rule: rule });

const GROUP_POLICIES: Policies = {
  Readers: meta('ANY Readers'),
  Writers: meta('ANY Writers'),
  Admins: meta('MAJORITY Admins'),
};

/** configtx.yaml as data; `crypto` is the folder of certificates as configtxgen sees it. */
export function configtx(layout: Layout, crypto: string): Section {
  return {
    Organizations: [
      ...layout.ordering.map((organisation) => orderingOrganisation(organisation, crypto)),
      ...layout.organisations.map((organisation) => peerOrganisation(organisation, crypto)),
    ],
    Profiles: {
      [CHANNEL_PROFILE]: {
        Policies: GROUP_POLICIES,
        // V3_0 is what SmartBFT needs; a 2.5 peer would refuse the channel, so LTS stays below.
        Capabilities: layout.topology.ordering.consensus === 'bft' ? { V3_0: true } : { V2_0: true },
        Orderer: ordererSection(layout, crypto),
        Application: applicationSection(layout, crypto),
      },
    },
  };
}

function peerOrganisation(organisation: OrganisationPlan, crypto: string): Section {
  const { mspId } = organisation;
  const [anchor] = organisation.peers;
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: join(crypto, organisation.cryptoDir, 'msp'),
    Policies: {
      Readers: signature(`OR('${mspId}.admin', '${mspId}.peer', '${mspId}.client')`),
      Writers: signature(`OR('${mspId}.admin', '${mspId}.client')`),
      Admins: signature(`OR('${mspId}.admin')`),
      Endorsement: signature(`OR('${mspId}.peer')`),
    },
    AnchorPeers: [{ Host: anchor.host, Port: anchor.port }],
  };
}

function orderingOrganisation(organisation: OrderingOrganisationPlan, crypto: string): Section {
  const { mspId } = organisation;
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: join(crypto, organisation.cryptoDir, 'msp'),
    Policies: {
      Readers: signature(`OR('${mspId}.member')`),
      Writers: signature(`OR('${mspId}.member')`),
      Admins: signature(`OR('${mspId}.admin')`),
    },
    OrdererEndpoints: organisation.orderers.map((orderer) => `${orderer.host}:${orderer.port}`),
  };
}

function applicationSection(layout: Layout, crypto: string): Section {
  return {
    Organizations: layout.organisations.map((organisation) => peerOrganisation(organisation, crypto)),
    Policies: {
      ...GROUP_POLICIES,
      LifecycleEndorsement: meta('MAJORITY Endorsement'),
      Endorsement: meta('MAJORITY Endorsement'),
    },
    Capabilities: { V2_5: true },
  };
}

function ordererSection(layout: Layout, crypto: string): Section {
  const { batch, consensus } = layout.topology.ordering;
  return {
    OrdererType: consensus === 'bft' ? 'BFT' : 'etcdraft',
    BatchTimeout: batch.timeout,
    BatchSize: {
      MaxMessageCount: batch.maxMessages,
      AbsoluteMaxBytes: batch.absoluteMaxBytes,
      PreferredMaxBytes: batch.preferredMaxBytes,
    },
    Organizations: layout.ordering.map((organisation) => orderingOrganisation(organisation, crypto)),
    Policies: { ...GROUP_POLICIES, BlockValidation: meta('ANY Writers') },
    Capabilities: { V2_0: true },
    ...(consensus === 'bft' ? bftSection(layout, crypto) : raftSection(layout, crypto)),
  };
}

function bftSection(layout: Layout, crypto: string): Section {
  return {
    ConsenterMapping: layout.orderers.map((orderer) => ({
      ID: orderer.consenterId,
      MSPID: orderer.mspId,
      Identity: join(crypto, orderer.cryptoDir, 'msp', 'signcerts', `${orderer.id}-cert.pem`),
      ...consenter(orderer, crypto),
    })),
    SmartBFT: bftOptions(layout),
  };
}

/** Every duration is stated: one that is absent passes configtxgen and fails when the orderer joins. */
function bftOptions(layout: Layout): Section {
  const { batch, bft } = layout.topology.ordering;
  return {
    RequestBatchMaxInterval: batch.timeout,
    RequestForwardTimeout: bft.requestForwardTimeout,
    RequestComplainTimeout: bft.requestComplainTimeout,
    RequestAutoRemoveTimeout: '3m',
    ViewChangeResendInterval: '5s',
    ViewChangeTimeout: bft.viewChangeTimeout,
    LeaderHeartbeatTimeout: bft.leaderHeartbeatTimeout,
    LeaderHeartbeatCount: 10,
    CollectTimeout: '1s',
    IncomingMessageBufferSize: 2_000,
    RequestPoolSize: bft.requestPoolSize,
  };
}

function raftSection(layout: Layout, crypto: string): Section {
  const { raft } = layout.topology.ordering;
  return {
    EtcdRaft: {
      Consenters: layout.orderers.map((orderer) => consenter(orderer, crypto)),
      Options: {
        TickInterval: raft.tickInterval,
        ElectionTick: raft.electionTick,
        HeartbeatTick: 1,
        MaxInflightBlocks: 5,
        SnapshotIntervalSize: '16 MB',
      },
    },
  };
}

function consenter(orderer: OrdererPlan, crypto: string): Section {
  const certificate = join(crypto, orderer.cryptoDir, 'tls', 'server.crt');
  return { Host: orderer.host, Port: orderer.port, ClientTLSCert: certificate, ServerTLSCert: certificate };
}
