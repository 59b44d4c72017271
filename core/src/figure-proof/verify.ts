import { equalBytes } from '../bytes';
import { LedgerError, type ErrorCode } from '../errors';
import { parseFigureAddress } from '../identifiers';
import { parseCheckpoint, verifyLogSignature } from '../log/checkpoint';
import { parseNote } from '../log/note';
import { rootFromMultiproof } from '../merkle/multiproof';
import { ledgerSignedFor, parsePolicy, type PinnedPolicy, type Policy } from '../receipt/policy';
import { verifyKeyWindow, verifySubmissionRoot } from '../receipt/signature';
import { NO_WITNESS, NOT_PROVED, type Statement } from '../receipt/statements';
import { formatRecordId, parseRecord, recordLeafHash } from '../records';
import { parseFigureProof, type ParsedFigureProof } from './format';
import { walkLaboratory } from './lab';
import { verifyOpenings, wellFormed, type Entry } from './openings';
import type { OpenRecord } from './scope';
import type { Extent } from './extents';
import { recordOfKey, walkFigure, type ProvedFigure, type Walked } from './walk';

export interface FigureProofQuestion {
  /** The file's bytes, or the proof as JSON value or canonical text. */
  readonly proof: unknown;
  readonly policy: string | Uint8Array | Policy;
  /** The figure that the holder expects it to be about. */
  readonly figure?: string;
}

export interface FigureVerdict {
  readonly result: 'PASS' | 'FAIL' | 'PENDING';
  readonly code?: ErrorCode;
  readonly message?: string;
  /** What is missing, when pending. */
  readonly missing: readonly 'witnesses'[];
  readonly figure?: string;
  readonly value?: string;
  readonly unit?: string;
  readonly extent?: Extent;
  /** Every figure that was opened; those with a formula were computed anew from their inputs. */
  readonly figures: readonly ProvedFigure[];
  readonly records: number;
  readonly proves: readonly Statement[];
  readonly doesNotProve: readonly Statement[];
}

/**
 * Checks a figure proof offline and computes every step of it anew, in exact decimals. Fails closed, with one code each, in
 * this order: format, records in the log, signatures of the parties, checkpoint, openings, and then the figures.
 * @throws LedgerError for a policy that cannot be read; never for what is wrong with the proof
 */
export function verifyFigureProof(question: Readonly<FigureProofQuestion>): FigureVerdict {
  const policy = parsePolicy(question.policy);
  try {
    return verify(question, policy);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const { code, message } = error;
    return {
      result: 'FAIL',
      code,
      message,
      missing: [],
      figures: [],
      records: 0,
      proves: [],
      doesNotProve: NOT_PROVED,
    };
  }
}

function verify(question: FigureProofQuestion, policy: PinnedPolicy): FigureVerdict {
  const proof = parseFigureProof(question.proof);
  if (question.figure !== undefined && question.figure !== proof.figure) {
    throw new LedgerError('RECORD_MISMATCH', `The proof is about ${proof.figure}.`);
  }
  if (proof.ledger !== policy.ledgerId) throw new LedgerError('WRONG_LEDGER');
  const entries = readEntries(proof);
  verifyLog(proof, entries);
  verifySubmissions(proof, entries, policy);
  const { witnesses } = verifyLogSignature(proof.checkpoint, policy.checkpoint);
  const open = verifyOpenings(proof, entries);
  const walked = verifyFigures(proof, entries, open);
  const pending = witnesses.length < policy.checkpoint.quorum;
  return { ...describe(proof, walked, pending, policy), records: entries.length };
}

function readEntries(proof: ParsedFigureProof): Entry[] {
  const entries = proof.records.map(({ record: value, logIndex, signed }) => {
    const record = wellFormed(() => parseRecord(value));
    const leaf = recordLeafHash(record);
    return { record, leaf, id: formatRecordId(leaf), logIndex, signed };
  });
  const inOrder = entries.every(({ logIndex }, at) => at === 0 || logIndex > (entries[at - 1]?.logIndex ?? 0n));
  if (!inOrder) throw new LedgerError('PROOF_MALFORMED', 'The records are not in log order, each once.');
  return entries;
}

function verifyLog(proof: ParsedFigureProof, entries: readonly Entry[]): void {
  const { size, rootHash } = parseCheckpoint(parseNote(proof.checkpoint).text);
  const leaves = new Map(entries.map(({ logIndex, leaf }) => [logIndex, leaf]));
  const root = rootFromMultiproof({ leaves, size, nodes: proof.logNodes });
  if (!equalBytes(root, rootHash)) throw new LedgerError('ROOT_MISMATCH');
}

function verifySubmissions(proof: ParsedFigureProof, entries: readonly Entry[], policy: PinnedPolicy): void {
  entries.forEach((entry) => {
    assertSigned(proof, entry);
  });
  for (const [at, submission] of proof.submissions.entries()) {
    const members = entries.filter(({ signed }) => signed?.submission === at);
    const leaves = new Map(members.map(({ signed, leaf }) => [BigInt(signed?.place ?? 0), leaf]));
    const signer = entries[submission.signer];
    if (signer === undefined || leaves.size !== members.length)
      throw new LedgerError('PROOF_MALFORMED', 'A submission names places twice, or no signer.');
    const root = rootOfSubmission(leaves, submission);
    verifySubmissionRoot(signer.record, ledgerOf(members, policy), submission, root);
    verifyKeyWindow(signer.record, submission);
    assertRegisteredBefore(signer, members);
  }
}

/** The ledger that a submission was signed for: its records stand together in the log, before the earlier ledger's end or behind it. */
function ledgerOf(members: readonly Entry[], policy: PinnedPolicy): string {
  const [ledger = policy.ledgerId, ...others] = new Set(
    members.map(({ logIndex }) => ledgerSignedFor(policy, logIndex)),
  );
  if (others.length > 0) throw new LedgerError('PROOF_MALFORMED', 'A submission is spread over two ledgers.');
  return ledger;
}

/** Every record is signed by its issuer in one of the submissions; a party record may stand there for its keys alone. */
function assertSigned({ submissions }: ParsedFigureProof, { signed, record, id }: Entry): void {
  if (signed === null && record.type === 'party') return;
  const submission = signed === null ? undefined : submissions[signed.submission];
  if (submission === undefined) throw new LedgerError('SIGNATURE_INVALID', `${id} is not signed in this proof.`);
  if (submission.party !== record.issuer) {
    throw new LedgerError('ISSUER_MISMATCH', `${id} is of ${record.issuer}, and ${submission.party} signed it.`);
  }
}

function rootOfSubmission(
  leaves: ReadonlyMap<bigint, Uint8Array>,
  { recordCount, nodes }: ParsedFigureProof['submissions'][number],
): Uint8Array {
  try {
    return rootFromMultiproof({ leaves, size: BigInt(recordCount), nodes });
  } catch (cause) {
    throw new LedgerError('SIGNATURE_INVALID', 'The records are not proved to be part of what was signed.', { cause });
  }
}

/** A key signs nothing before it is registered; the founder alone registers itself, with the first leaf of the log. */
function assertRegisteredBefore(signer: Entry, members: readonly Entry[]): void {
  const late = members.some(
    ({ logIndex }) => logIndex <= signer.logIndex && !(logIndex === 0n && signer.logIndex === 0n),
  );
  if (late) throw new LedgerError('KEY_NOT_VALID', 'A key was registered after the record was anchored.');
}

/** Walks the figure with what is open, and holds the proof to exactly that: nothing left out, nothing opened beside. */
function verifyFigures(
  proof: ParsedFigureProof,
  entries: readonly Entry[],
  open: ReadonlyMap<string, OpenRecord>,
): Walked {
  const address = parseFigureAddress(proof.figure);
  const target = { id: recordOfKey(open, address.key).id, name: address.figure };
  const extent = proof.extent as Extent;
  const walked = extent === 'lab' ? walkLaboratory(open, target) : walkFigure(open, target, extent);
  const beside = [...open.values()].find(({ id, figures }) => {
    return !walked.records.has(id) || figures.some(({ name }) => walked.opened.get(id)?.has(name) !== true);
  });
  if (beside !== undefined)
    throw new LedgerError('PROOF_MALFORMED', `The proof opens more of ${beside.id} than the figure rests on.`);
  const signers = new Set(proof.submissions.map(({ signer }) => entries[signer]?.id));
  if (entries.some(({ signed, id }) => signed === null && !signers.has(id))) {
    throw new LedgerError('PROOF_MALFORMED', 'The proof holds a party that signed nothing in it.');
  }
  return walked;
}

const CLOSED: Statement = {
  id: 'closed',
  en: 'How figures that are stated here without formula came about: what they rest on is not opened.',
  zh: '未展开的数据项如何得出：其依据未在本证明中公开。',
};

/** Of an extent `lab`: which reports there are is public, so that none can be left out. */
function laboratories(walked: Walked): Statement {
  const reports = new Set(
    walked.figures.filter(({ address }) => address.includes('/test-report')).map(({ record }) => record),
  );
  return {
    id: 'laboratories',
    en: `Every figure of all ${String(reports.size)} laboratory reports that its record cites, however far, is shown; none is left out.`,
    zh: `该记录直接或间接引用的全部 ${String(reports.size)} 份检测报告的全部数据项均已列出，无一遗漏。`,
  };
}

function describe(
  proof: ParsedFigureProof,
  walked: Walked,
  pending: boolean,
  policy: PinnedPolicy,
): Omit<FigureVerdict, 'records'> {
  const { figures } = walked;
  const target = figures.find(({ address }) => address === proof.figure);
  const computed = figures.filter(({ formula }) => formula !== undefined).length;
  const proves: Statement[] = [
    {
      id: 'figures',
      en: `${String(figures.length)} figures stand unchanged in the log, each signed by its party; ${String(computed)} of them were computed anew.`,
      zh: `${String(figures.length)} 个数据项在日志中未被改动且由各自主体签署，其中 ${String(computed)} 个已重新计算。`,
    },
    ...(proof.extent === 'lab' ? [laboratories(walked)] : []),
  ];
  return {
    result: pending ? 'PENDING' : 'PASS',
    missing: pending ? ['witnesses'] : [],
    figure: proof.figure,
    extent: proof.extent as Extent,
    ...(target === undefined ? {} : { value: target.value, unit: target.unit }),
    figures,
    proves: pending ? [] : proves,
    doesNotProve: [
      ...NOT_PROVED,
      ...(proof.extent === 'full' ? [] : [CLOSED]),
      ...(policy.checkpoint.quorum === 0 ? [NO_WITNESS] : []),
    ],
  };
}
