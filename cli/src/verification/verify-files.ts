import type { VerificationAnswer, VerificationItem } from '@carbon-ledger/client-sdk';
import { isHashed, type HashedFile, type HashOutcome, type UnreadableFile } from '../files/hash-file';

/** 一致 consistent · 一致但记录已失效 no-longer-stands · 一致但记录存疑 questioned · 不一致 inconsistent · 未找到 not-found · 无法判定 undecidable */
export type Verdict = VerificationAnswer['verdict'];

export interface FileVerdict {
  readonly path: string;
  /** Hex, where the name is no UTF-8. */
  readonly pathBytes?: string | undefined;
  readonly verdict: Verdict;
  readonly verdictZh: string;
  readonly reason: string;
  readonly sha256?: string;
  readonly sm3?: string;
  readonly size?: number;
  readonly record?: string | undefined;
  readonly key?: string | undefined;
  readonly party?: string | undefined;
  readonly anchoredAt?: string | undefined;
  readonly earlier?: VerificationAnswer['earlier'];
  readonly status?: string | undefined;
  /** Code of the record's state. */
  readonly state?: string | undefined;
  /** What ended its record, or casts a doubt on it: by whom, when, why. */
  readonly ended?: VerificationAnswer['ended'];
  readonly questioned?: VerificationAnswer['questioned'];
  readonly anchored?: VerificationAnswer['anchored'];
  /** Other records that name the very same file. */
  readonly also?: VerificationAnswer['also'];
}

/** What the files are compared with: everything on the ledger, or only records about one party or one record. */
export interface VerificationScope {
  readonly party?: string | undefined;
  readonly record?: string | undefined;
}

export type AskVerdicts = (items: VerificationItem[]) => Promise<readonly VerificationAnswer[]>;

/** Files per request: small enough to show progress, large enough that the round trip does not count. */
const batchSize = 1000;

/** What the service takes; a longer name says nothing more. */
const longestName = 400;

function itemOf(file: HashedFile, scope: VerificationScope): VerificationItem {
  return {
    ...(file.name.length > longestName ? {} : { name: file.name }),
    sha256: file.sha256,
    sm3: file.sm3,
    ...(scope.party === undefined ? {} : { party: scope.party }),
    ...(scope.record === undefined ? {} : { record: scope.record }),
  };
}

function unreadable({ path, pathBytes, error }: UnreadableFile): FileVerdict {
  return {
    path,
    pathBytes,
    verdict: 'undecidable',
    verdictZh: '无法判定',
    reason: error,
  };
}

function verdictOf(file: HashedFile, answer: VerificationAnswer | undefined): FileVerdict {
  const { path, pathBytes, sha256, sm3, size } = file;
  if (answer === undefined) {
    return {
      path,
      pathBytes,
      sha256,
      sm3,
      size,
      verdict: 'undecidable',
      verdictZh: '无法判定',
      reason: 'the service gave no answer',
    };
  }
  return { ...answer, path, pathBytes, sha256, sm3, size };
}

async function verdictsOf(
  batch: readonly HashOutcome[],
  scope: VerificationScope,
  ask: AskVerdicts,
): Promise<FileVerdict[]> {
  const hashed = batch.filter(isHashed);
  const answers = hashed.length === 0 ? [] : await ask(hashed.map((file) => itemOf(file, scope)));
  const byPath = new Map(hashed.map((file, index) => [file, answers[index]]));
  return batch.map((outcome) => (isHashed(outcome) ? verdictOf(outcome, byPath.get(outcome)) : unreadable(outcome)));
}

/** A verdict for each file, in the order given; asks for many at a time and keeps only one batch in memory. */
export async function* verifyFiles(
  files: AsyncIterable<HashOutcome>,
  scope: VerificationScope,
  ask: AskVerdicts,
): AsyncGenerator<FileVerdict> {
  let batch: HashOutcome[] = [];
  for await (const file of files) {
    batch.push(file);
    if (batch.length < batchSize) continue;
    yield* await verdictsOf(batch, scope, ask);
    batch = [];
  }
  yield* await verdictsOf(batch, scope, ask);
}

export type VerdictCounts = Record<Verdict, number>;

export function countVerdicts(verdicts: Iterable<{ readonly verdict: Verdict }>): VerdictCounts {
  const counts: VerdictCounts = {
    consistent: 0,
    'no-longer-stands': 0,
    questioned: 0,
    inconsistent: 0,
    'not-found': 0,
    undecidable: 0,
  };
  for (const { verdict } of verdicts) counts[verdict] += 1;
  return counts;
}
