import type { LedgerError, Migration } from '@carbon-ledger/core';
import type { AgendaDesk } from './agenda/agenda-desk';
import type { CosignedCheckpoints, Cosigning, PolicyBook } from './cosigning';
import type { Limits } from './http/limits/limits';
import type { Metrics } from './http/metrics';
import type { CertificateDesk } from './certificates/certificate-desk';
import type { CheckpointKeeper } from './log/checkpoint-keeper';
import type { ProofDesk } from './proofs/proof-desk';
import type { ReceiptMaker } from './proofs/receipt-maker';
import type { IdempotencyBook } from './projection/idempotency-keys';
import type { Projection } from './projection/projection';
import type { Readiness } from './readiness/readiness';
import type { RecordViews } from './records/record-views';
import type { ReadLog } from './reads/read-log';
import type { RetentionDesk } from './retention/retention-desk';
import type { ScreeningDesk } from './screening/screening-desk';
import type { SessionDesk } from './sessions/session-desk';
import type { SubmissionDesk } from './submissions/submission-desk';
import type { WebhookServices } from './webhooks/open-webhooks';
import type { OutsideServices } from './witness';

/** What does not change while the gateway runs. */
export interface LedgerFacts {
  readonly ledgerId: string;
  readonly founder: string;
  /** The ledger whose records were taken over at the founding, as it stood when the gateway started. */
  readonly earlier: Migration | undefined;
  readonly channel: string;
  readonly mspId: string;
  /** `embedded`, `fabric`: for people only; nothing depends on it. */
  readonly deployment: string;
  readonly version: string;
}

/** Everything that handlers work with. */
export interface Services {
  readonly facts: LedgerFacts;
  readonly projection: Projection;
  readonly desk: SubmissionDesk;
  readonly checkpoints: CheckpointKeeper;
  readonly receipts: ReceiptMaker;
  readonly proofs: ProofDesk;
  readonly certificates: CertificateDesk;
  /** Witnesses, timestamps and chain, where they are configured. */
  readonly outside: OutsideServices | undefined;
  readonly retention: RetentionDesk;
  readonly sessions: SessionDesk;
  readonly idempotency: IdempotencyBook;
  readonly webhooks: WebhookServices;
  /** Who looked at private figures. */
  readonly reads: ReadLog;
  readonly limits: Limits;
  readonly views: RecordViews;
  readonly screening: ScreeningDesk;
  /** What parties have to do, and may. */
  readonly agenda: AgendaDesk;
  /** What organisations cosigned, and this one's own part in it. */
  readonly cosigned: CosignedCheckpoints;
  readonly cosigning: Cosigning;
  readonly policies: PolicyBook;
  readonly metrics: Metrics;
  /** Whether peer, contract and orderers answer. */
  readonly readiness: Readiness;
  /** Why the service is not ready, if so, as far as it knows by itself. */
  readonly health: () => LedgerError | undefined;
  /** Aborts when the service begins to stop; streams end then. */
  readonly stopping: AbortSignal;
  /** Runs something once after a time in milliseconds, and returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}
