import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { fsck, type FsckReport } from './fsck';
import type { BlockSource } from './sources';

it('explores', async () => {
  const folder = await LedgerFolder.open();
  await folder.found();
  await folder.anchorMonth();
  await folder.close();
  const reader = await openLedgerReader(folder.dataDir);
  const blocks: Uint8Array[] = [];
  for await (const b of reader.blocks(0)) blocks.push(b);
  const run = async (list: Uint8Array[]): Promise<FsckReport> => {
    const source: BlockSource = {
      name: 'x',
      height: () => Promise.resolve(list.length),
      blocks: async function* (from) {
        await Promise.resolve();
        yield* list.slice(from);
      },
    };
    return fsck({ source, figures: reader, threads: 0 });
  };
  console.log(
    blocks.map((b) => b.length),
    blocks.length,
  );
  const t = Date.now();
  const n = await run(blocks);
  console.log(Date.now() - t, JSON.stringify(n.counts), n.notChecked);
  const undetected: string[] = [];
  const codes = new Map<string, number>();
  for (const at of [blocks.length - 1]) {
    const block = blocks[at]!;
    for (let i = 0; i < block.length; i += 7) {
      const copy = Buffer.from(block);
      copy[i] = copy[i]! ^ 1;
      const r = await run([...blocks.slice(0, at), copy, ...blocks.slice(at + 1)]);
      if (r.result === 'ok') undetected.push(`${at}:${i}/${block.length}`);
      const k = [...new Set(r.findings.map((f) => f.code))].sort().join('+');
      codes.set(k, (codes.get(k) ?? 0) + 1);
    }
  }
  console.log(undetected, codes, Date.now() - t);
}, 600000);
