import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { peer } from '@hyperledger/fabric-protos';
import { buildSync } from 'esbuild';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { changedBlock, codesOf, readBlocks, setCodes, SignedMonth, sourceOf } from '../../../test/support/signed-month';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { openBlockFolder } from './block-folder';
import { fsck } from './fsck';
import { readGuard } from './stores/guard';
import { ProjectionReader } from './stores/projection-reader';

const Code = peer.TxValidationCode;

let month: SignedMonth;
beforeAll(async () => {
  month = await SignedMonth.make();
});
afterAll(() => month.close());

describe('a ledger as it was made', () => {
  it('is in order, with every figure recomputed', async () => {
    const report = await month.fsck();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ result: 'ok', ledger: month.ledgerId, height: 7, log: { size: 18 } });
    expect(report.counts).toMatchObject({ blocks: 7, invalid: 0, submissions: 8, records: 18, figures: 22 });
  });

  it('is in order without private figures too, and says what could not be checked', async () => {
    const report = await fsck({ source: sourceOf(month.blocks), threads: 0 });
    expect(report).toMatchObject({ result: 'ok', counts: { recordsWithoutFigures: 2 } });
    expect(report.notChecked).toContainEqual(expect.stringContaining('private figures of 2 records'));
  });

  it('agrees with projection, guard and peer state', async () => {
    const projection = await ProjectionReader.open(join(month.dataDir, 'projection'));
    const { probes } = await readGuard(month.dataDir);
    expect(probes.at(-1)).toMatchObject({ size: 18 });
    const report = await month.fsck(month.blocks, { projection, probes, peerState: month.reader });
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
    const bundled = readFileSync(outfile, 'utf8').replace(/require\("([^"]+)"\)/g, (call, name: string) =>
      external.includes(name) ? `require(${JSON.stringify(require.resolve(name))})` : call,
    );
    writeFileSync(outfile, bundled);
    const report = await month.fsck(month.blocks, { threads: 2, workerScript: outfile });
    expect(report).toMatchObject({ result: 'ok', counts: { records: 18, figures: 22 } });
  });

  it('is read from a folder of block files', async () => {
    const folder = temporaryFolder('blocks');
    for (const [number, bytes] of month.blocks.entries())
      writeFileSync(join(folder, `audit_${String(number)}.block`), bytes);
    const source = await openBlockFolder(folder);
    await expect(fsck({ source, threads: 0 })).resolves.toMatchObject({ result: 'ok', height: 7 });
  });
});

describe('resuming', () => {
  it('goes on where the last run ended and comes to the same', async () => {
    const stateDir = temporaryFolder('fsck-state');
    await month.fsck(month.blocks.slice(0, 3), { stateDir });
    const resumed = await month.fsck(month.blocks, { stateDir });
    const whole = await month.fsck();
    expect(resumed).toMatchObject({ resumedFrom: 3, result: 'ok' });
    expect({ ...resumed, resumedFrom: 0, notChecked: [] }).toEqual({ ...whole, notChecked: [] });
  });

  it('stops when it is told to, and calls itself incomplete', async () => {
    const stop = new AbortController();
    const onProgress = (): void => {
      stop.abort();
    };
    const report = await month.fsck(month.blocks, { signal: stop.signal, onProgress });
    expect(report.result).toBe('incomplete');
  });

  it('finds that the chain was replaced between two runs', async () => {
    const stateDir = temporaryFolder('fsck-state');
    await month.fsck(month.blocks.slice(0, 3), { stateDir });
    const other = month.changed(3, (block) => {
      block.getHeader()!.setPreviousHash(new Uint8Array(32));
    });
    expect(codesOf(await month.fsck(other, { stateDir }))).toContain('BLOCK_CHAIN_BROKEN');
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
    const list = await readBlocks(own);
    const report = await month.fsck(list, { figures: own, peerState: own });
    expect(report).toMatchObject({ result: 'ok', counts: { invalid: 1 } });
    const tip = changedBlock(list.at(-1)!, (block) => {
      setCodes(block, Code.VALID);
    });
    const forged = await month.fsck([...list.slice(0, -1), tip], { figures: own });
    await own.close();
    expect(forged.findings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('MVCC_READ_CONFLICT') as string }),
    );
  });
});
