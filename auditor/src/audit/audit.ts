import {
  canonicalize,
  CompactRange,
  equalBytes,
  isLedgerError,
  parsePolicy,
  TILE_WIDTH,
  tileWidth,
  toHex,
  verifyLogSignature,
  type Policy,
  type VerifiedCheckpoint,
} from '@carbon-ledger/core';
import type { Finding } from '../fsck';
import { continuityFindings, tileFindings } from './continuity';
import { withTileMemory, type LogSource } from './log-source';
import { isBrokenRule } from './rule';
import { drawIndexes, Sampler, type Sampled } from './sample';
import { SEEN_SCHEMA, type Seen, type SeenCheckpoint } from './seen';

export interface AuditOptions {
  readonly source: LogSource;
  /** Pinned beforehand, from another place than the service. */
  readonly policy: Policy;
  /** What this auditor saw before; undefined at the first audit. */
  readonly seen: Seen | undefined;
  /** Records to look at; default 20. */
  readonly samples?: number;
  /** What the draw is made from; must not be known to the service beforehand. */
  readonly seed: string;
  /** Recompute the root from every leaf, not only from the tiles at the right edge. */
  readonly allLeaves?: boolean;
  /** RFC 3339. */
  readonly now: string;
}

export interface AuditReport {
  readonly source: string;
  readonly origin: string;
  /**
   * `rule-broken`: the log is as it was signed, but it holds a record that a rule forbids; each finding names the rule ·
   * `cannot-tell`: nothing is wrong, but witnesses or receipts that the policy asks for are not there yet.
   */
  readonly result: 'ok' | 'wrong' | 'rule-broken' | 'cannot-tell';
  readonly size: string;
  readonly root: string;
  readonly witnesses: readonly string[];
  readonly quorum: number;
  /** Size of the last checkpoint that was seen before. */
  readonly previousSize?: string;
  readonly seed: string;
  readonly sample: Omit<Sampled, 'findings'>;
  readonly findings: readonly Finding[];
  readonly checked: readonly string[];
  readonly notChecked: readonly string[];
}

export interface AuditOutcome {
  readonly report: AuditReport;
  /** What to keep. Unchanged when the log is wrong: the auditor goes on from what was right. */
  readonly seen: Seen | undefined;
  /** Every checkpoint was signed by the log: kept even when wrong, because it is the proof. */
  readonly note: string;
}

const HASH_BYTES = 32;
const NO_SAMPLE: Sampled = { indexes: [], included: 0, records: 0, receipts: 0, pending: 0, findings: [] };

async function leavesFindings({ size, rootHash }: VerifiedCheckpoint, { tile }: LogSource): Promise<Finding[]> {
  const range = new CompactRange();
  for (let index = 0n; index * BigInt(TILE_WIDTH) < size; index++) {
    const width = tileWidth(0, index, size);
    const bytes = await tile({ level: 0, index, width });
    for (let at = 0; at < width; at++) range.append(bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
  }
  if (equalBytes(range.root(), rootHash)) return [];
  return [{ code: 'LOG_MISMATCH', field: 'leaves', message: 'all leaves together lead to another root' }];
}

function refused(note: string, options: AuditOptions, error: unknown): AuditOutcome {
  if (!isLedgerError(error)) throw error;
  const findings: Finding[] = [{ code: error.code, field: 'checkpoint', message: error.message }];
  const { source, policy, seed, seen } = options;
  const report: AuditReport = {
    source: source.name,
    origin: policy.origin,
    result: 'wrong',
    size: '0',
    root: '',
    witnesses: [],
    quorum: policy.quorum,
    seed,
    sample: NO_SAMPLE,
    findings,
    checked: [],
    notChecked: ['everything else: the checkpoint is not the log’s'],
  };
  return { report, seen, note };
}

function statementsOf(
  checkpoint: VerifiedCheckpoint,
  options: AuditOptions,
  last: SeenCheckpoint | undefined,
  sample: Sampled,
): Pick<AuditReport, 'checked' | 'notChecked'> {
  const size = String(checkpoint.size);
  const drawn = String(sample.indexes.length);
  const continues =
    last === undefined ? [] : [`that it continues the checkpoint of ${last.size} records seen at ${last.seenAt}`];
  return {
    checked: [
      'the signature of the log’s pinned key on the checkpoint',
      ...continues,
      options.allLeaves === true
        ? `that all ${size} leaves lead to the signed root`
        : 'that the tiles at the right edge lead to the signed root',
      `that ${String(sample.included)} of ${drawn} records that were drawn stand in the log`,
      `that ${String(sample.records)} of them are shown as they were anchored`,
      `the receipts of ${String(sample.receipts)} of them, offline: signature of the party, its key, inclusion`,
    ],
    notChecked: [
      ...(last === undefined ? ['whether others were shown the same log before: this was the first look'] : []),
      'whether others are shown the same log now (carbon-ledger compare)',
      `records that were not drawn: ${String(checkpoint.size - BigInt(sample.indexes.length))}`,
      'rules, authority and figures (carbon-ledger fsck, by an organisation that has the blocks)',
      'whether what the records say was true before they were anchored',
    ],
  };
}

function verdictOf(
  findings: readonly Finding[],
  checkpoint: VerifiedCheckpoint,
  quorum: number,
  sample: Sampled,
): AuditReport['result'] {
  if (findings.length > 0) return findings.every(isBrokenRule) ? 'rule-broken' : 'wrong';
  return checkpoint.witnesses.length < quorum || sample.pending > 0 ? 'cannot-tell' : 'ok';
}

async function examine(options: AuditOptions, note: string, checkpoint: VerifiedCheckpoint): Promise<AuditOutcome> {
  const { source, policy, seed, seen, samples = 20 } = options;
  const last = seen?.checkpoints.at(-1);
  const continuity = await continuityFindings(last, checkpoint, source.tile);
  const log = await (options.allLeaves === true
    ? leavesFindings(checkpoint, source)
    : tileFindings(checkpoint, source.tile));
  const indexes = drawIndexes(seed, checkpoint.size, samples);
  const { findings: found, ...sample } = await new Sampler(source, checkpoint, canonicalize(policy)).run(indexes);
  const findings = [...continuity, ...log, ...found];
  const report: AuditReport = {
    source: source.name,
    origin: checkpoint.origin,
    result: verdictOf(findings, checkpoint, policy.quorum, { ...sample, findings }),
    size: String(checkpoint.size),
    root: toHex(checkpoint.rootHash),
    witnesses: checkpoint.witnesses,
    quorum: policy.quorum,
    ...(last === undefined ? {} : { previousSize: last.size }),
    seed,
    sample,
    findings,
    ...statementsOf(checkpoint, options, last, { ...sample, findings }),
  };
  return { report, note, seen: report.result === 'wrong' ? seen : remember(options, note, checkpoint) };
}

function remember({ policy, seen, source, now }: AuditOptions, note: string, checkpoint: VerifiedCheckpoint): Seen {
  const entry = {
    size: String(checkpoint.size),
    root: toHex(checkpoint.rootHash),
    note,
    source: source.name,
    seenAt: now,
  };
  const before = seen?.checkpoints ?? [];
  const isKnown = before.at(-1)?.size === entry.size;
  return { schema: SEEN_SCHEMA, policy: { ...policy }, checkpoints: isKnown ? before : [...before, entry] };
}

/**
 * What an outside auditor does against a service that it does not trust: one checkpoint, held to what was seen before, to
 * its own tiles, and to records that are drawn.
 * @throws LedgerError UNREACHABLE, NOT_FOUND, FILE_UNREADABLE where the log cannot be read: then nothing is known
 */
export async function audit(given: AuditOptions): Promise<AuditOutcome> {
  const options = { ...given, source: withTileMemory(given.source) };
  const note = await options.source.checkpoint();
  try {
    return await examine(options, note, verifyLogSignature(note, parsePolicy(options.policy).checkpoint));
  } catch (error) {
    if (isLedgerError(error) && error.code.startsWith('CHECKPOINT_')) return refused(note, options, error);
    throw error;
  }
}
