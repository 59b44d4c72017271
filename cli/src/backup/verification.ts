import { LedgerError, type Fault } from '@carbon-ledger/core';
import type { FsckReport, Probe } from '@carbon-ledger/auditor';
import type { Finding } from '@carbon-ledger/auditor';

function faultOf({ block, transaction, field, code, message }: Finding): Fault {
  const place = [
    ...(block === undefined ? [] : [`block ${String(block)}`]),
    ...(transaction ? [transaction] : []),
    field,
  ];
  return { path: place.join(' · '), code, message };
}

export interface VerificationOptions {
  readonly dataDir: string;
  /** Checkpoints from elsewhere that the ledger must lead to. */
  readonly probes: readonly Probe[];
  readonly signal: AbortSignal;
  readonly onProgress: (blocks: number) => void;
}

/**
 * fsck over a folder, with everything that was ever signed by it.
 * @throws LedgerError with the code of the first finding and all of them as faults; INTERRUPTED
 */
export async function verifyFolder(options: VerificationOptions): Promise<FsckReport> {
  const { dataDir, signal, onProgress } = options;
  const { openLedgerReader } = await import('@carbon-ledger/embedded-peer');
  const { fsck, readGuard } = await import('@carbon-ledger/auditor');
  const reader = await openLedgerReader(dataDir);
  try {
    const guard = await readGuard(dataDir);
    const probes = [...guard.probes, ...options.probes];
    const stores = { source: reader, figures: reader, peerState: reader, names: reader.names };
    const report = await fsck({ ...stores, probes, signal, onProgress });
    assertInOrder([...guard.findings, ...report.findings], dataDir);
    if (report.result === 'incomplete') throw new LedgerError('INTERRUPTED');
    return report;
  } finally {
    await reader.close();
  }
}

/** @throws LedgerError with the code of the first finding, and all of them as faults */
export function assertInOrder(findings: readonly Finding[], dataDir: string): void {
  const [first] = findings;
  if (first === undefined) return;
  throw new LedgerError(first.code, `${dataDir} does not hold what it must: ${first.message}`, {
    faults: findings.map(faultOf),
  });
}
