import { LedgerClient } from '@carbon-ledger/client-sdk';
import { formatBusinessKey } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { parsePort } from '../serving/parse';
import { importPlantYear } from '../importing/import-plant-year';
import type { ImportSummary } from '../importing/run';
import { enterpriseOf, marketOf, plantYearFile } from '../importing/year-file';
import { Gateways } from '../importing/gateways';
import type { Io } from '../io';
import { trialKeys } from '../keys/party-keys';
import { Output } from '../output/output';
import { exitCodeOf, exitCodes, formatProblem, isInterruption, toLedgerError } from '../output/problem';
import type { Progress } from '../output/progress';
import { styleFor } from '../output/style';
import { processIo } from '../process-io';
import { SERVING_HEAP_PERCENT, startEmbeddedService } from '../service/embedded';
import { trialFounder } from '../service/founding';
import { untilStopped, type RunningService } from '../service/serving';
import { Service } from '../service/service';
import { tellAnchored, tellFile, tellNext, tellReceipt, tellTrace, type Telling } from './chapters';
import { registerPeople } from './people';
import { readSample, type Sample } from './sample';

export interface StoryOptions {
  readonly dataDir: string;
  readonly port: string;
  /** Folder with sample-plant.json and files/. */
  readonly sampleDir: string;
}

const title = `Carbon Audit Ledger 碳审计账本: a trial on this machine
Everything here is fictitious, and its parties sign with trial keys that anybody can make: nothing of it proves anything.
A production ledger is started with: npx carbon-ledger serve`;

function nowOf(io: Io): () => string {
  return () => `${io.now().toISOString().slice(0, 19)}Z`;
}

/** The sample's last record stands where all of it does. */
async function isAnchored(service: Service, { plantYear }: Sample): Promise<boolean> {
  const subject = { uscc: enterpriseOf(plantYear), unit: 'PLANT', period: plantYear.year };
  const [head] = await service.heads([formatBusinessKey(subject, 'surrender')]);
  return head != null;
}

async function anchorSample(io: Io, output: Output, url: string, sample: Sample): Promise<ImportSummary> {
  let bar: Progress | undefined;
  const service = new Service(new LedgerClient({ baseUrl: url }), trialKeys);
  return importPlantYear(() => Gateways.open(service, []), plantYearFile(sample.plantYear), {
    trial: true,
    documents: sample.documents,
    now: nowOf(io),
    signal: io.signal,
    onProgress: (done, total) => {
      bar ??= output.progress('Anchoring the sample', total, 'records');
      bar.update(done);
    },
  }).finally(() => bar?.stop());
}

function readerOf(url: string, uscc: string): Service {
  return new Service(new LedgerClient({ baseUrl: url, party: uscc, signer: trialSigner(uscc) }), trialKeys);
}

async function tell(io: Io, output: Output, running: RunningService, options: StoryOptions): Promise<void> {
  const sample = await readSample(options.sampleDir);
  const service = readerOf(running.url, enterpriseOf(sample.plantYear));
  const style = styleFor(io.stdout, io.env);
  const telling: Telling = { service, sample, policy: running.policy, dataDir: options.dataDir, style };
  if (await isAnchored(service, sample)) {
    await registerPeople(running.url, marketOf(sample.plantYear).region);
    output.data(`The sample plant-year is anchored here already.\n\n${tellNext(telling, running.url)}\n`);
    return;
  }
  output.data(`${tellAnchored(telling, await anchorSample(io, output, running.url, sample))}\n\n`);
  await registerPeople(running.url, marketOf(sample.plantYear).region);
  output.data(`${await tellTrace(telling)}\n\n`);
  output.data(`${await tellFile(telling)}\n\n`);
  output.data(`${await tellReceipt(telling)}\n\n`);
  output.data(`${tellNext(telling, running.url)}\n`);
}

async function run(io: Io, options: StoryOptions): Promise<void> {
  const output = new Output(io, false);
  output.data(`${title}\n\n`);
  io.keepHeapSmall(SERVING_HEAP_PERCENT);
  const running = await startEmbeddedService({
    dataDir: options.dataDir,
    host: '127.0.0.1',
    port: parsePort(options.port),
    founder: (msp) => Promise.resolve(trialFounder(msp)),
    logLevel: 'warn',
    now: nowOf(io),
    signal: io.signal,
    oneThread: false,
  });
  try {
    await tell(io, output, running, options);
    output.data(`\nRunning at ${running.url} · data in ${options.dataDir} · Ctrl-C stops it\n`);
    await untilStopped(running, io.signal);
    output.note('Stopping …');
  } finally {
    await running.close();
  }
}

/** What `npm start` does. Gives the exit code; never throws. */
export async function runStory(options: StoryOptions): Promise<number> {
  const io = processIo();
  try {
    await run(io, options);
    return exitCodes.yes;
  } catch (error) {
    io.stderr.write(
      isInterruption(error)
        ? 'Stopped. The next npm start goes on where it was.\n'
        : `${formatProblem(toLedgerError(error))}\n`,
    );
    return exitCodeOf(error);
  }
}
