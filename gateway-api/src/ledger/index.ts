export { createFabricGatewayLedger, type FabricGatewayOptions } from './fabric-gateway';
export { createFabricNetworkLedger, type FabricNetworkOptions } from './fabric-network';
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
