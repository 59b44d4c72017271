import { equalBytes } from '../bytes';
import { LedgerError, type ErrorCode } from '../errors';
import { digestBytes, type FileDigests } from '../digest/file-digest';
import { parseCheckpoint, verifyLogSignature, type Checkpoint, type VerifiedCheckpoint } from '../log/checkpoint';
import { parseNote } from '../log/note';
import { rootFromInclusion } from '../merkle/verify';
import { formatHashId } from './record-id';
import { parsePolicy, type PinnedPolicy, type Policy } from './policy';
import { parseReceipt, receiptKey, receiptLeafHash, type ParsedReceipt, type ReceiptRecord } from './receipt';
import { verifyKeyWindow, verifyPartySignature } from './signature';
import { NO_DOCUMENT, NO_WITNESS, NOT_PROVED, type Statement } from './statements';

/** What the holder of a receipt expects it to be about; each is checked if given. */
export interface Expectation {
  readonly recordId?: string;
  readonly issuer?: string;
  readonly type?: string;
  /** Business key `{uscc}/{unit}/{period}/{kind}`. */
  readonly key?: string;
}

/** A checkpoint as read from the anchor contract by somebody who is online and trusted by the caller. */
export interface AnchoredCheckpoint {
  readonly chainId: string;
  readonly contract: string;
  readonly size: bigint;
  readonly rootHash: Uint8Array;
}

export interface ReceiptQuestion {
  /** The file's text or bytes, or the parsed JSON value. */
  readonly receipt: unknown;
  readonly policy: string | Uint8Array | Policy;
  /** The file that the record is said to name: its bytes, or both digests of them. */
  readonly document?: Uint8Array | FileDigests;
  readonly expect?: Expectation;
  /** Needed only where the policy names an anchor contract. */
  readonly anchored?: AnchoredCheckpoint;
}

export type StepName =
  'format' | 'document' | 'record' | 'signature' | 'key' | 'inclusion' | 'root' | 'checkpoint' | 'witnesses' | 'anchor';

export interface Step {
  readonly name: StepName;
  /** `pending`: nothing is wrong, but something that the policy asks for is not there yet. */
  readonly outcome: 'ok' | 'not-asked' | 'pending' | 'failed';
}

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

interface Work {
  readonly question: ReceiptQuestion;
  readonly policy: PinnedPolicy;
  receipt: ParsedReceipt;
  checkpoint: Checkpoint;
  verified?: VerifiedCheckpoint;
  document?: ReceiptRecord['documents'][number];
  roots: Uint8Array[];
}

type Check = (work: Work) => Step['outcome'];

/** In this order, each failing closed with a code of its own (docs/formats/receipt.md). */
const CHECKS: readonly (readonly [StepName, Check])[] = [
  ['document', checkDocument],
  ['record', checkRecord],
  ['signature', checkSignature],
  ['key', checkKey],
  ['inclusion', checkInclusion],
  ['root', checkRoot],
  ['checkpoint', checkCheckpoint],
  ['witnesses', checkWitnesses],
  ['anchor', checkAnchor],
];

/**
 * Checks a receipt offline, trusting the pinned policy and nothing else: no service, no clock, no network.
 * Never throws for what is wrong with a receipt; a policy that cannot be read is the caller's mistake and does throw.
 * @throws LedgerError UNSUPPORTED_VERSION, PROOF_MALFORMED, BAD_JSON for the policy
 */
export function verifyReceipt(question: Readonly<ReceiptQuestion>): ReceiptVerdict {
  const policy = parsePolicy(question.policy);
  const steps: Step[] = [];
  let name: StepName = 'format';
  try {
    const work = readQuestion(question, policy);
    steps.push({ name, outcome: 'ok' });
    for (const [next, check] of CHECKS) {
      name = next;
      steps.push({ name, outcome: check(work) });
    }
    return verdictOf(work, steps);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    steps.push({ name, outcome: 'failed' });
    return {
      result: 'FAIL',
      code: error.code,
      message: error.message,
      missing: [],
      steps,
      proves: [],
      doesNotProve: NOT_PROVED,
    };
  }
}

function readQuestion(question: ReceiptQuestion, policy: PinnedPolicy): Work {
  const receipt = parseReceipt(question.receipt);
  return { question, policy, receipt, checkpoint: parseCheckpoint(parseNote(receipt.checkpoint).text), roots: [] };
}

function checkDocument(work: Work): Step['outcome'] {
  const { document } = work.question;
  if (document === undefined) return 'not-asked';
  const { sha256, sm3 } = document instanceof Uint8Array ? digestBytes(document) : document;
  const found = work.receipt.record.documents.find((named) => named.sha256 === sha256 && named.sm3 === sm3);
  if (found === undefined) throw new LedgerError('DOCUMENT_MISMATCH', undefined, { details: { sha256, sm3 } });
  work.document = found;
  return 'ok';
}

function checkRecord({ question: { expect }, receipt }: Work): Step['outcome'] {
  if (expect === undefined) return 'not-asked';
  const { record } = receipt;
  if (differs(expect.issuer, record.issuer)) throw new LedgerError('ISSUER_MISMATCH', `Issued by ${record.issuer}.`);
  const other =
    differs(expect.type, record.type) ||
    differs(expect.key, receiptKey(record)) ||
    differs(expect.recordId, formatHashId(receiptLeafHash(record)));
  if (other) throw new LedgerError('RECORD_MISMATCH', `The receipt is about ${receiptKey(record)}.`);
  return 'ok';
}

function differs(expected: string | undefined, found: string): boolean {
  return expected !== undefined && expected !== found;
}

function checkSignature({ receipt, policy }: Work): Step['outcome'] {
  if (receipt.ledger !== policy.ledgerId) throw new LedgerError('WRONG_LEDGER', `Signed for ledger ${receipt.ledger}.`);
  verifyPartySignature(receipt);
  return 'ok';
}

function checkKey({ receipt }: Work): Step['outcome'] {
  const { signer, logIndex, submission } = receipt;
  verifyKeyWindow(signer.record, submission);
  // The founder alone registers itself, with the first leaf of the log.
  const founds = logIndex === 0n && signer.logIndex === 0n;
  if (signer.logIndex >= logIndex && !founds) {
    throw new LedgerError('KEY_NOT_VALID', 'The key was registered after the record was anchored.');
  }
  return 'ok';
}

function checkInclusion(work: Work): Step['outcome'] {
  const { record, logIndex, path, signer } = work.receipt;
  const { size } = work.checkpoint;
  work.roots.push(rootFromInclusion({ leafHash: receiptLeafHash(record), index: logIndex, size, path }));
  try {
    const leafHash = receiptLeafHash(signer.record);
    work.roots.push(rootFromInclusion({ leafHash, index: signer.logIndex, size, path: signer.path }));
  } catch (cause) {
    throw new LedgerError('SIGNER_UNPROVED', undefined, { cause });
  }
  return 'ok';
}

function checkRoot({ roots: [recordRoot, signerRoot], checkpoint: { rootHash } }: Work): Step['outcome'] {
  if (recordRoot === undefined || !equalBytes(recordRoot, rootHash)) throw new LedgerError('ROOT_MISMATCH');
  if (signerRoot === undefined || !equalBytes(signerRoot, rootHash)) throw new LedgerError('SIGNER_UNPROVED');
  return 'ok';
}

function checkCheckpoint(work: Work): Step['outcome'] {
  work.verified = verifyLogSignature(work.receipt.checkpoint, work.policy.checkpoint);
  return 'ok';
}

function checkWitnesses({ verified, policy }: Work): Step['outcome'] {
  const { quorum } = policy.checkpoint;
  if (quorum === 0) return 'not-asked';
  return (verified?.witnesses.length ?? 0) >= quorum ? 'ok' : 'pending';
}

function checkAnchor({ policy, receipt, question: { anchored }, checkpoint }: Work): Step['outcome'] {
  const { anchor } = policy;
  if (anchor === undefined) return 'not-asked';
  if (receipt.anchor === undefined || anchored === undefined) return 'pending';
  const same = [receipt.anchor, anchored].every(
    ({ chainId, contract }) => chainId === anchor.chainId && contract === anchor.contract,
  );
  const holds = anchored.size === checkpoint.size && equalBytes(anchored.rootHash, checkpoint.rootHash);
  if (!same || !holds) throw new LedgerError('ANCHOR_INVALID');
  return 'ok';
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
      ...NOT_PROVED,
      ...(work.document === undefined ? [NO_DOCUMENT] : []),
      ...(work.policy.checkpoint.quorum === 0 ? [NO_WITNESS] : []),
    ],
  };
}

function summarise({ receipt, checkpoint, verified, document }: Work): ReceiptSummary {
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
    ...(document === undefined ? {} : { document: { name: document.name, role: document.role } }),
  };
}

function provedBy({ receipt, checkpoint, document, verified }: Work): Statement[] {
  const { submission, logIndex } = receipt;
  const size = checkpoint.size.toString();
  const witnesses = verified?.witnesses.length ?? 0;
  return [
    {
      id: 'signed',
      en: `${submission.party} signed this record with a key that was registered for it.`,
      zh: `${submission.party} 以其登记的密钥签署了该记录。`,
    },
    {
      id: 'anchored',
      en: `The record is entry ${logIndex.toString()} of ${size} in the signed log, unchanged since.`,
      zh: `该记录为已签名日志共 ${size} 条中的第 ${logIndex.toString()} 条，此后未被改动。`,
    },
    ...(document === undefined
      ? []
      : [
          {
            id: 'document',
            en: `The file is the one that the record names as ${document.name}.`,
            zh: `文件与记录所载“${document.name}”一致。`,
          },
        ]),
    ...(witnesses === 0
      ? []
      : [
          {
            id: 'witnessed',
            en: `${witnesses.toString()} independent witnesses saw the same log.`,
            zh: `${witnesses.toString()} 个独立见证方看到同一日志。`,
          },
        ]),
  ];
}
