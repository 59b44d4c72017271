type Section = Readonly<Record<string, unknown>>;

/** Messages up to 100 MB: a group of a thousand submissions and its private figures fit with room to spare. */
const MAX_MESSAGE_BYTES = 104_857_600;

/**
 * core.yaml, alike for all peers; what differs is in each peer's environment.
 * `builderPath` is the folder of the external builder that connects a peer to chaincode services.
 */
export function coreYaml(builderPath: string, release: string): Section {
  return {
    peer: {
      networkId: 'carbon-audit',
      gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '10s' },
      keepalive: keepalive(),
      gossip: gossip(),
      tls: { enabled: true, clientAuthRequired: false },
      authentication: { timewindow: '15m' },
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      client: { connTimeout: '3s' },
      deliveryclient: deliveryClient(),
      localMspType: 'bccsp',
      handlers: handlers(release),
      discovery: {
        enabled: true,
        authCacheEnabled: true,
        authCacheMaxSize: 1_000,
        authCachePurgeRetentionRatio: 0.75,
        orgMembersAllowedAccess: false,
      },
      limits: { concurrency: { endorserService: 2_500, deliverService: 2_500, gatewayService: 500 } },
      maxRecvMsgSize: MAX_MESSAGE_BYTES,
      maxSendMsgSize: MAX_MESSAGE_BYTES,
    },
    vm: { endpoint: '' },
    chaincode: chaincode(builderPath),
    ledger: ledger(),
    metrics: { provider: 'prometheus' },
    operations: { tls: { enabled: false } },
  };
}

function keepalive(): Section {
  return {
    interval: '7200s',
    timeout: '20s',
    minInterval: '20s',
    client: { interval: '60s', timeout: '20s' },
    deliveryClient: { interval: '60s', timeout: '20s' },
  };
}

/** Short timers: a peer that joins is known to the other organisations within seconds instead of half a minute. */
function gossip(): Section {
  return {
    useLeaderElection: false,
    orgLeader: true,
    membershipTrackerInterval: '1s',
    maxBlockCountToStore: 10,
    maxPropagationBurstLatency: '10ms',
    maxPropagationBurstSize: 10,
    propagateIterations: 1,
    propagatePeerNum: 3,
    pullInterval: '4s',
    pullPeerNum: 3,
    requestStateInfoInterval: '1s',
    publishStateInfoInterval: '1s',
    publishCertPeriod: '10s',
    dialTimeout: '3s',
    connTimeout: '2s',
    recvBuffSize: 20,
    sendBuffSize: 200,
    digestWaitTime: '1s',
    requestWaitTime: '1500ms',
    responseWaitTime: '2s',
    aliveTimeInterval: '1s',
    aliveExpirationTimeout: '25s',
    reconnectInterval: '2s',
    maxConnectionAttempts: 120,
    msgExpirationFactor: 20,
    pvtData: {
      pullRetryThreshold: '10s',
      transientstoreMaxBlockRetention: 20_000,
      pushAckTimeout: '3s',
      btlPullMargin: 10,
      // A member that missed figures asks the others for them this often.
      reconcileBatchSize: 100,
      reconcileSleepInterval: '10s',
      reconciliationEnabled: true,
      skipPullingInvalidTransactionsDuringCommit: false,
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
    state: { enabled: false },
  };
}

/** A peer whose orderer was cut off takes its blocks from another after `blockCensorshipTimeoutKey`. */
function deliveryClient(): Section {
  return {
    blockGossipEnabled: false,
    reconnectTotalTimeThreshold: '3600s',
    connTimeout: '3s',
    reConnectBackoffThreshold: '5s',
    blockCensorshipTimeoutKey: '5s',
    minimalReconnectInterval: '100ms',
    policy: 'cluster',
  };
}

/** Fabric 3 also refuses proposals whose time is off by more than `authentication.timewindow`; 2.5 has no such filter. */
function handlers(release: string): Section {
  const filters = ['DefaultAuth', 'ExpirationCheck', ...(isLongTermSupport(release) ? [] : ['TimeWindowCheck'])];
  return {
    authFilters: filters.map((name) => ({ name })),
    decorators: [{ name: 'DefaultDecorator' }],
    endorsers: { escc: { name: 'DefaultEndorsement' } },
    validators: { vscc: { name: 'DefaultValidation' } },
  };
}

/** `keepalive` stays 0: fabric-shim for Node exits on the message that it sends. */
function chaincode(builderPath: string): Section {
  return {
    externalBuilders: [
      { name: 'ccaas_builder', path: builderPath, propagateEnvironment: ['CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG'] },
    ],
    installTimeout: '60s',
    startuptimeout: '30s',
    executetimeout: '30s',
    mode: 'net',
    keepalive: 0,
    system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
    logging: { level: 'info', shim: 'warning' },
    runtimeParams: {
      useWriteBatch: true,
      maxSizeWriteBatch: 1_000,
      useGetMultipleKeys: true,
      maxSizeGetMultipleKeys: 1_000,
    },
  };
}

function ledger(): Section {
  return {
    state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
    history: { enableHistoryDatabase: true },
    pvtdataStore: {
      collElgProcMaxDbBatchSize: 5_000,
      collElgProcDbBatchesInterval: 1_000,
      deprioritizedDataReconcilerInterval: '10m',
      purgeInterval: 100,
      purgedKeyAuditLogging: true,
    },
  };
}

/** Fabric 2.5, the long-term support release, differs from 3.x in a few settings. */
function isLongTermSupport(release: string): boolean {
  return release.startsWith('2.');
}

/** orderer.yaml, alike for all orderers; what differs is in each orderer's environment. */
export function ordererYaml(release: string): Section {
  return {
    General: {
      // 2.5 looks for a system channel unless told that there is none; 3.x does not know the setting.
      ...(isLongTermSupport(release) ? { BootstrapMethod: 'none' } : {}),
      TLS: { Enabled: true, ClientAuthRequired: false },
      Keepalive: { ServerMinInterval: '20s', ServerInterval: '7200s', ServerTimeout: '20s' },
      MaxRecvMsgSize: MAX_MESSAGE_BYTES,
      MaxSendMsgSize: MAX_MESSAGE_BYTES,
      Cluster: { SendBufferSize: 100 },
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
    },
    // An environment variable is only seen below a section that is present.
    FileLedger: { Location: 'ledger' },
    Consensus: { WALDir: 'wal', SnapDir: 'snapshots' },
    Operations: { TLS: { Enabled: false } },
    Metrics: { Provider: 'prometheus' },
    Admin: { TLS: { Enabled: true, ClientAuthRequired: true } },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
  };
}
