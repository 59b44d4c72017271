import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { trialNationalAuthority } from '@carbon-ledger/plant-year/trial';
import { settled } from './settled';
import { temporaryFolder } from './temporary-folder';
import { startSampleService } from './trial-service';
import type { RunningService } from '../../cli/src/service/serving';
import { runInProcess, type CliResult } from '../../cli/src/testing/test-io';

type Io = NonNullable<Parameters<typeof runInProcess>[1]>;

export interface SampleLedger {
  readonly work: string;
  readonly environment: () => NonNullable<Io['env']>;
  readonly cli: (argv: readonly string[], io?: Io) => Promise<CliResult>;
  /** Expects a yes; answers stdout. */
  readonly taken: (...argv: readonly string[]) => Promise<string>;
  /** The same as JSON. */
  readonly answered: <Answer>(...argv: readonly string[]) => Promise<Answer>;
  /** Expects a refusal with nothing on stdout; answers what it says: codes, places, and who may do what. */
  readonly refused: (...argv: readonly string[]) => Promise<string>;
}

const periods = 'periods={"notice":7,"objection":7,"decision":10,"redetermination":10}';

/** Calendars of this year and the next one: working days run from the machine's today. */
async function fill({ taken }: SampleLedger): Promise<void> {
  const filing = [
    'file',
    'working-days',
    '--as',
    trialNationalAuthority.uscc,
    '--set',
    'source=试验',
    '--set',
    periods,
  ];
  for (const more of [0, 1]) await taken(...filing, '--period', String(new Date().getUTCFullYear() + more));
  await secondIsOver();
}

/** Times of a ledger are whole seconds: what is filed next is later than all of this, so that it can be asked what was before. */
async function secondIsOver(): Promise<void> {
  const began = Math.floor(Date.now() / 1000);
  while (Math.floor(Date.now() / 1000) === began) await setTimeout(20);
}

/** A running trial service that holds the sample's year, for all tests of a file. */
export function sampleLedger(): SampleLedger {
  const work = temporaryFolder('sample-ledger');
  let running: RunningService;
  const environment = (): NonNullable<Io['env']> => ({ CARBON_LEDGER_URL: running.url });
  const cli = (argv: readonly string[], io: Io = {}): Promise<CliResult> =>
    runInProcess(argv, { homeDir: work, env: environment(), now: () => new Date(), ...io });
  const taken = async (...argv: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cli(argv);
    expect([argv.join(' '), code, code === 0 ? '' : stderr]).toEqual([argv.join(' '), 0, '']);
    await settled(running.url, argv, stdout);
    return stdout;
  };
  const ledger: SampleLedger = {
    ...{ work, environment, cli, taken },
    answered: async <Answer>(...argv: readonly string[]) => JSON.parse(await taken(...argv, '--json')) as Answer,
    refused: async (...argv) => {
      const { code, stdout, stderr } = await cli(argv);
      expect([argv.join(' '), code, stdout]).toEqual([argv.join(' '), 1, '']);
      return stderr;
    },
  };
  beforeAll(async () => {
    running = await startSampleService(path.join(work, 'data'), 'without documents');
    await fill(ledger);
  }, 120_000);
  afterAll(() => running.close());
  return ledger;
}
