import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { fsck, type FsckOptions, type FsckReport } from './fsck';

let dataDir: string;
let ledgerId: string;

beforeAll(async () => {
  const folder = await LedgerFolder.open();
  await folder.found();
  await folder.anchorMonth();
  ledgerId = folder.id;
  dataDir = folder.dataDir;
  await folder.close();
}, 60_000);

async function run(options: Partial<FsckOptions> = {}): Promise<FsckReport> {
  const reader = await openLedgerReader(dataDir);
  try {
    return await fsck({ source: reader, figures: reader, threads: 0, ...options });
  } finally {
    await reader.close();
  }
}

describe('fsck', () => {
  it('finds a ledger as it was made to be in order', async () => {
    const report = await run();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ result: 'ok', ledger: ledgerId });
  });
});
