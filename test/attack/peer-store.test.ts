import { createHash } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  hashedKey,
  historyKey,
  metaKey,
  privateKey,
  privateValueKey,
  stateKey,
} from '../../embedded-peer/src/ledger/keys';
import { decodeVersionedValue, encodeVersionedValue } from '../../embedded-peer/src/ledger/state';
import { enterprise } from '../support/trial-world';
import { flipped, flippedIn, keysOf, need, swap, type Disk } from './disk';
import { onFolder, onPeerStore } from './folders';
import { observe } from './observe';
import { describeAttacks } from './table';

const CONTRACT = 'carbon-audit-ledger';
const FIGURES = 'figures';
const REPORT = 5;
const EVIDENCE = 6;
const partyKey = stateKey(CONTRACT, `party/${enterprise.uscc}`);
const headKey = stateKey(CONTRACT, `head/${enterprise.uscc}/U1/2024`);
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The transaction that a block holds, by the index of transactions. */
async function txOf(disk: Disk, block: number): Promise<string> {
  for (const key of await keysOf(disk, 't')) {
    if (Number((await need(disk, key)).readBigUInt64BE(0)) === block) return key.subarray(1).toString();
  }
  throw new Error(`block ${String(block)} has no transaction`);
}

async function hashKeyOf(disk: Disk, block: number): Promise<Buffer> {
  for (const key of await keysOf(disk, 'h'))
    if (Number((await need(disk, key)).readBigUInt64BE(0)) === block) return key;
  throw new Error(`block ${String(block)} is in no index`);
}

const txKey = async (disk: Disk, block: number): Promise<string> => `tx/${await txOf(disk, block)}`;

async function privateValueAt(disk: Disk, block: number): Promise<Buffer> {
  return privateValueKey(CONTRACT, FIGURES, sha256(await txKey(disk, block)), { block, tx: 0 });
}

async function change(disk: Disk, key: Buffer, make: (value: Buffer) => Buffer): Promise<void> {
  await disk.put(key, make(await need(disk, key)));
}

const flipText = (text: string) => (value: Buffer) => flippedIn(value, Buffer.from(text));

describeAttacks('state and private data', [
  onPeerStore('a bit flipped in the state: a party’s key', (disk) => change(disk, partyKey, flipText('"keys"')), [
    'fsck PEER_STORE_MISMATCH carbon-audit-ledger/party/91140000MA0FAKE01X',
  ]),
  onPeerStore(
    'a bit flipped in the state: the version of a key',
    (disk) => change(disk, partyKey, (value) => flipped(value, 7)),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/party/91140000MA0FAKE01X'],
  ),
  onPeerStore(
    'a bit flipped in the state: the length of a key’s metadata',
    (disk) => change(disk, partyKey, (value) => flipped(value, 13)),
    ['fsck PEER_STORE_MISMATCH state'],
  ),
  onPeerStore(
    'an endorsement policy of its own put on a key of the state',
    (disk) =>
      change(disk, partyKey, (value) => {
        const policy = new Map([['VALIDATION_PARAMETER', Buffer.from('anybody')]]);
        return encodeVersionedValue({ ...decodeVersionedValue(value), metadata: policy });
      }),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/party/91140000MA0FAKE01X'],
  ),
  onPeerStore('a key of the state deleted', (disk) => disk.del(headKey), [
    'fsck PEER_STORE_MISMATCH state carbon-audit-ledger/head/91140000MA0FAKE01X/U1/2024',
  ]),
  onPeerStore(
    'a key put into the state that no transaction wrote',
    (disk) =>
      disk.put(
        stateKey(CONTRACT, 'party/91110000MA0FAKE3W9'),
        encodeVersionedValue({ version: { block: 2, tx: 0 }, metadata: new Map(), value: Buffer.from('{}') }),
      ),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/party/91110000MA0FAKE3W9'],
  ),
  onPeerStore(
    'a value of the state cut in half',
    (disk) => change(disk, headKey, (value) => value.subarray(0, value.length / 2)),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/head/91140000MA0FAKE01X/U1/2024'],
  ),
  onPeerStore('two values of the state swapped', (disk) => swap(disk, partyKey, headKey), [
    'fsck PEER_STORE_MISMATCH carbon-audit-ledger/head/91140000MA0FAKE01X/U1/2024',
  ]),
  onPeerStore(
    'a bit flipped in a private value: a figure',
    async (disk) => change(disk, await privateValueAt(disk, EVIDENCE), flipText('115272.04')),
    ['fsck PRIVATE_DATA_MISMATCH block 6 · (transaction of block 6) · figures'],
  ),
  onPeerStore(
    'a bit flipped in a private value: the key under which it says to be',
    async (disk) => change(disk, await privateValueAt(disk, EVIDENCE), (value) => flipped(value, 5)),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/figures/(hash of tx/(transaction of block 6))'],
  ),
  onPeerStore(
    'a bit flipped in a private value: the length of its key',
    async (disk) => change(disk, await privateValueAt(disk, EVIDENCE), (value) => flipped(value, 0)),
    ['fsck PRIVATE_DATA_MISMATCH block 6 · (transaction of block 6) · figures'],
  ),
  onPeerStore(
    'a private value cut in half',
    async (disk) => change(disk, await privateValueAt(disk, EVIDENCE), (value) => value.subarray(0, value.length / 2)),
    ['fsck PRIVATE_DATA_MISMATCH block 6 · (transaction of block 6) · figures'],
  ),
  onPeerStore('a private value deleted', async (disk) => disk.del(await privateValueAt(disk, EVIDENCE)), [
    'fsck PEER_STORE_MISMATCH carbon-audit-ledger/figures/(hash of tx/(transaction of block 6))',
  ]),
  onPeerStore(
    'a private value deleted, with the entry that leads to it',
    async (disk) => {
      await disk.del(await privateValueAt(disk, EVIDENCE));
      await disk.del(privateKey(CONTRACT, FIGURES, await txKey(disk, EVIDENCE)));
    },
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/figures/(hash of tx/(transaction of block 6))'],
  ),
  onPeerStore(
    'two private values swapped',
    async (disk) => swap(disk, await privateValueAt(disk, REPORT), await privateValueAt(disk, EVIDENCE)),
    ['fsck PRIVATE_DATA_MISMATCH block 5 · (transaction of block 5) · figures'],
  ),
  onPeerStore(
    'a private value that no transaction wrote',
    async (disk) =>
      disk.put(
        privateValueKey(CONTRACT, FIGURES, sha256(await txKey(disk, EVIDENCE)), { block: 5, tx: 0 }),
        await need(disk, await privateValueAt(disk, EVIDENCE)),
      ),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/figures/(hash of tx/(transaction of block 6))'],
  ),
  onPeerStore(
    'a bit flipped in the entry that leads to a private value: its version',
    async (disk) =>
      change(disk, privateKey(CONTRACT, FIGURES, await txKey(disk, EVIDENCE)), (value) => flipped(value, 7)),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/figures/tx/(transaction of block 6)'],
  ),
  onPeerStore(
    'a bit flipped in the hash of a private value in the state',
    async (disk) =>
      change(disk, hashedKey(CONTRACT, FIGURES, sha256(await txKey(disk, EVIDENCE))), (value) =>
        flipped(value, value.length - 1),
      ),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/figures/(hash of tx/(transaction of block 6))'],
  ),
  onPeerStore(
    'the hash of a private value deleted from the state',
    async (disk) => disk.del(hashedKey(CONTRACT, FIGURES, sha256(await txKey(disk, EVIDENCE)))),
    ['fsck PEER_STORE_MISMATCH private hashes carbon-audit-ledger/figures/(hash of tx/(transaction of block 6))'],
  ),
  onPeerStore(
    'a bit flipped in the index of transactions: the block',
    async (disk) => change(disk, Buffer.from(`t${await txOf(disk, EVIDENCE)}`), (value) => flipped(value, 7)),
    ['fsck PEER_STORE_MISMATCH (transaction of block 6)'],
  ),
  onPeerStore(
    'a bit flipped in the index of transactions: the code',
    async (disk) => change(disk, Buffer.from(`t${await txOf(disk, EVIDENCE)}`), (value) => flipped(value, 12)),
    ['fsck PEER_STORE_MISMATCH (transaction of block 6)'],
  ),
  onPeerStore(
    'an entry of the index of transactions deleted',
    async (disk) => disk.del(Buffer.from(`t${await txOf(disk, EVIDENCE)}`)),
    ['fsck PEER_STORE_MISMATCH transactions (transaction of block 6)'],
  ),
  onPeerStore(
    'a bit flipped in the index by block hash: the number',
    async (disk) => change(disk, await hashKeyOf(disk, REPORT), (value) => flipped(value, 7)),
    ['fsck PEER_STORE_MISMATCH (hash of block 5)'],
  ),
  onPeerStore('an entry of the index by block hash deleted', async (disk) => disk.del(await hashKeyOf(disk, REPORT)), [
    'fsck PEER_STORE_MISMATCH block hashes (hash of block 5)',
  ]),
  onPeerStore(
    'an entry of the history of a key deleted',
    (disk) => disk.del(historyKey(CONTRACT, `party/${enterprise.uscc}`, { block: 2, tx: 0 })),
    ['fsck PEER_STORE_MISMATCH history carbon-audit-ledger/party/91140000MA0FAKE01X'],
  ),
  onPeerStore(
    'an entry put into the history of a key',
    (disk) => disk.put(historyKey(CONTRACT, `party/${enterprise.uscc}`, { block: 4, tx: 0 }), Buffer.alloc(0)),
    ['fsck PEER_STORE_MISMATCH carbon-audit-ledger/party/91140000MA0FAKE01X'],
  ),
  onPeerStore(
    'a bit flipped in the tip: the height',
    (disk) => change(disk, metaKey('tip'), (value) => flipped(value, 7)),
    ['fsck STORE_CORRUPT block 8 · block', 'start-up STORE_CORRUPT'],
  ),
  onPeerStore(
    'a bit flipped in the tip: the commit hash',
    (disk) => change(disk, metaKey('tip'), (value) => flipped(value, 50)),
    ['fsck PEER_STORE_MISMATCH tip', 'start-up STORE_CORRUPT'],
  ),
  onPeerStore('the tip deleted', (disk) => disk.del(metaKey('tip')), [
    'fsck ROLLED_BACK guard/last-signed.jsonl:1',
    'start-up STORE_CORRUPT',
  ]),
  onFolder(
    'the peer’s store replaced by an older copy of itself',
    (dataDir, world) => {
      const store = join(dataDir, 'peer', 'store');
      rmSync(store, { recursive: true });
      cpSync(join(world.older, 'peer', 'store'), store, { recursive: true });
    },
    ['fsck ROLLED_BACK guard/last-signed.jsonl:2', 'start-up ROLLED_BACK'],
  ),
  onFolder(
    'the peer’s store deleted',
    (dataDir) => {
      rmSync(join(dataDir, 'peer', 'store'), { recursive: true });
    },
    ['fsck FILE_UNREADABLE', 'start-up NOT_READY'],
  ),
  onFolder(
    'the whole data folder replaced by an older copy of itself, where the service has a witness',
    (dataDir, world) => {
      rmSync(dataDir, { recursive: true });
      cpSync(world.older, dataDir, { recursive: true });
    },
    ['start-up ROLLED_BACK'],
    (dataDir, world) => observe(dataDir, world, { witnessed: true }),
  ),
  onFolder(
    'the whole data folder replaced by an older copy of itself',
    (dataDir, world) => {
      rmSync(dataDir, { recursive: true });
      cpSync(world.older, dataDir, { recursive: true });
    },
    ['auditor ROLLED_BACK checkpoint'],
  ),
]);
