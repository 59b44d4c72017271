import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { Gateways } from '../../cli/src/importing/gateways';
import { importPlantYear } from '../../cli/src/importing/import-plant-year';
import { plantYearFile } from '../../cli/src/importing/year-file';
import { trialKeys } from '../../cli/src/keys/party-keys';
import { startEmbeddedService, type EmbeddedOptions } from '../../cli/src/service/embedded';
import { trialFounder } from '../../cli/src/service/founding';
import { Service } from '../../cli/src/service/service';
import type { RunningService } from '../../cli/src/service/serving';
import { readSample } from '../../cli/src/story/sample';
import { temporaryFolder } from './temporary-folder';

const sampleDir = path.join(__dirname, '../../scripts/sample');
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

/** The embedded ledger and its gateway on one thread and a free port, as the trial: founded where the folder holds none. */
export function startTrialService(dataDir: string, more: Partial<EmbeddedOptions> = {}): Promise<RunningService> {
  return startEmbeddedService({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    founder: (msp) => Promise.resolve(trialFounder(msp)),
    logLevel: 'silent',
    signal: new AbortController().signal,
    now,
    oneThread: true,
    ...more,
  });
}

/** Whether the sample's year is anchored with the digests of its files. */
export type SampleDocuments = 'with documents' | 'without documents';

async function importSample({ url }: RunningService, documents: SampleDocuments): Promise<void> {
  const sample = await readSample(sampleDir);
  const service = new Service(new LedgerClient({ baseUrl: url }), trialKeys);
  await importPlantYear(() => Gateways.open(service, []), plantYearFile(sample.plantYear), {
    trial: true,
    documents: documents === 'with documents' ? sample.documents : new Map(),
    now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

/** Puts a finished folder where others look for it; of two who made one at once, the later gives way. */
function publish(made: string, place: string): void {
  try {
    renameSync(made, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    rmSync(made, { recursive: true });
  }
}

/**
 * The folder of a ledger that holds the sample's year, to be copied and not to be touched: made by the first test file of a run
 * that asks, because importing takes seconds and copying does not. What it holds is of today.
 */
async function sampleFolder(documents: SampleDocuments): Promise<string> {
  const shared = process.env['CARBON_LEDGER_TEST_RUN'] ?? temporaryFolder('run');
  const place = path.join(shared, `sample ${documents}`);
  if (existsSync(place)) return place;
  const made = mkdtempSync(path.join(shared, 'making-'));
  const service = await startTrialService(made);
  await importSample(service, documents);
  await service.close();
  publish(made, place);
  return place;
}

/** A service of its own on a ledger that holds the sample's year, for the tests of one file. */
export async function startSampleService(dataDir: string, documents: SampleDocuments): Promise<RunningService> {
  cpSync(await sampleFolder(documents), dataDir, { recursive: true });
  return startTrialService(dataDir);
}
