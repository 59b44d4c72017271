import { join } from 'node:path';
import { formatVkey, noteSigner, originOf } from '@carbon-ledger/core';
import { readOrCreateSecret } from '@carbon-ledger/auditor/stored';
import type { Logger } from 'pino';
import { openCosigning, type CosigningServices } from '../cosigning';
import type { GatewayOptions } from '../gateway-options';
import { policySchema } from '../ledger-founding';
import type { Projection } from '../projection/projection';
import type { LedgerFacts } from '../services';
import { openOutsideServices, type OutsideServices } from '../witness';
import { CheckpointKeeper } from './checkpoint-keeper';
import { readRetiredKeys, RETIRED_KEYS, statedRetired, takenApart } from './retired-keys';
import { RollbackGuard } from './rollback-guard';

/** What signs the log, and what stands behind its signature. */
export interface LogKeeping extends CosigningServices {
  readonly checkpoints: CheckpointKeeper;
  readonly outside: OutsideServices | undefined;
}

/** @param schedule runs something once after a time, and returns how to call it off */
export async function openLogKeeping(
  projection: Projection,
  facts: LedgerFacts,
  logger: Logger,
  options: Readonly<GatewayOptions>,
  schedule: (task: () => void, ms: number) => () => void,
): Promise<LogKeeping> {
  const { dataDir, sharedDir, clock = () => new Date() } = options;
  const origin = originOf(facts.ledgerId);
  const keys = join(sharedDir ?? dataDir, 'keys');
  const signer = noteSigner(origin, 'ed25519', readOrCreateSecret(join(keys, 'log.key')));
  const retired = readRetiredKeys(join(keys, RETIRED_KEYS));
  const { log } = projection;
  const guardDir = options.guardDir ?? join(dataDir, 'guard');
  const shared = { log, clock, schedule };
  const outside: OutsideServices | undefined =
    options.outside &&
    (await openOutsideServices({
      ...shared,
      config: options.outside,
      dataDir,
      keys: { logKey: signer.key, retired: takenApart(retired) },
      // What organisations cosign comes first, so that a receipt may hold all of it.
      newest: () => (options.quorum ? services.cosigned.newest() : checkpoints.covering(0)),
    }));
  const checkpoints: CheckpointKeeper = new CheckpointKeeper({
    ...shared,
    signer,
    guard: RollbackGuard.open(join(guardDir, 'last-signed.jsonl')),
    intervalMs: options.checkpointIntervalMs ?? 10,
    assertNotBehind: outside?.assertNotBehind,
  });
  const own = { ...policySchema(facts), ledgerId: facts.ledgerId, origin, logKey: formatVkey(signer.key) } as const;
  const services: CosigningServices = openCosigning({
    ...shared,
    own: options.cosigning,
    quorum: options.quorum ?? 0,
    ledger: options.ledger,
    ledgerId: facts.ledgerId,
    projection,
    checkpoints,
    policy: { ...own, ...statedRetired(retired), witnesses: [], quorum: 0, ...outside?.policy },
    onPolicy: options.onPolicy ?? (() => undefined),
    dataDir,
    sharedDir,
    guardDir,
    logger,
  });
  return { ...services, checkpoints, outside };
}
