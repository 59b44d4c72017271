import type { VerificationAnswer, VerificationItem } from '@carbon-ledger/client-sdk';
import type { DroppedFile } from '../files/dropped';
import type { HashedFile } from '../workers/hash.worker';
import type { Recognised } from '../workers/proof.worker';
import type { FigureVerdict } from '../../../core/src/figure-proof';
import type { ReceiptVerdict } from '../../../core/src/receipt';
import { isErrorCode, type ErrorCode } from '../../../core/src/errors';
import type { CellDifference } from '../inspection/cells';
import { verdictOf, type Verdict } from '../words/verdicts';
import { standingOf } from './standing';
import type { OpenedTable } from './where-changed';

export interface CheckedFile {
  readonly kind: 'file';
  readonly path: string;
  readonly verdict: Verdict;
  readonly hashed: HashedFile;
  /** Itself: names may be the same of two. */
  readonly file: Blob;
  /** Absent where the ledger could not be asked. */
  readonly answer?: VerificationAnswer;
  /** Of a changed table: the cells that are not as they were anchored. */
  readonly where?: readonly CellDifference[];
}

/** An opening of the cells of a table: with it a changed copy is named by its cells. */
interface CheckedOpening {
  readonly kind: 'opening';
  readonly path: string;
  readonly verdict: Verdict;
  readonly opened: OpenedTable;
}

export interface CheckedProof {
  readonly kind: 'receipt' | 'figure-proof';
  readonly path: string;
  readonly verdict: Verdict;
  readonly proof: ReceiptVerdict | FigureVerdict;
  /** Of the record, or the worst of those that are opened: `current`, `superseded`, `open`, `withdrawn`, `questioned`; absent where the ledger could not be asked. */
  readonly status?: string;
  /** Of a certificate: the PDF that carries it. */
  readonly inside?: string;
}

/** A file that could not be read, or a proof for which there is no policy to check it with. */
export interface Unchecked {
  readonly kind: 'unchecked';
  readonly path: string;
  readonly verdict: 'undecidable';
  readonly reason: 'unreadable' | 'no-receipt' | 'no-opening' | 'no-policy' | 'bad-policy';
  readonly message: string;
  /** Of the catalogue, where it was refused by one. */
  readonly code?: ErrorCode;
}

export type Checked = CheckedFile | CheckedProof | CheckedOpening | Unchecked;

/** A receipt inside a certificate. */
interface Attached {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What looking at files needs of the browser and of the ledger. */
export interface Means {
  readonly recognise: (file: Blob) => Promise<Recognised>;
  readonly hash: (file: Blob) => Promise<HashedFile>;
  /** The receipts that a certificate carries. */
  readonly receiptsIn: (file: Blob) => Promise<readonly Attached[]>;
  readonly openTable: (file: Blob) => Promise<OpenedTable>;
  readonly verifyReceipt: (
    proof: Uint8Array,
    policy: string,
    document: HashedFile | undefined,
  ) => Promise<ReceiptVerdict>;
  readonly verifyFigureProof: (proof: Uint8Array, policy: string) => Promise<FigureVerdict>;
  readonly ask: (items: readonly VerificationItem[]) => Promise<readonly VerificationAnswer[]>;
  readonly statusOf: (record: string) => Promise<string | undefined>;
  /** @throws where there is none */
  readonly policy: () => Promise<string>;
}

export interface Choice {
  /** Whether names go to the ledger along with the digests: only so can 不一致 be told from 未找到. */
  readonly sendNames: boolean;
  /** Whether the person asked to stop: what was read until then is looked up, the rest left alone. */
  readonly isStopped?: () => boolean;
}

/** One after another until the person stops it. */
function* untilStopped<Item>(items: readonly Item[], { isStopped }: Choice): Generator<Item> {
  for (const item of items) {
    if (isStopped?.() === true) return;
    yield item;
  }
}

interface Sorted {
  readonly file: DroppedFile;
  readonly as: Recognised;
}

function whyOf(error: unknown): Pick<Unchecked, 'message' | 'code'> {
  const message = error instanceof Error ? error.message : String(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return { message, ...(isErrorCode(code) ? { code } : {}) };
}

/** What is done with the files one after another: each is looked at for what it is, then checked as that. */
export type Phase = 'recognising' | 'checking';

/**
 * Looks at dropped files, each as what it says that it is: proofs are verified here, other files are hashed here and their
 * digests looked up. A policy among them is taken first, by `usePolicy`.
 */
export async function examine(
  files: readonly DroppedFile[],
  means: Means,
  choice: Choice,
  usePolicy: (text: string, path: string) => void,
  onProgress: (phase: Phase, done: number) => void = () => undefined,
): Promise<Checked[]> {
  const sorted = await recognised(files, means, choice, counter('recognising', onProgress));
  const progress = counter('checking', onProgress);
  for (const { file } of sorted.filter(({ as }) => as === 'policy')) {
    usePolicy(await file.file.text(), file.path);
    progress();
  }
  const documents = await lookUp(only(sorted, 'file'), means, choice, progress);
  const hashed = documents.filter((checked) => checked.kind === 'file');
  const proofs: Checked[] = [];
  for (const proof of sorted.filter(({ as }) => as === 'receipt' || as === 'figure-proof')) {
    proofs.push(await checkProof(proof, means, hashed));
    progress();
  }
  for (const file of only(sorted, 'certificate')) {
    proofs.push(...(await checkCertificate(file, means, hashed)));
    progress();
  }
  for (const file of only(sorted, 'cells-opening')) {
    proofs.push(await checkOpening(file, means));
    progress();
  }
  return [...proofs, ...documents];
}

async function recognised(
  files: readonly DroppedFile[],
  means: Means,
  choice: Choice,
  progress: () => void,
): Promise<Sorted[]> {
  const sorted: Sorted[] = [];
  for (const file of untilStopped(files, choice)) {
    sorted.push({ file, as: await means.recognise(file.file).catch(() => 'file' as const) });
    progress();
  }
  return sorted;
}

async function checkOpening({ path, file }: DroppedFile, means: Means): Promise<Checked> {
  try {
    const opened = await means.openTable(file);
    return { kind: 'opening', path, verdict: opened.verdict, opened };
  } catch (error) {
    return { kind: 'unchecked', path, verdict: 'undecidable', reason: 'no-opening', ...whyOf(error) };
  }
}

function counter(phase: Phase, onProgress: (phase: Phase, done: number) => void): () => void {
  let done = 0;
  return () => {
    done += 1;
    onProgress(phase, done);
  };
}

function only(sorted: readonly Sorted[], as: Recognised): DroppedFile[] {
  return sorted.filter((one) => one.as === as).map(({ file }) => file);
}

async function lookUp(
  files: readonly DroppedFile[],
  means: Means,
  choice: Choice,
  progress: () => void,
): Promise<(CheckedFile | Unchecked)[]> {
  const checked: (CheckedFile | Unchecked)[] = [];
  const hashed: { path: string; file: Blob; hashed: HashedFile }[] = [];
  for (const { path, file } of untilStopped(files, choice)) {
    try {
      hashed.push({ path, file, hashed: await means.hash(file) });
    } catch (error) {
      checked.push({
        kind: 'unchecked',
        path,
        verdict: 'undecidable',
        reason: 'unreadable',
        ...whyOf(error),
      });
    }
    progress();
  }
  const items = hashed.map(({ path, hashed: digests }) => itemOf(path, digests, choice.sendNames));
  const answers = items.length === 0 ? [] : await means.ask(items).catch(() => undefined);
  for (const [at, one] of hashed.entries()) checked.push(checkedFile(one, answers?.[at]));
  return checked;
}

function itemOf(path: string, { sha256, sm3 }: HashedFile, sendNames: boolean): VerificationItem {
  const name = path.split('/').at(-1) ?? path;
  return { sha256, sm3, ...(sendNames && name.length <= 400 ? { name } : {}) };
}

function checkedFile(
  file: Pick<CheckedFile, 'path' | 'file' | 'hashed'>,
  answer: VerificationAnswer | undefined,
): CheckedFile {
  if (answer === undefined) return { kind: 'file', ...file, verdict: 'undecidable' };
  return { kind: 'file', ...file, answer, verdict: verdictOf(answer.verdict, answer.status) };
}

/** Each receipt that a certificate carries, by itself: what its pages say is not looked at. */
async function checkCertificate(
  { path, file }: DroppedFile,
  means: Means,
  files: readonly CheckedFile[],
): Promise<Checked[]> {
  let receipts: readonly Attached[];
  try {
    receipts = await means.receiptsIn(file);
  } catch (error) {
    return [{ kind: 'unchecked', path, verdict: 'undecidable', reason: 'no-receipt', ...whyOf(error) }];
  }
  const checked: Checked[] = [];
  for (const { name, bytes } of receipts) {
    const inside = { path: `${path} › ${name}`, file: new File([bytes as BlobPart], name) };
    const found = await checkProof({ file: inside, as: 'receipt' }, means, files);
    checked.push(found.kind === 'receipt' ? { ...found, inside: path } : found);
  }
  return checked;
}

async function checkProof({ file, as }: Sorted, means: Means, files: readonly CheckedFile[]): Promise<Checked> {
  const { path } = file;
  const unchecked = { kind: 'unchecked', path, verdict: 'undecidable' } as const;
  let policy: string;
  try {
    policy = await means.policy();
  } catch (error) {
    return { ...unchecked, reason: 'no-policy', ...whyOf(error) };
  }
  try {
    const bytes = new Uint8Array(await file.file.arrayBuffer());
    if (as === 'receipt') return await checkReceipt(path, bytes, policy, means, files);
    const proof = await means.verifyFigureProof(bytes, policy);
    const records = [...new Set(proof.figures.map(({ record }) => record))];
    return { kind: 'figure-proof', path, proof, ...(await standingOf(records, proof.result, means)) };
  } catch (error) {
    return { ...unchecked, reason: 'bad-policy', ...whyOf(error) };
  }
}

async function checkReceipt(
  path: string,
  bytes: Uint8Array,
  policy: string,
  means: Means,
  files: readonly CheckedFile[],
): Promise<CheckedProof> {
  const proof = await withItsFile(bytes, policy, means, files);
  const records = proof.record === undefined ? [] : [proof.record.id];
  return { kind: 'receipt', path, proof, ...(await standingOf(records, proof.result, means)) };
}

/** Of the files that came along, the one that the receipt names. One single file is meant, and its mismatch is told. */
async function withItsFile(
  bytes: Uint8Array,
  policy: string,
  means: Means,
  files: readonly CheckedFile[],
): Promise<ReceiptVerdict> {
  const [single, ...more] = files;
  if (more.length === 0) return means.verifyReceipt(bytes, policy, single?.hashed);
  for (const { hashed } of files) {
    const verdict = await means.verifyReceipt(bytes, policy, hashed);
    if (verdict.code !== 'DOCUMENT_MISMATCH') return verdict;
  }
  return means.verifyReceipt(bytes, policy, undefined);
}
