import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Policy } from '@carbon-ledger/core';
import type { LedgerPort } from '../ledger';
import type { CheckpointKeeper } from '../log/checkpoint-keeper';
import { readOrCreateSecret } from '@carbon-ledger/auditor/stored';
import { RollbackGuard } from '../log/rollback-guard';
import type { Projection } from '../projection/projection';
import { ProofFile } from '../witness';
import { CosignedCheckpoints } from './cosigned-checkpoints';
import { Cosigner, type CosigningOptions } from './cosigner';
import { Cosigning } from './cosigning';
import { PolicyBook } from './policy-book';

export interface OpenCosigningOptions {
  /** Undefined where this organisation does not cosign. */
  readonly own: CosigningOptions | undefined;
  /** Organisations that must have cosigned, as verifiers are told; 0 asks for none. */
  readonly quorum: number;
  readonly ledger: LedgerPort;
  readonly ledgerId: string;
  readonly projection: Projection;
  readonly checkpoints: CheckpointKeeper;
  /** Without the organisations that cosign. */
  readonly policy: Policy;
  readonly onPolicy: (policy: Policy) => void;
  readonly dataDir: string;
  /** Where several gateways of the organisation have their keys. */
  readonly sharedDir: string | undefined;
  readonly guardDir: string;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly schedule: (task: () => void, ms: number) => () => void;
}

/** What a gateway needs to cosign, and to gather what others cosign. */
export interface CosigningServices {
  readonly cosigning: Cosigning;
  readonly cosigned: CosignedCheckpoints;
  readonly policies: PolicyBook;
}

/** @throws LedgerError STORE_CORRUPT for a key file or guard that is damaged */
export function openCosigning(options: Readonly<OpenCosigningOptions>): CosigningServices {
  const { quorum, projection, checkpoints, policy, onPolicy, dataDir, logger } = options;
  const { cosigners, log } = projection;
  const policies = new PolicyBook(policy, cosigners, quorum);
  const cosigned = new CosignedCheckpoints({
    cosigners,
    log,
    checkpoints,
    logger,
    isCosigned: (note) => policies.isCosigned(note),
    file: new ProofFile(join(dataDir, 'outside', 'cosigned.json')),
  });
  const tell = (): void => {
    onPolicy(policies.policy);
  };
  const own = options.own === undefined ? undefined : openOwn(options.own, options);
  return { cosigned, policies, cosigning: new Cosigning({ own, checkpoints: cosigned, policies, onPolicy: tell }) };
}

function openOwn(own: CosigningOptions, options: Readonly<OpenCosigningOptions>): Cosigner {
  const { ledger, ledgerId, projection, dataDir, sharedDir, guardDir, logger, clock, schedule } = options;
  return new Cosigner({
    ...own,
    ledger,
    log: projection.log,
    cosigners: projection.cosigners,
    ledgerId,
    seed: readOrCreateSecret(join(sharedDir ?? dataDir, 'keys', 'cosign.key')),
    hasOthers: sharedDir !== undefined,
    guard: RollbackGuard.open(join(guardDir, 'last-cosigned.jsonl')),
    logger,
    clock,
    schedule,
  });
}
