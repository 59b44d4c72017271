import './logging';
import { AuditLedgerContract } from './audit-ledger-contract';

export { AuditLedgerContract };
export { figuresCollection, transactionKey } from './state-keys';

/** What a peer, embedded or real, starts. */
export const contracts = [AuditLedgerContract] as const;
