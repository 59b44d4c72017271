import { LedgerError, type ErrorCode } from '../errors';
import { CHECKS, readQuestion, type Work } from './checks';
import { parsePolicy } from './policy';
import type { ReceiptQuestion, Step, StepName } from './question';
import { receiptKey, receiptLeafHash } from './receipt';
import { formatHashId } from './record-id';
import {
  NO_DOCUMENT,
  NO_WITNESS,
  NOT_PROVED,
  provedAnchored,
  provedDocument,
  provedPosted,
  provedSigned,
  provedTime,
  provedWitnessed,
  type Statement,
} from './statements';

export interface ReceiptSummary {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly issuer: string;
  readonly version: number;
  readonly signedAt: string;
  readonly logIndex: string;
  readonly logSize: string;
  readonly txId: string;
  readonly blockNumber: string;
  readonly witnesses: readonly string[];
  /** By a time-stamping authority that the policy trusts: the log held the record no later than this. */
  readonly timestamp?: { readonly time: string; readonly authority: string };
  /** The document of the record that the given file is. */
  readonly document?: { readonly name: string; readonly role: string };
}

export interface ReceiptVerdict {
  readonly result: 'PASS' | 'FAIL' | 'PENDING';
  /** Set when failed. */
  readonly code?: ErrorCode;
  readonly message?: string;
  /** What is missing, when pending. */
  readonly missing: readonly StepName[];
  readonly steps: readonly Step[];
  /** Set unless failed: nothing of a receipt that failed is worth repeating. */
  readonly record?: ReceiptSummary;
  readonly proves: readonly Statement[];
  readonly doesNotProve: readonly Statement[];
}

/**
 * Checks a receipt offline, trusting the pinned policy and nothing else: no service, no clock, no network.
 * Never throws for what is wrong with a receipt; a policy that cannot be read is the caller's mistake and does throw.
 * @throws LedgerError UNSUPPORTED_VERSION, PROOF_MALFORMED, BAD_JSON for the policy
 */
export function verifyReceipt(question: Readonly<ReceiptQuestion>): ReceiptVerdict {
  const policy = parsePolicy(question.policy);
  return runChecks(() => readQuestion(question, policy), CHECKS, verdictOf);
}

/** Reads what is to be checked, then checks it in order, up to the first refusal. @throws whatever is not a refusal */
export function runChecks<Work, Verdict>(
  read: () => Work,
  checks: readonly (readonly [StepName, (work: Work) => Step['outcome']])[],
  verdict: (work: Work, steps: readonly Step[]) => Verdict,
): Verdict | Omit<ReceiptVerdict, 'record'> {
  const steps: Step[] = [];
  let name: StepName = 'format';
  try {
    const work = read();
    steps.push({ name, outcome: 'ok' });
    for (const [next, check] of checks) {
      name = next;
      steps.push({ name, outcome: check(work) });
    }
    return verdict(work, steps);
  } catch (error) {
    return failed(error, name, steps);
  }
}

/** The verdict on a check that refused. @throws whatever is not a refusal */
function failed(error: unknown, name: StepName, steps: readonly Step[]): Omit<ReceiptVerdict, 'record'> {
  if (!(error instanceof LedgerError)) throw error;
  return {
    result: 'FAIL',
    code: error.code,
    message: error.message,
    missing: [],
    steps: [...steps, { name, outcome: 'failed' }],
    proves: [],
    doesNotProve: NOT_PROVED,
  };
}

function verdictOf(work: Work, steps: readonly Step[]): ReceiptVerdict {
  const missing = steps.filter(({ outcome }) => outcome === 'pending').map(({ name }) => name);
  return {
    result: missing.length > 0 ? 'PENDING' : 'PASS',
    missing,
    steps,
    record: summarise(work),
    proves: missing.length > 0 ? [] : provedBy(work),
    doesNotProve: [
      ...NOT_PROVED.filter(({ id }) => id !== 'time' || work.timestamp === undefined),
      ...(work.document === undefined ? [NO_DOCUMENT] : []),
      ...(work.policy.checkpoint.quorum === 0 ? [NO_WITNESS] : []),
    ],
  };
}

function summarise({ receipt, checkpoint, verified, document, timestamp }: Work): ReceiptSummary {
  const { record } = receipt;
  return {
    id: formatHashId(receiptLeafHash(record)),
    key: receiptKey(record),
    type: record.type,
    issuer: record.issuer,
    version: record.version,
    signedAt: receipt.submission.signedAt,
    logIndex: receipt.logIndex.toString(),
    logSize: checkpoint.size.toString(),
    txId: receipt.txId,
    blockNumber: receipt.blockNumber.toString(),
    witnesses: verified?.witnesses ?? [],
    ...(timestamp === undefined ? {} : { timestamp: { time: timestamp.time, authority: timestamp.authority } }),
    ...(document === undefined ? {} : { document: { name: document.name, role: document.role } }),
  };
}

function provedBy({ receipt, checkpoint, document, verified, timestamp, posted }: Work): Statement[] {
  const witnesses = verified?.witnesses.length ?? 0;
  return [
    provedSigned(receipt.submission.party),
    provedAnchored(receipt.logIndex, checkpoint.size),
    ...(document === undefined ? [] : [provedDocument(document.name)]),
    ...(witnesses === 0 ? [] : [provedWitnessed(witnesses)]),
    ...(timestamp === undefined ? [] : [provedTime(timestamp)]),
    ...(posted === undefined ? [] : [provedPosted(posted)]),
  ];
}
