import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../../cli/src/methodology/read-folder';
import { startTrialService } from '../support/trial-service';
import type { RunningService } from '../../cli/src/service/serving';
import { runInProcess } from '../../cli/src/testing/test-io';
import { temporaryFolder } from '../support/temporary-folder';

/*
 * A sixth sector, from its folder to a proof: what docs/methodologies.md tells under "A sector of one's own", command by command,
 * with ammonia (fuels in t and 10⁴Nm³, process, purchased electricity and heat). No TypeScript knows of it.
 */

const ammonia = join(__dirname, 'ammonia');
const national = '11100000MA0TRYA01Y';
const uscc = '91370000MA0AMMNA16';
const total = `${uscc}/PLANT/2025/annual-report#emission_tCO2`;
const work = temporaryFolder('own-sector');
const yearFile = join(work, 'ammonia-2025.json');
let service: RunningService;

interface Answer {
  readonly code: number;
  readonly [member: string]: unknown;
}

async function cli(...argv: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await runInProcess([...argv, '--url', service.url, '--json'], {
    homeDir: work,
    now: () => new Date(),
  });
  return { ...(JSON.parse(stdout || stderr) as object), code };
}

type Figures = Readonly<Record<string, string>>;

/** A year of the first vector's amounts, every month alike. */
async function yearOf(change: (month: string, figures: Figures) => Figures): Promise<object> {
  const { folder } = await readFolder(ammonia);
  const { plan, evidence } = folder.vectors[0]!.records;
  const months = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`);
  const unit = {
    ...{ id: 'A1', name: '1号线', facilityCode: 'MF0001', product: '合成氨', plan: plan!.content },
    months: Object.fromEntries(
      months.map((month) => [month, { facts: evidence!.content, figures: change(month, evidence!.figures) }]),
    ),
  };
  return {
    ...{ schema: 'carbon-ledger/sector-year/v1', methodology: 'CN-ETS-AMMONIA', sector: 'ammonia', year: '2025' },
    enterprise: { uscc, name: '（虚构）合成氨厂', region: '370100', permitNo: `${uscc}001P` },
    units: [unit],
  };
}

const write = (file: string, value: object): void => {
  writeFileSync(file, JSON.stringify(value));
};

beforeAll(async () => {
  write(yearFile, await yearOf((_, figures) => figures));
  service = await startTrialService(join(work, 'data'));
}, 60_000);
afterAll(() => service.close());

it('is not imported before its methodology is filed, and says which', async () => {
  const { code, ...refused } = await cli('import', 'plant-year', yearFile, '--trial-keys');
  expect(code).not.toBe(0);
  expect(JSON.stringify(refused)).toContain('the methodology CN-ETS-AMMONIA of 2025');
  expect(refused).toMatchObject({ cure: expect.stringContaining('methodology file') as string });
}, 60_000);

it('is filed by its folder, imported, traced, checked and screened', async () => {
  const filing = ['methodology', 'file', ammonia, '--trial-keys', '--as', national];
  expect(await cli(...filing)).toMatchObject({ code: 0, status: 'filed' });
  expect(await cli(...filing)).toMatchObject({ code: 0, status: 'already' });
  const imported = await cli('import', 'plant-year', yearFile, '--trial-keys');
  // Twelve times 102,432.66 t.
  expect(imported).toMatchObject({ code: 0, plant: { totals: { emission_tCO2: '1229192' } } });
  const trace = await cli('trace', total);
  expect(trace).toMatchObject({ code: 0, status: 'intact', hidden: 0, value: '1229192' });
  expect(JSON.stringify(trace)).toContain('EF.urea');
  expect(await cli('check', 'plant-year', yearFile)).toMatchObject({ code: 0, status: 'same' });
  const screened = (await cli('screen', '--plant', uscc, '--year', '2025')) as unknown as {
    result: { counts: { B: number } };
  };
  expect(screened.result.counts.B).toBe(0);
}, 60_000);

it('names a value that was tampered with, and what follows from it up to the total', async () => {
  const file = join(work, 'tampered.json');
  const changed = (month: string, figures: Figures): Figures =>
    month === '2025-03' ? { ...figures, 'gas.FC.purge_gas': '11.5000' } : figures;
  write(file, await yearOf(changed));
  const { code, differences, consequences } = await cli('check', 'plant-year', file);
  expect(code).toBe(1);
  expect(differences).toMatchObject([{ figure: 'gas.FC.purge_gas', anchored: '12.5000', found: '11.5000' }]);
  expect(consequences).toContainEqual(
    expect.objectContaining({ record: `${uscc}/PLANT/2025/annual-report`, figure: 'emission_tCO2', delta: '-8' }),
  );
}, 60_000);

it('is changed only after everybody can see what that changes', async () => {
  const changed = join(work, 'changed');
  cpSync(ammonia, changed, { recursive: true });
  const parameters = join(changed, 'parameters.yaml');
  writeFileSync(parameters, readFileSync(parameters, 'utf8').replace('value: 0.7333', 'value: 0.7332'));
  const diff = ['methodology', 'diff', ammonia, changed, '--ledger'];
  const seen = await cli(...diff, '--party', uscc);
  expect(seen).toMatchObject({ code: 1, records: 15, hidden: [] });
  // 20,000 t of urea a month by 0.0001: process and month, twelve times, then the unit, its intensity and the enterprise.
  expect(seen['figures']).toHaveLength(12 * 2 + 3);
  expect(seen['figures']).toContainEqual({
    ...{ record: total.split('#')[0], figure: 'emission_tCO2', before: '1229192', after: '1229216', delta: '24' },
  });
  // Who may not read the figures is told so, and not that nothing would change.
  expect(await cli(...diff)).toMatchObject({
    records: 15,
    hidden: expect.arrayContaining([expect.stringContaining('/2025-03/')]) as string[],
  });
}, 60_000);

it('is proved to somebody who has the proof and the policy alone', async () => {
  const [proof, policy] = [join(work, 'a.proof'), join(work, 'policy.json')];
  expect(await cli('log', '--policy', '-o', policy)).toMatchObject({ code: 0 });
  expect(await cli('prove', total, '-o', proof)).toMatchObject({ code: 0 });
  const offline = await runInProcess(['verify-proof', proof, '--policy', policy, '--json'], { homeDir: work });
  expect(JSON.parse(offline.stdout)).toMatchObject({ result: 'PASS' });
}, 60_000);
