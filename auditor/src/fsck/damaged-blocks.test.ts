import { common, peer } from '@hyperledger/fabric-protos';
import { codesOf, setCodes, SignedMonth } from '../../../test/support/signed-month';
import { decodeBlock } from './blocks/block';
import { blockHeaderHash } from './blocks/header';

const Code = peer.TxValidationCode;

let month: SignedMonth;
beforeAll(async () => {
  month = await SignedMonth.make();
});
afterAll(() => month.close());

describe('damaged blocks', () => {
  it.each([
    [
      'the number',
      (block: common.Block) => {
        block.getHeader()!.setNumber(77);
      },
      ['BLOCK_CHAIN_BROKEN', 'BLOCK_UNSIGNED'],
    ],
    [
      'the hash of the block before',
      (block: common.Block) => {
        block.getHeader()!.setPreviousHash(new Uint8Array(32));
      },
      ['BLOCK_CHAIN_BROKEN', 'BLOCK_UNSIGNED'],
    ],
    [
      'the data hash',
      (block: common.Block) => {
        block.getHeader()!.setDataHash(new Uint8Array(32));
      },
      ['BLOCK_DATA_MISMATCH', 'BLOCK_UNSIGNED'],
    ],
    [
      'the codes',
      (block: common.Block) => {
        setCodes(block, Code.MVCC_READ_CONFLICT);
      },
      ['STATE_MISMATCH', 'VALIDATION_CODE_WRONG'],
    ],
  ])('names %s of the block', async (_what, change, codes) => {
    const report = await month.fsck(month.changed(month.last, change));
    expect(codesOf(report).sort()).toEqual(codes);
    expect(report.findings.every(({ block }) => block === month.last)).toBe(true);
  });

  it('notices a flip of any byte of a block', async () => {
    const bytes = month.blocks[month.last]!;
    for (let at = 5; at < bytes.length; at += 149) {
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ 0x10;
      const report = await month.fsck([...month.blocks.slice(0, month.last), flipped]);
      expect([at, report.result]).toEqual([at, 'wrong']);
    }
  });

  it('notices bytes that belong to no field', async () => {
    const list = [
      ...month.blocks.slice(0, month.last),
      Buffer.concat([month.blocks[month.last]!, Buffer.from([0x7a, 1, 0])]),
    ];
    expect(codesOf(await month.fsck(list))).toEqual(['BLOCK_MALFORMED']);
  });

  it('notices a block that is missing, doubled or swapped', async () => {
    const [a, b, c] = [month.blocks.slice(0, 3), month.blocks[3]!, month.blocks.slice(4)];
    expect(codesOf(await month.fsck([...a, ...c]))).toContain('BLOCK_CHAIN_BROKEN');
    expect(codesOf(await month.fsck([...a, b, b, ...c]))).toContain('BLOCK_CHAIN_BROKEN');
    expect(codesOf(await month.fsck([...a, c[0]!, b, ...c.slice(1)]))).toContain('BLOCK_CHAIN_BROKEN');
  });

  it('stops at what is no block and says where', async () => {
    const report = await month.fsck([...month.blocks.slice(0, 2), Buffer.from('no block')]);
    expect(report.findings).toMatchObject([{ code: 'BLOCK_MALFORMED', block: 2 }]);
  });

  it('notices that a transaction stands in two blocks', async () => {
    const block = common.Block.deserializeBinary(month.blocks[month.last]!);
    block.getHeader()!.setNumber(month.last + 1);
    block.getHeader()!.setPreviousHash(blockHeaderHash(decodeBlock(month.blocks[month.last]!).header));
    const report = await month.fsck([...month.blocks, Buffer.from(block.serializeBinary())]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: 'VALIDATION_CODE_WRONG',
        message: expect.stringContaining('DUPLICATE_TXID') as string,
      }),
    );
  });
});
