import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedgerReader, type LedgerReader } from '@carbon-ledger/embedded-peer';
import { common, peer } from '@hyperledger/fabric-protos';
import { ClassicLevel } from 'classic-level';
import { buildSync } from 'esbuild';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { startGateway } from '../start';
import { openBlockFolder } from './block-folder';
import { blockHeaderHash } from './blocks/header';
import { decodeBlock } from './blocks/block';
import { fsck, type FsckOptions, type FsckReport } from './fsck';
import type { BlockSource, PeerState, PrivateSource } from './sources';
import { readGuard } from './stores/guard';
import { ProjectionReader } from './stores/projection';

const Code = peer.TxValidationCode;
const TRANSACTIONS_FILTER = 2;

let dataDir: string;
let ledgerId: string;
let reader: LedgerReader;
let blocks: readonly Buffer[];
/** Number of the block that holds the month's evidence: the last one. */
let last: number;

beforeAll(async () => {
  const folder = await LedgerFolder.open();
  await folder.found();
  const gateway = await startGateway({
    ledger: folder.ledger,
    dataDir: folder.dataDir,
    host: '127.0.0.1',
    port: 0,
    version: '0',
    deployment: 'embedded',
    logLevel: 'silent',
  });
  await gateway.ready;
  await folder.anchorMonth();
  await untilSigned(gateway.url, 13);
  await gateway.close();
  ledgerId = folder.id;
  dataDir = folder.dataDir;
  await folder.close();
  reader = await openLedgerReader(dataDir);
  const all: Buffer[] = [];
  for await (const bytes of reader.blocks(0)) all.push(Buffer.from(bytes));
  blocks = all;
  last = blocks.length - 1;
}, 60_000);
afterAll(() => reader.close());

/** Asks until the checkpoint covers this many records. */
async function untilSigned(url: string, size: number): Promise<void> {
  const response = await fetch(`${url}/v1/log/checkpoint`);
  const signed = response.ok ? Number((await response.text()).split('\n')[1]) : 0;
  if (signed < size) await untilSigned(url, size);
}

function sourceOf(list: readonly Uint8Array[]): BlockSource {
  return {
    name: 'test',
    height: () => Promise.resolve(list.length),
    blocks: async function* (from) {
      await Promise.resolve();
      yield* list.slice(from);
    },
  };
}

function run(list: readonly Uint8Array[] = blocks, options: Partial<FsckOptions> = {}): Promise<FsckReport> {
  return fsck({ source: sourceOf(list), figures: reader, threads: 0, ...options });
}

function changed(at: number, change: (block: common.Block) => void): Buffer[] {
  const block = common.Block.deserializeBinary(blocks[at]!);
  change(block);
  return blocks.map((bytes, index) => (index === at ? Buffer.from(block.serializeBinary()) : bytes));
}

function setCode(block: common.Block, code: number): void {
  const entries = block.getMetadata()!.getMetadataList_asU8();
  entries[TRANSACTIONS_FILTER] = Uint8Array.of(code);
  block.getMetadata()!.setMetadataList(entries);
}

const codesOf = (report: FsckReport): string[] => [...new Set(report.findings.map(({ code }) => code))];

describe('a ledger as it was made', () => {
  it('is in order, with every figure recomputed', async () => {
    const report = await run();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ result: 'ok', ledger: ledgerId, height: 7, log: { size: 13 } });
    expect(report.counts).toMatchObject({ blocks: 7, invalid: 0, submissions: 6, records: 13, figures: 22 });
  });

  it('is in order without private figures too, and says what could not be checked', async () => {
    const report = await fsck({ source: sourceOf(blocks), threads: 0 });
    expect(report).toMatchObject({ result: 'ok', counts: { recordsWithoutFigures: 2 } });
    expect(report.notChecked).toContainEqual(expect.stringContaining('private figures of 2 records'));
  });

  it('agrees with projection, guard and peer state', async () => {
    const projection = await ProjectionReader.open(join(dataDir, 'projection'));
    const { probes } = await readGuard(dataDir);
    expect(probes.at(-1)).toMatchObject({ size: 13 });
    const report = await run(blocks, { projection, probes, peerState: reader });
    await projection.close();
    expect(report.findings).toEqual([]);
    expect(report.notChecked).toHaveLength(3);
  });

  it('is in order when threads check it', async () => {
    const outfile = join(temporaryFolder('fsck-worker'), 'worker.cjs');
    const entry = join(__dirname, 'rules', 'worker.ts');
    const external = ['secp256k1', '@hyperledger/fabric-protos', 'classic-level'];
    buildSync({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external,
      nodePaths: [join(process.cwd(), 'node_modules')],
    });
    const bundled = readFileSync(outfile, 'utf8');
    for (const name of external)
      writeFileSync(
        outfile,
        readFileSync(outfile, 'utf8').replaceAll(
          `require("${name}")`,
          `require(${JSON.stringify(require.resolve(name))})`,
        ),
      );
    expect(bundled.length).toBeGreaterThan(0);
    const report = await run(blocks, { threads: 2, workerScript: outfile });
    expect(report).toMatchObject({ result: 'ok', counts: { records: 13, figures: 22 } });
  });

  it('is read from a folder of block files', async () => {
    const folder = temporaryFolder('blocks');
    for (const [number, bytes] of blocks.entries()) writeFileSync(join(folder, `audit_${String(number)}.block`), bytes);
    const source = await openBlockFolder(folder);
    await expect(fsck({ source, threads: 0 })).resolves.toMatchObject({ result: 'ok', height: 7 });
  });
});

describe('resuming', () => {
  it('goes on where the last run ended and comes to the same', async () => {
    const stateDir = temporaryFolder('fsck-state');
    await run(blocks.slice(0, 3), { stateDir });
    const resumed = await run(blocks, { stateDir });
    const whole = await run();
    expect(resumed).toMatchObject({ resumedFrom: 3, result: 'ok' });
    expect({ ...resumed, resumedFrom: 0, notChecked: [] }).toEqual({ ...whole, notChecked: [] });
  });

  it('stops when it is told to, and calls itself incomplete', async () => {
    const stop = new AbortController();
    const onProgress = (): void => {
      stop.abort();
    };
    const report = await run(blocks, { signal: stop.signal, onProgress });
    expect(report.result).toBe('incomplete');
  });

  it('finds that the chain was replaced between two runs', async () => {
    const stateDir = temporaryFolder('fsck-state');
    await run(blocks.slice(0, 3), { stateDir });
    const other = changed(3, (block) => {
      block.getHeader()!.setPreviousHash(new Uint8Array(32));
    });
    expect(codesOf(await run(other, { stateDir }))).toContain('BLOCK_CHAIN_BROKEN');
  });
});

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
        setCode(block, Code.MVCC_READ_CONFLICT);
      },
      ['STATE_MISMATCH', 'VALIDATION_CODE_WRONG'],
    ],
  ])('names %s of the block', async (_what, change, codes) => {
    const report = await run(changed(last, change));
    expect(codesOf(report).sort()).toEqual(codes);
    expect(report.findings.every(({ block }) => block === last)).toBe(true);
  });

  it('notices a flip of any byte of a block', async () => {
    const bytes = blocks[last]!;
    for (let at = 5; at < bytes.length; at += 149) {
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ 0x10;
      const report = await run([...blocks.slice(0, last), flipped]);
      expect([at, report.result]).toEqual([at, 'wrong']);
    }
  }, 60_000);

  it('notices bytes that belong to no field', async () => {
    const list = [...blocks.slice(0, last), Buffer.concat([blocks[last]!, Buffer.from([0x7a, 1, 0])])];
    expect(codesOf(await run(list))).toEqual(['BLOCK_MALFORMED']);
  });

  it('notices a block that is missing, doubled or swapped', async () => {
    const [a, b, c] = [blocks.slice(0, 3), blocks[3]!, blocks.slice(4)];
    expect(codesOf(await run([...a, ...c]))).toContain('BLOCK_CHAIN_BROKEN');
    expect(codesOf(await run([...a, b, b, ...c]))).toContain('BLOCK_CHAIN_BROKEN');
    expect(codesOf(await run([...a, c[0]!, b, ...c.slice(1)]))).toContain('BLOCK_CHAIN_BROKEN');
  });

  it('stops at what is no block and says where', async () => {
    const report = await run([...blocks.slice(0, 2), Buffer.from('no block')]);
    expect(report.findings).toMatchObject([{ code: 'BLOCK_MALFORMED', block: 2 }]);
  });

  it('notices that a transaction stands in two blocks', async () => {
    const block = common.Block.deserializeBinary(blocks[last]!);
    block.getHeader()!.setNumber(last + 1);
    block.getHeader()!.setPreviousHash(blockHeaderHash(decodeBlock(blocks[last]!).header));
    const report = await run([...blocks, Buffer.from(block.serializeBinary())]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: 'VALIDATION_CODE_WRONG',
        message: expect.stringContaining('DUPLICATE_TXID') as string,
      }),
    );
  });
});

describe('what is signed or stored', () => {
  it('notices a root that was signed for other records', async () => {
    const probes = [{ source: 'note', size: 5, root: '00'.repeat(32) }];
    expect((await run(blocks, { probes })).findings).toMatchObject([{ code: 'CHECKPOINT_MISMATCH', field: 'note' }]);
  });

  it('notices that the blocks were rolled back behind a signature', async () => {
    const { probes } = await readGuard(dataDir);
    const report = await run(blocks.slice(0, last), { probes });
    expect(report.findings).toMatchObject([{ code: 'ROLLED_BACK' }]);
  });

  it('notices private figures that are not those of the block', async () => {
    const figures: PrivateSource = {
      value: async (...place) => {
        const value = await reader.value(...place);
        return value && Buffer.from(Buffer.from(value).toString().replace('115272.04', '115272.05'));
      },
    };
    const report = await run(blocks, { figures });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'PRIVATE_DATA_MISMATCH', block: last, field: 'figures' }),
    );
  });

  it('names the key of the peer’s state that is wrong, missing or too much', async () => {
    const state = (change: Partial<PeerState>): PeerState => ({
      tip: () => reader.tip(),
      values: () => reader.values(),
      hashes: () => reader.hashes(),
      privateKeys: () => reader.privateKeys(),
      privateValues: () => reader.privateValues(),
      transactions: () => reader.transactions(),
      blockHashes: () => reader.blockHashes(),
      history: () => reader.history(),
      ...change,
    });
    const altered = state({
      values: async function* () {
        for await (const entry of reader.values())
          yield entry.key === 'ledger' ? { ...entry, value: Buffer.from('{}') } : entry;
      },
    });
    expect((await run(blocks, { peerState: altered })).findings).toMatchObject([
      { code: 'PEER_STORE_MISMATCH', field: 'carbon-audit-ledger/ledger' },
    ]);
    const shorter = state({
      transactions: async function* () {
        let seen = 0;
        for await (const entry of reader.transactions()) if (seen++ > 0) yield entry;
      },
    });
    expect((await run(blocks, { peerState: shorter })).findings).toMatchObject([
      { field: expect.stringMatching(/^transactions [0-9a-f]{64}$/) as string, message: 'it is missing' },
    ]);
  });
});

describe('a projection that was tampered with', () => {
  async function withProjection(change: (db: ClassicLevel<string, Buffer>) => Promise<void>): Promise<FsckReport> {
    const copy = join(temporaryFolder('projection'), 'projection');
    cpSync(join(dataDir, 'projection'), copy, { recursive: true });
    const db = new ClassicLevel<string, Buffer>(copy, { valueEncoding: 'buffer' });
    await change(db);
    await db.close();
    const projection = await ProjectionReader.open(copy);
    const report = await run(blocks, { projection });
    await projection.close();
    return report;
  }

  it.each(['r', 'v', 'y', 'u', 'e', 'c', 's', 'f', 'h', 'p', 't'])(
    'notices a changed, a missing and a foreign entry of table %s',
    async (table) => {
      const first = async (db: ClassicLevel<string, Buffer>): Promise<[string, Buffer]> => {
        const [entry] = await db.iterator({ gte: `${table}/`, lt: `${table}0`, limit: 1 }).all();
        return entry!;
      };
      const changedEntry = await withProjection(async (db) => {
        const [key, value] = await first(db);
        const copy = Buffer.from(value);
        copy[copy.length - 1] = copy.at(-1)! ^ 1;
        await db.put(key, copy);
      });
      expect(changedEntry.findings).toMatchObject([{ code: 'PROJECTION_MISMATCH' }]);
      const foreign = await withProjection(async (db) => db.put(`${table}/zz`, (await first(db))[1]));
      expect(codesOf(foreign)).toEqual(['PROJECTION_MISMATCH']);
      const missing = await withProjection(async (db) => db.del((await first(db))[0]));
      expect(missing.findings).toMatchObject([{ code: 'PROJECTION_MISMATCH' }]);
    },
  );

  it.each(['h', 'p'])(
    'names an entry of table %s that is missing where another stands there too many',
    async (table) => {
      let gone = '';
      const report = await withProjection(async (db) => {
        const [entry] = await db.iterator({ gte: `${table}/`, lt: `${table}0`, limit: 1 }).all();
        const [key, value] = entry!;
        gone = key;
        await db.del(key);
        await db.put(`${table}/zz`, value);
      });
      expect(report.findings).toEqual([
        { code: 'PROJECTION_MISMATCH', field: `${table}/zz`, message: 'nothing in the blocks leads to it' },
        { code: 'PROJECTION_MISMATCH', field: gone, message: 'it is missing' },
      ]);
    },
  );

  it('takes no private figures for awaited because of an entry that names no transaction', async () => {
    const report = await withProjection(async (db) => {
      const [entry] = await db.iterator({ gte: 'f/', lt: 'f0', limit: 1 }).all();
      await db.del(entry![0]);
      await db.put('w/zz', Buffer.from(''));
    });
    expect(report.findings.map(({ field }) => field)).toEqual(['w/zz', expect.stringMatching(/^f\//)]);
  });

  it('notices a state and a right edge of the log that are not those of the records', async () => {
    const edge = await withProjection(async (db) => {
      const value = (await db.get('m/log'))!.toString();
      await db.put('m/log', Buffer.from(value.replace('["', '["0000')));
    });
    expect(codesOf(edge)).toEqual(['PROJECTION_MISMATCH']);
    const ahead = await withProjection((db) =>
      db.put('m/state', Buffer.from(JSON.stringify({ ledger: ledgerId, nextBlock: '99', logSize: 13, tip: '' }))),
    );
    expect(codesOf(ahead)).toEqual(['PROJECTION_MISMATCH']);
  });
});

describe('two transactions that meet', () => {
  it('are one valid and one conflict, and neither can be taken for the other', async () => {
    const folder = await LedgerFolder.open();
    await folder.found();
    const { world } = folder;
    expect(await folder.anchorTogether([world.plan()], [world.receipt()])).toBe(1);
    await folder.close();
    const own = await openLedgerReader(folder.dataDir);
    const list: Buffer[] = [];
    for await (const bytes of own.blocks(0)) list.push(Buffer.from(bytes));
    const report = await run(list, { figures: own, peerState: own });
    expect(report).toMatchObject({ result: 'ok', counts: { invalid: 1 } });
    const tip = common.Block.deserializeBinary(list.at(-1)!);
    const entries = tip.getMetadata()!.getMetadataList_asU8();
    entries[TRANSACTIONS_FILTER] = entries[TRANSACTIONS_FILTER]!.map(() => Code.VALID);
    tip.getMetadata()!.setMetadataList(entries);
    const forged = await run([...list.slice(0, -1), Buffer.from(tip.serializeBinary())], { figures: own });
    await own.close();
    expect(forged.findings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('MVCC_READ_CONFLICT') as string }),
    );
  });
});
