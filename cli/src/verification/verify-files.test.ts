import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import type { HashOutcome } from '../files/hash-file';
import { countVerdicts, verifyFiles, type AskVerdicts, type FileVerdict } from './verify-files';

const hashed = (path: string): HashOutcome => ({
  path,
  name: path.replace(/^.*\//, ''),
  size: 1,
  sha256: `sha256:${path}`,
  sm3: `sm3:${path}`,
});

async function* stream(outcomes: readonly HashOutcome[]): AsyncGenerator<HashOutcome> {
  yield* await Promise.resolve(outcomes);
}

async function collect(files: readonly HashOutcome[], ask: AskVerdicts): Promise<FileVerdict[]> {
  const verdicts: FileVerdict[] = [];
  for await (const verdict of verifyFiles(stream(files), { party: '91140000MA0FAKE01X' }, ask)) verdicts.push(verdict);
  return verdicts;
}

const consistent: VerificationAnswer = { verdict: 'consistent', verdictZh: '一致', reason: 'same digest' };

describe('verifying files', () => {
  it('asks with base name, digests and scope, and keeps the order around a file that cannot be read', async () => {
    const asked: unknown[] = [];
    const verdicts = await collect(
      [hashed('a/b.csv'), { path: 'c', name: 'c', error: 'EACCES' }, hashed('d.csv')],
      (items) => {
        asked.push(...items);
        return Promise.resolve([consistent, { verdict: 'not-found', verdictZh: '未找到', reason: 'unknown' }]);
      },
    );
    expect(asked[0]).toEqual({
      name: 'b.csv',
      sha256: 'sha256:a/b.csv',
      sm3: 'sm3:a/b.csv',
      party: '91140000MA0FAKE01X',
    });
    expect(verdicts.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['a/b.csv', 'consistent'],
      ['c', 'undecidable'],
      ['d.csv', 'not-found'],
    ]);
  });
  it('asks for at most a thousand at a time', async () => {
    const sizes: number[] = [];
    const files = Array.from({ length: 2500 }, (_, index) => hashed(`f${String(index)}`));
    const verdicts = await collect(files, (items) => {
      sizes.push(items.length);
      return Promise.resolve(items.map(() => consistent));
    });
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(countVerdicts(verdicts)).toEqual({
      consistent: 2500,
      'no-longer-stands': 0,
      questioned: 0,
      inconsistent: 0,
      'not-found': 0,
      undecidable: 0,
    });
  });
  it('says 无法判定 where the service leaves an answer out', async () => {
    const [verdict] = await collect([hashed('a')], () => Promise.resolve([]));
    expect(verdict).toMatchObject({ verdict: 'undecidable', verdictZh: '无法判定' });
  });
});
