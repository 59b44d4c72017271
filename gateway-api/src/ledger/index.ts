export { createFabricGatewayLedger, type FabricGatewayOptions, type RenewableLedger } from './fabric-gateway';
export { createFabricNetworkLedger, type FabricNetworkOptions } from './fabric-network';
export type { PeerEndpoint } from './peer-connections';
export { commitInvalid, isLostRace, outcomeUnknown } from './outcome';
export type {
  Committed,
  Endorsed,
  LedgerBlock,
  LedgerCall,
  LedgerPort,
  LedgerTransaction,
  LedgerWrite,
  TransactionFate,
} from './port';
export type { OrdererEndpoint, OrderingService } from './ordering';
