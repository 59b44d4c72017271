export { commitInvalid, isLostRace } from './outcome';
export { createFabricGatewayLedger, type FabricGatewayOptions } from './fabric-gateway';
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
