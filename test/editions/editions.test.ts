import { join } from 'node:path';
import { fsck, type FsckReport } from '@carbon-ledger/auditor';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { importLedger } from '../../gateway-api/src/migration/import-ledger';
import { checkExport } from '../../gateway-api/src/migration/read-export';
import { writeExport } from '../../gateway-api/src/migration/write-export';
import { MemoryPort, PeerPort } from '../market/port';
import { headerOf, transactionsOf } from '../support/earlier-export';
import { EarlierWorld, founder } from '../support/earlier-ledger';
import { LedgerFolder } from '../support/ledger-folder';
import { temporaryFolder } from '../support/temporary-folder';
import { calendarOf, playEditions, secondInForce } from './play-editions';
import { bothEditions, UpgradedContract } from './second-edition';

const upgraded = { contracts: [UpgradedContract] };

async function looked(dataDir: string, books = bothEditions): Promise<FsckReport> {
  const reader = await openLedgerReader(dataDir);
  try {
    return await fsck({ source: reader, figures: reader, threads: 0, books });
  } finally {
    await reader.close();
  }
}

describe('an edition of the rules', () => {
  it('comes into force in memory', async () => {
    await playEditions(await MemoryPort.open(bothEditions));
  });

  it('comes into force on the embedded peer, and blocks of either edition stay in order', async () => {
    const folder = await LedgerFolder.open(upgraded);
    await folder.found();
    await folder.anchorMonth();
    await playEditions(new PeerPort(folder.ledger, folder.id, ['EmbeddedMSP']));
    await folder.close();
    expect(await looked(folder.dataDir)).toMatchObject({ result: 'ok', findings: [] });
    const { findings } = await looked(folder.dataDir, new Map([...bothEditions].slice(0, 1)));
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'JUDGEMENT_MISMATCH', field: '/submissions/0/records/0/content/edition' }),
    );
  });

  it('comes over with an import: each record under the edition that was in force', async () => {
    const earlier = await EarlierWorld.open();
    await earlier.anchor([calendarOf(2033)]);
    await earlier.anchor([secondInForce]);
    await earlier.anchor([calendarOf(2031, { halfDays: [] })]);
    const file = join(temporaryFolder('editions'), 'earlier.jsonl');
    await writeExport(file, headerOf(earlier), transactionsOf(earlier), { books: bothEditions });
    const folder = await LedgerFolder.open(upgraded);
    const check = await checkExport(file, { books: bothEditions });
    const { imported } = await importLedger({
      ...{ ledger: folder.ledger, ledgerId: folder.id, file, check, organisations: {}, limits: { records: 2 } },
      now: () => `${new Date().toISOString().slice(0, 19)}Z`,
      signer: () => Promise.resolve(trialSigner(founder)),
    });
    expect(imported).toBe(earlier.records.length);
    await check.close();
    await folder.close();
    expect(await looked(folder.dataDir)).toMatchObject({ result: 'ok', findings: [] });
  });
});
