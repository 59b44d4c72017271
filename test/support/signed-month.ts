import { openLedgerReader, type LedgerReader } from '@carbon-ledger/embedded-peer';
import { common } from '@hyperledger/fabric-protos';
import { fsck, type BlockSource, type FsckOptions, type FsckReport } from '../../auditor/src/fsck';
import { startGateway } from '../../gateway-api/src/start';
import { LedgerFolder } from './ledger-folder';

const TRANSACTIONS_FILTER = 2;

interface Parts {
  readonly dataDir: string;
  readonly ledgerId: string;
  readonly reader: LedgerReader;
  readonly blocks: readonly Buffer[];
}

/** The folder of a stopped ledger whose service signed the parties, the rules and one month's records: 18 in 7 blocks. */
export class SignedMonth {
  readonly dataDir: string;
  readonly ledgerId: string;
  readonly reader: LedgerReader;
  readonly blocks: readonly Buffer[];

  private constructor({ dataDir, ledgerId, reader, blocks }: Parts) {
    this.dataDir = dataDir;
    this.ledgerId = ledgerId;
    this.reader = reader;
    this.blocks = blocks;
  }

  static async make(): Promise<SignedMonth> {
    const folder = await LedgerFolder.open();
    await folder.found();
    const { dataDir, id: ledgerId, ledger } = folder;
    const gateway = await startGateway({
      ledger,
      dataDir,
      host: '127.0.0.1',
      port: 0,
      version: '0',
      logLevel: 'silent',
    });
    await gateway.ready;
    await folder.anchorMonth();
    await untilSigned(gateway.url, 18);
    await gateway.close();
    await folder.close();
    const reader = await openLedgerReader(dataDir);
    return new SignedMonth({ dataDir, ledgerId, reader, blocks: await readBlocks(reader) });
  }

  /** Number of the block that holds the month's evidence: the last one. */
  get last(): number {
    return this.blocks.length - 1;
  }

  /** What fsck says of these blocks, in this thread and with all private figures. */
  fsck(blocks: readonly Uint8Array[] = this.blocks, options: Partial<FsckOptions> = {}): Promise<FsckReport> {
    return fsck({ source: sourceOf(blocks), figures: this.reader, threads: 0, ...options });
  }

  /** The blocks with one of them changed. */
  changed(at: number, change: (block: common.Block) => void): Buffer[] {
    return this.blocks.map((bytes, index) => (index === at ? changedBlock(bytes, change) : bytes));
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}

export async function readBlocks(reader: LedgerReader): Promise<readonly Buffer[]> {
  const blocks: Buffer[] = [];
  for await (const bytes of reader.blocks(0)) blocks.push(Buffer.from(bytes));
  return blocks;
}

export function changedBlock(bytes: Uint8Array, change: (block: common.Block) => void): Buffer {
  const block = common.Block.deserializeBinary(bytes);
  change(block);
  return Buffer.from(block.serializeBinary());
}

/** Gives every transaction of a block this validation code. */
export function setCodes(block: common.Block, code: number): void {
  const entries = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const filter = entries[TRANSACTIONS_FILTER];
  if (filter === undefined) throw new Error('the block has no validation codes');
  entries[TRANSACTIONS_FILTER] = filter.map(() => code);
  block.getMetadata()?.setMetadataList(entries);
}

export function sourceOf(list: readonly Uint8Array[]): BlockSource {
  return {
    name: 'test',
    height: () => Promise.resolve(list.length),
    blocks: async function* (from) {
      await Promise.resolve();
      yield* list.slice(from);
    },
  };
}

export const codesOf = (report: FsckReport): string[] => [...new Set(report.findings.map(({ code }) => code))];

/** Asks until the checkpoint covers this many records. */
async function untilSigned(url: string, size: number): Promise<void> {
  const response = await fetch(`${url}/v1/log/checkpoint`);
  const signed = response.ok ? Number((await response.text()).split('\n')[1]) : 0;
  if (signed < size) await untilSigned(url, size);
}
