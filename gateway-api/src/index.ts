export {
  createFabricGatewayLedger,
  createFabricNetworkLedger,
  type Committed,
  type Endorsed,
  type FabricGatewayOptions,
  type FabricNetworkOptions,
  type LedgerBlock,
  type LedgerCall,
  type LedgerPort,
  type LedgerTransaction,
  type LedgerWrite,
  type PeerEndpoint,
  type RenewableLedger,
  type TransactionFate,
} from './ledger';
export type { GroupLimits } from './grouping/grouper';
export { startGateway } from './start';
export type { Gateway, GatewayOptions } from './gateway-options';
export type { WatchedCertificate } from './http/metrics';
export { checkTlsPair, type TlsPair } from './http/tls-pair';
export { openPeerSource, type PeerSource } from './ledger/peer-source';
export * from './profile';
export * from './witness';
export type { CosigningOptions } from './cosigning';
export { rotateLogKey, rotateSessionKey, type Rotated, type StoppedService } from './log/rotate-keys';
export * from './migration';
