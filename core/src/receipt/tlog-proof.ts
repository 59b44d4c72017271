import { equalBytes, utf8Decode } from '../bytes';
import { canonicalBytes } from '../canonical';
import { LedgerError } from '../errors';
import { parseCheckpoint, verifyLogSignature } from '../log/checkpoint';
import { parseNote } from '../log/note';
import { formatTlogProof, parseTlogProof, type TlogProof } from '../log/proof-text';
import { rootFromInclusion } from '../merkle/verify';
import { checkDocument, checkRecord, checkWitnesses } from './checks';
import { parsePolicy, type PinnedPolicy } from './policy';
import type { ReceiptQuestion, Step, StepName } from './question';
import { parseReceipt, parseReceiptRecord, receiptKey, receiptLeafHash, type ReceiptRecord } from './receipt';
import { formatHashId } from './record-id';
import {
  NO_DOCUMENT,
  NO_SIGNATURE,
  NO_WITNESS,
  NOT_PROVED,
  provedAnchored,
  provedDocument,
  provedWitnessed,
  type Statement,
} from './statements';
import { runChecks, type ReceiptSummary, type ReceiptVerdict } from './verify';

const TLOG_PROOF = 'c2sp.org/tlog-proof@';

/** A receipt as C2SP tlog-proof: what foreign tools of transparency logs read. The record stands in its extra data. */
export function formatReceiptAsTlogProof(receipt: unknown): string {
  const { logIndex: index, path, checkpoint, record } = parseReceipt(receipt);
  return formatTlogProof({ index, path, checkpoint, extra: canonicalBytes(record) });
}

/** Whether a file says to be a C2SP tlog-proof of whatever version. */
export function isTlogProof(file: Uint8Array): boolean {
  const start = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf ? 3 : 0;
  return equalBytes(file.subarray(start, start + TLOG_PROOF.length), new TextEncoder().encode(TLOG_PROOF));
}

export interface TlogProofQuestion extends Omit<ReceiptQuestion, 'receipt' | 'anchored'> {
  /** The `.tlog-proof` file. */
  readonly proof: string | Uint8Array;
}

/** What a receipt says, without what a tlog-proof has no place for. */
export type TlogProofSummary = Omit<ReceiptSummary, 'signedAt' | 'txId' | 'blockNumber' | 'timestamp'>;

export interface TlogProofVerdict extends Omit<ReceiptVerdict, 'record'> {
  readonly record?: TlogProofSummary;
}

interface Work {
  readonly question: TlogProofQuestion;
  readonly policy: PinnedPolicy;
  readonly proof: TlogProof;
  readonly receipt: { readonly record: ReceiptRecord };
  document?: ReceiptRecord['documents'][number];
  verified?: ReturnType<typeof verifyLogSignature>;
}

type Check = (work: Work) => Step['outcome'];

/** The steps of a receipt, in the same order. Its party's signature is not in it, and nobody asks for it. */
const CHECKS: readonly (readonly [StepName, Check])[] = [
  ['document', checkDocument],
  ['record', checkRecord],
  ['signature', () => 'not-asked'],
  ['key', () => 'not-asked'],
  ['inclusion', checkInclusion],
  ['checkpoint', checkCheckpoint],
  ['witnesses', checkWitnesses],
  ['timestamp', ({ policy }) => (policy.timestampRoots.length === 0 ? 'not-asked' : 'pending')],
  ['anchor', ({ policy }) => (policy.anchor === undefined ? 'not-asked' : 'pending')],
];

/**
 * Checks an exported receipt offline: that the log of the policy holds the record. It cannot show who signed the record.
 * @throws LedgerError for a policy that cannot be read; never for what is wrong with the proof
 */
export function verifyTlogProof(question: Readonly<TlogProofQuestion>): TlogProofVerdict {
  const policy = parsePolicy(question.policy);
  return runChecks(() => read(question, policy), CHECKS, verdictOf);
}

function read(question: TlogProofQuestion, policy: PinnedPolicy): Work {
  const proof = parseTlogProof(textOf(question.proof));
  if (proof.extra === undefined) throw new LedgerError('PROOF_MALFORMED', 'The proof does not hold its record.');
  return { question, policy, proof, receipt: { record: parseReceiptRecord(proof.extra) } };
}

function textOf(proof: string | Uint8Array): string {
  try {
    return typeof proof === 'string' ? proof : utf8Decode(proof);
  } catch (cause) {
    throw new LedgerError('PROOF_MALFORMED', 'The proof is not text.', { cause });
  }
}

function checkInclusion({ proof, receipt: { record } }: Work): Step['outcome'] {
  const { size, rootHash } = parseCheckpoint(parseNote(proof.checkpoint).text);
  const root = rootFromInclusion({ leafHash: receiptLeafHash(record), index: proof.index, size, path: proof.path });
  if (!equalBytes(root, rootHash)) throw new LedgerError('ROOT_MISMATCH');
  return 'ok';
}

function checkCheckpoint(work: Work): Step['outcome'] {
  work.verified = verifyLogSignature(work.proof.checkpoint, work.policy.checkpoint);
  return 'ok';
}

function verdictOf(work: Work, steps: readonly Step[]): TlogProofVerdict {
  const missing = steps.filter(({ outcome }) => outcome === 'pending').map(({ name }) => name);
  return {
    result: missing.length > 0 ? 'PENDING' : 'PASS',
    missing,
    steps,
    record: summarise(work),
    proves: missing.length > 0 ? [] : provedBy(work),
    doesNotProve: [
      NO_SIGNATURE,
      ...NOT_PROVED,
      ...(work.document === undefined ? [NO_DOCUMENT] : []),
      ...(work.policy.checkpoint.quorum === 0 ? [NO_WITNESS] : []),
    ],
  };
}

function summarise({ receipt: { record }, proof, verified, document }: Work): TlogProofSummary {
  return {
    id: formatHashId(receiptLeafHash(record)),
    key: receiptKey(record),
    type: record.type,
    issuer: record.issuer,
    version: record.version,
    logIndex: proof.index.toString(),
    logSize: verified?.size.toString() ?? '',
    witnesses: verified?.witnesses ?? [],
    ...(document === undefined ? {} : { document: { name: document.name, role: document.role } }),
  };
}

function provedBy({ proof, document, verified }: Work): Statement[] {
  const witnesses = verified?.witnesses.length ?? 0;
  return [
    provedAnchored(proof.index, verified?.size ?? 0n),
    ...(document === undefined ? [] : [provedDocument(document.name)]),
    ...(witnesses === 0 ? [] : [provedWitnessed(witnesses)]),
  ];
}
