import { fsck, type FsckReport } from '../../auditor/src/fsck';
import type { Finding } from '../../auditor/src/fsck/finding';
import { readGolden, readGoldenBlocks } from './golden';

interface Recorded {
  readonly name: string;
  readonly block: number;
}

const blocks = readGoldenBlocks();
/** Blocks before the first transaction that was made by hand: what the contract itself wrote. */
const own =
  (readGolden('transactions') as readonly Recorded[]).find(({ name }) => !name.startsWith('the contract:'))?.block ?? 0;

function run(list: readonly Uint8Array[]): Promise<FsckReport> {
  const source = {
    name: 'golden',
    height: () => Promise.resolve(list.length),
    blocks: async function* (from: number) {
      await Promise.resolve();
      yield* list.slice(from);
    },
  };
  return fsck({ source, names: { chaincode: 'carbon' }, threads: 0 });
}

describe('blocks of a genuine Fabric 3.1.5 channel with Raft orderers', () => {
  it('are in order as far as the contract wrote them, a lost race of keys and one of ranges among them', async () => {
    const report = await run(blocks.slice(0, own));
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ result: 'ok', height: own, counts: { invalid: 2 } });
  });

  it('are one chain with the commit hashes that follow, whatever else was sent', async () => {
    const report = await run(blocks);
    expect(report.height).toBe(blocks.length);
    const isOfTheChain = (finding: Finding): boolean =>
      finding.code.startsWith('BLOCK_') || finding.field === 'metadata.COMMIT_HASH';
    expect(report.findings.filter(isOfTheChain)).toEqual([]);
  });

  it('carry the validation codes that follow, in every transaction', async () => {
    const { findings } = await run(blocks);
    expect(findings.filter(({ code }) => code === 'VALIDATION_CODE_WRONG')).toEqual([]);
  });

  it('name every write that the contract would never make, though all organisations endorsed it', async () => {
    const report = await run(blocks);
    const written = report.findings.filter(({ field }) => field.startsWith('hand/'));
    expect(new Set(written.map(({ code }) => code))).toEqual(new Set(['STATE_MISMATCH']));
    expect(written.map(({ field }) => field)).toEqual(expect.arrayContaining(['hand/a', 'hand/own', 'hand/i1']));
  });
});
