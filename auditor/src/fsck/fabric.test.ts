import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { openBlockFolder } from './block-folder';
import { fsck, type FsckReport } from './fsck';

/**
 * The first blocks of a genuine Fabric 3.1.5 channel: five organisations, four SmartBFT orderers; configuration,
 * approvals and commit of the contract (`_lifecycle`), founding of the ledger.
 */
const folder = join(__dirname, 'testing', 'fabric-3.1-bft');
const blocks = [0, 1, 2, 3, 4].map((number) => readFileSync(join(folder, `${String(number)}.block`)));
const names = { chaincode: 'carbon' };
const SIGNATURES = 0;
const COMMIT_HASH = 4;

function run(list: readonly Uint8Array[]): Promise<FsckReport> {
  const source = {
    name: 'fabric',
    height: () => Promise.resolve(list.length),
    blocks: async function* (from: number) {
      await Promise.resolve();
      yield* list.slice(from);
    },
  };
  return fsck({ source, names, threads: 0 });
}

function withMetadata(at: number, index: number, change: (entry: Uint8Array) => Uint8Array): Uint8Array[] {
  const block = common.Block.deserializeBinary(blocks[at]!);
  const entries = block.getMetadata()!.getMetadataList_asU8();
  entries[index] = change(entries[index]!);
  block.getMetadata()!.setMetadataList(entries);
  return blocks.map((bytes, number) => (number === at ? block.serializeBinary() : bytes));
}

/** A signature list without its last signature: `value` and each signature are fields of their own. */
function dropLastSignature(entry: Uint8Array): Uint8Array {
  const metadata = common.Metadata.deserializeBinary(entry);
  const kept = metadata.getSignaturesList().length - 1;
  const ends: number[] = [];
  for (let at = 0; at < entry.length;) {
    const [length, next] = readVarint(entry, at + 1);
    at = next + length;
    ends.push(at);
  }
  const hasValue = metadata.getValue_asU8().length > 0 ? 1 : 0;
  return entry.subarray(0, ends[kept - 1 + hasValue]);
}

function readVarint(bytes: Uint8Array, from: number): [value: number, next: number] {
  let value = 0;
  let at = from;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

describe('blocks of a genuine Fabric channel with SmartBFT orderers', () => {
  it('are in order: three of four orderers, lifecycle and endorsement policies, commit hashes', async () => {
    const source = await openBlockFolder(folder);
    const report = await fsck({ source, names, threads: 0 });
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ result: 'ok', height: 5, log: { size: 1 } });
    expect(report.counts).toMatchObject({ transactions: 8, invalid: 0, submissions: 1 });
  });

  it('are not, with two orderers’ signatures in place of three', async () => {
    const report = await run(withMetadata(2, SIGNATURES, dropLastSignature));
    expect(report.findings).toMatchObject([{ code: 'BLOCK_UNSIGNED', block: 2 }]);
  });

  it('are not, with another commit hash', async () => {
    const report = await run(
      withMetadata(3, COMMIT_HASH, (entry) => entry.map((byte, at) => (at === 9 ? byte ^ 1 : byte))),
    );
    expect(report.findings).toMatchObject([
      { code: 'STATE_MISMATCH', block: 3, field: 'metadata.COMMIT_HASH' },
      { code: 'STATE_MISMATCH', block: 4, field: 'metadata.COMMIT_HASH' },
    ]);
  });

  it('are not, where an approved definition is committed again', async () => {
    const report = await run([...blocks.slice(0, 3), blocks[2]!]);
    const codes = new Set(report.findings.map(({ code }) => code));
    expect(codes).toContain('BLOCK_CHAIN_BROKEN');
    expect(codes).toContain('VALIDATION_CODE_WRONG');
  });
});
