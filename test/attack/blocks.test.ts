import { common, peer } from '@hyperledger/fabric-protos';
import { blockKey } from '../../embedded-peer/src/ledger/keys';
import {
  append,
  blockOf,
  change,
  flipPart,
  ordererSignature,
  partsOf,
  rebuild,
  withMetadata,
  type Parts,
} from './blocks';
import { flipped, flippedIn, need, replaced, swap } from './disk';
import { onPeerStore } from './folders';
import { byFsck, observe } from './observe';
import { describeAttacks } from './table';

const EVIDENCE = 6;
const LAST = 7;
const { SIGNATURES, TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex;
const Code = peer.TxValidationCode;

/** A block in the middle is read by nobody once it was taken in: only fsck looks at it again. */
const lookByFsck: typeof observe = (dataDir) => byFsck(dataDir);

const header = (block: Uint8Array): common.BlockHeader => common.Block.deserializeBinary(block).getHeader()!;
/** The last bytes of a DER signature, which belong to its second number. */
const endOf = (signature: Uint8Array): Uint8Array => signature.subarray(-16);
/** The last whole line of a certificate, which belongs to its issuer's signature. */
const lastLineOf = (certificate: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(certificate)
      .toString('latin1')
      .split('\n')
      .filter((line) => line.length === 64)
      .at(-1)!,
  );
const sameLetter = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes).map((byte, index) => (index === 32 ? (byte === 0x41 ? 0x42 : 0x41) : byte)) as Buffer;
const later = ({ timestamp }: Parts): readonly [Uint8Array, Uint8Array] => {
  const before = timestamp.serializeBinary();
  const copy = timestamp.clone();
  copy.setSeconds(timestamp.getSeconds() + 1_000_000);
  return [before, copy.serializeBinary()];
};
const written = ({ sets }: Parts, prefix: string): Uint8Array => {
  const write = sets[0]!.getWritesList().find((one) => one.getKey().startsWith(prefix));
  return write!.getValue_asU8();
};

/** Another hex digit in the middle: one bit could make it something else than a digit. */
const otherDigit = (digits: Uint8Array): Buffer => {
  const copy = Buffer.from(digits);
  return copy.fill(copy[32] === 0x30 ? '1' : '0', 32, 33);
};

type Make = (bytes: Uint8Array, parts: Parts) => Buffer;
const flip =
  (part: (parts: Parts) => Uint8Array, text?: string): Make =>
  (bytes, parts) =>
    flippedIn(bytes, part(parts), text);
const swapIn =
  (pair: (parts: Parts) => readonly [Uint8Array, Uint8Array]): Make =>
  (bytes, parts) =>
    replaced(bytes, ...pair(parts));

const inTransaction: readonly (readonly [string, Make])[] = [
  ['the channel’s name', flip(({ channel }) => channel)],
  ['the transaction id', swapIn(({ txId }) => [txId, otherDigit(txId)])],
  ['the time', swapIn(later)],
  ['the creator’s organisation', flip(({ creator }) => creator, 'EmbeddedMSP')],
  ['the creator’s certificate', swapIn(({ creator }) => [lastLineOf(creator), sameLetter(lastLineOf(creator))])],
  ['the nonce', flip(({ nonce }) => nonce)],
  ['the creator’s signature', flip(({ signature }) => endOf(signature))],
  ['the function that was called', flip((parts) => parts.arguments[0]!)],
  ['the hash of the proposal', flip(({ proposalHash }) => proposalHash)],
  ['a key that was read', flip(({ sets }) => Buffer.from(sets[0]!.getReadsList()[0]!.getKey()))],
  ['a record', flip((parts) => written(parts, 'tx/'), '"carbonBasis":"measured"')],
  ['a head', flip((parts) => written(parts, 'head/'), 'monthly-evidence')],
  [
    'the hash of the private figures',
    flip(({ collections }) => collections[0]!.getHashedWritesList()[0]!.getValueHash_asU8()),
  ],
  ['the contract’s answer', flip(({ answer }) => answer, '"accepted"')],
  ['the event', flip(({ event }) => event, '"accepted"')],
  ['the endorser', flip(({ endorser }) => endorser, 'EmbeddedMSP')],
  ['the endorsement', flip(({ endorsement }) => endOf(endorsement))],
];

const wrongData = 'fsck BLOCK_DATA_MISMATCH block 6 · header.data_hash';
const wrongCode = 'fsck VALIDATION_CODE_WRONG block 6 · (transaction of block 6) · transaction 0';
const unsigned = 'fsck BLOCK_UNSIGNED block 6 · metadata.SIGNATURES';
const corrupt = 'start-up STORE_CORRUPT';

describeAttacks('blocks', [
  onPeerStore(
    'the number of block 6 changed',
    (disk) =>
      change(disk, EVIDENCE, (bytes) => {
        const block = common.Block.deserializeBinary(bytes);
        block.getHeader()!.setNumber(LAST);
        return block.serializeBinary();
      }),
    ['fsck BLOCK_CHAIN_BROKEN block 6 · header.number'],
  ),
  onPeerStore(
    'a bit flipped in block 6: the hash of the block before',
    (disk) => flipPart(disk, EVIDENCE, (block) => header(block).getPreviousHash_asU8()),
    ['fsck BLOCK_CHAIN_BROKEN block 6 · header.previous_hash'],
  ),
  onPeerStore(
    'a bit flipped in block 6: the data hash',
    (disk) => flipPart(disk, EVIDENCE, (block) => header(block).getDataHash_asU8()),
    [wrongData],
  ),
  ...inTransaction.map(([what, make]) =>
    onPeerStore(
      `a bit flipped in block 6: ${what}`,
      (disk) => change(disk, EVIDENCE, (block) => make(block, partsOf(block))),
      [wrongData],
      lookByFsck,
    ),
  ),
  ...inTransaction.map(([what, make]) =>
    onPeerStore(
      `the same, with blocks 6 and 7 signed anew by the stolen key of the orderer: ${what}`,
      (disk, dataDir) =>
        rebuild(disk, dataDir, EVIDENCE, ([envelope]) => [make(envelope!, partsOf(blockOf(envelope!)))]),
      [what === 'the transaction id' ? 'fsck VALIDATION_CODE_WRONG block 6 · … · transaction 0' : wrongCode],
      lookByFsck,
    ),
  ),
  onPeerStore(
    'a bit flipped in block 6: the orderer’s organisation',
    (disk) => flipPart(disk, EVIDENCE, (block) => ordererSignature(block).creator, 'EmbeddedOrdererMSP'),
    [unsigned],
  ),
  onPeerStore(
    'a bit flipped in block 6: the orderer’s signature',
    (disk) => flipPart(disk, EVIDENCE, (block) => endOf(ordererSignature(block).signature)),
    [unsigned],
  ),
  onPeerStore(
    'the orderer’s signature taken off block 6',
    (disk) => change(disk, EVIDENCE, (block) => withMetadata(block, SIGNATURES, new Uint8Array(0))),
    [unsigned],
  ),
  onPeerStore(
    'block 6 marked invalid',
    (disk) =>
      change(disk, EVIDENCE, (block) =>
        withMetadata(block, TRANSACTIONS_FILTER, Uint8Array.of(Code.MVCC_READ_CONFLICT)),
      ),
    [wrongCode],
  ),
  onPeerStore(
    'block 7, which lost a read conflict, marked valid',
    (disk) => change(disk, LAST, (block) => withMetadata(block, TRANSACTIONS_FILTER, Uint8Array.of(Code.VALID))),
    ['fsck VALIDATION_CODE_WRONG block 7 · (transaction of block 7) · transaction 0'],
  ),
  onPeerStore(
    'a bit flipped in block 6: the commit hash',
    (disk) =>
      change(disk, EVIDENCE, (block) => {
        const entry = common.Block.deserializeBinary(block).getMetadata()!.getMetadataList_asU8()[COMMIT_HASH]!;
        return withMetadata(block, COMMIT_HASH, flipped(entry, 10));
      }),
    ['fsck STATE_MISMATCH block 6 · metadata.COMMIT_HASH'],
  ),
  onPeerStore(
    'a bit flipped in block 0: the configuration',
    (disk) => flipPart(disk, 0, () => Buffer.from('EmbeddedMSP')),
    ['fsck BLOCK_DATA_MISMATCH block 0 · header.data_hash', corrupt],
  ),
  onPeerStore(
    'a bit flipped in the last block: its transaction',
    (disk) => flipPart(disk, LAST, (block) => partsOf(block).nonce),
    ['fsck BLOCK_DATA_MISMATCH block 7 · header.data_hash', corrupt],
  ),
  onPeerStore(
    'a bit flipped in the last block: the hash of the block before',
    (disk) => flipPart(disk, LAST, (block) => header(block).getPreviousHash_asU8()),
    ['fsck BLOCK_CHAIN_BROKEN block 7 · header.previous_hash', corrupt],
  ),
  onPeerStore(
    'a bit flipped in the last block: the orderer’s signature',
    (disk) => flipPart(disk, LAST, (block) => endOf(ordererSignature(block).signature)),
    ['fsck BLOCK_UNSIGNED block 7 · metadata.SIGNATURES', corrupt],
  ),
  onPeerStore('block 5 deleted', (disk) => disk.del(blockKey(5)), ['fsck STORE_CORRUPT block 5 · block']),
  onPeerStore('the last block deleted', (disk) => disk.del(blockKey(LAST)), [
    'fsck STORE_CORRUPT block 7 · block',
    corrupt,
  ]),
  onPeerStore('block 5 cut in half', (disk) => change(disk, 5, (block) => block.subarray(0, block.length / 2)), [
    'fsck BLOCK_MALFORMED block 5 · bytes',
  ]),
  onPeerStore('blocks 5 and 6 swapped', (disk) => swap(disk, blockKey(5), blockKey(EVIDENCE)), [
    'fsck BLOCK_CHAIN_BROKEN block 5 · header.number',
  ]),
  onPeerStore(
    'bytes of no field put behind block 6',
    (disk) => change(disk, EVIDENCE, (block) => Buffer.concat([block, Buffer.from([0x7a, 1, 0])])),
    ['fsck BLOCK_MALFORMED block 6 · bytes'],
  ),
  onPeerStore(
    'the transaction of block 6 replayed in a block 8, signed by the stolen key of the orderer',
    async (disk, dataDir) => {
      await append(disk, dataDir, partsOf(await need(disk, blockKey(EVIDENCE))).envelope);
    },
    ['fsck VALIDATION_CODE_WRONG block 8 · (transaction of block 6) · transaction 0'],
  ),
  onPeerStore(
    'the transaction that lost its conflict replayed in a block 8, signed by the stolen key of the orderer',
    async (disk, dataDir) => {
      await append(disk, dataDir, partsOf(await need(disk, blockKey(LAST))).envelope);
    },
    ['fsck VALIDATION_CODE_WRONG block 8 · (transaction of block 7) · transaction 0'],
  ),
]);
