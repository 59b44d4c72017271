import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { settled } from '../../../test/support/settled';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { startSampleService } from '../../../test/support/trial-service';
import type { RunningService } from '../service/serving';
import { runInProcess, type CliResult } from '../testing/test-io';

const plant = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';
const verifierUscc = '91110000MA0FAKE3W8';
const province = trialProvinceAuthority('140000').uscc;
const work = temporaryFolder('public');
let running: RunningService;

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir: work, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

async function json(...argv: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await cli(...argv, '--json');
  if (code > 1) throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}

beforeAll(async () => {
  running = await startSampleService(path.join(work, 'data'), 'without documents');
  await cli('screen', '--region', '140000', '--year', '2024', '--anchor', '--as', province, '--trial-keys');
});
afterAll(() => running.close());

describe('what is public', () => {
  it('is the list of key emitters with verified emission and surrender, each with its record', async () => {
    const named = { record: expect.stringMatching(/^rec:/) as unknown };
    const emitter = expect.objectContaining({
      uscc: plant,
      listed: expect.objectContaining(named) as unknown,
      verified: expect.objectContaining({ ...named, tonnes: '4146356' }) as unknown,
      surrender: expect.objectContaining({ status: 'surrendered' }) as unknown,
    }) as unknown;
    expect(await json('public', 'emitters', '--year', '2024')).toMatchObject({ items: [emitter] });
    expect(await json('public', 'emitters', '--year', '2024', '--region', '440000')).toMatchObject({ items: [] });
    expect(await json('public', 'emitter', plant, '--year', '2024')).toEqual(emitter);
  });

  it('is not more: who is registered and not listed is not found, as who is not registered', async () => {
    const codes = [];
    for (const uscc of [lab, province, '91350100M000100Y43']) {
      const { code, stderr } = await cli('public', 'emitter', uscc, '--year', '2024');
      codes.push([code, stderr.includes(`${uscc} is no key emitter of 2024`)]);
    }
    expect(codes).toEqual([
      [1, true],
      [1, true],
      [1, true],
    ]);
    const strangers = await Promise.all(
      [plant, '91350100M000100Y43'].map((uscc) => cli('public', 'institution', uscc)),
    );
    expect(strangers.map(({ code, stderr }) => [code, stderr.includes('is no laboratory or verifier')])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it('is what a laboratory may do, and what became of its reports, counted from records that are named', async () => {
    expect(await json('public', 'institutions', '--kind', 'lab')).toMatchObject({
      items: [{ uscc: lab, qualifications: [{ kind: 'CMA', number: '240417250001', validTo: '2030-03-30' }] }],
    });
    const found = (await json('public', 'institution', lab)) as {
      conduct: Record<'late' | 'screened' | 'withdrawn', { count: number; records: string[] }> & {
        hitsPerReport: string;
      };
    };
    expect(found.conduct).toMatchObject({
      filed: 24,
      late: { count: 1 },
      screened: { count: 1 },
      withdrawn: { count: 0 },
    });
    expect(Number(found.conduct.hitsPerReport)).toBeGreaterThan(0);
    const shown = (await json('show', found.conduct.late.records[0] ?? '')) as { key: string };
    expect(shown.key).toBe(`${plant}/U2/2024-09/test-report`);
  });

  it('is methodology and parameters in force', async () => {
    const { rules } = (await json('public', 'rules', '--year', '2024')) as { rules: { type: string }[] };
    expect(rules.map(({ type }) => type)).toEqual(expect.arrayContaining(['methodology', 'parameter']));
  });
});

describe('completeness', () => {
  const totals = { months: 24, missing: 0, defaults: 1, backDated: 24, late: 24, defaultCost_t: '14987.06' };

  it('of a plant, a region and a laboratory tells months, default values and what these cost', async () => {
    expect(await json('completeness', '--plant', plant, '--year', '2024')).toMatchObject({ totals });
    const asProvince = ['--year', '2024', '--as', province];
    expect(await json('completeness', '--region', '140000', ...asProvince)).toMatchObject({ totals });
    expect(await json('completeness', '--lab', lab, ...asProvince)).toMatchObject({ totals });
    expect((await cli('completeness', '--lab', province, ...asProvince)).code).toBe(3);
  });

  it('tells who does not see the figures the months, and not what default values cost', async () => {
    expect(await json('completeness', '--plant', plant, '--year', '2024', '--as', lab)).toMatchObject({
      totals: { months: 24, defaults: 1, defaultCost_t: '0.00' },
    });
    const missing = await cli('completeness', '--plant', plant, '--year', '2023', '--as', plant);
    expect([missing.code, missing.stdout, missing.stderr]).toEqual([
      3,
      expect.stringContaining('0 months'),
      expect.stringContaining('无法判定'),
    ]);
  });
});

describe('a party that is suspended', () => {
  const key = `${lab}/-/-/party`;

  it('is still read where nobody asked to act in its name, and acts no more where somebody does', async () => {
    const asProvince = ['--as', trialProvinceAuthority('140100').uscc, '--trial-keys'];
    const filed = await cli('file', 'party', '--on', key, '--set', 'status=suspended', ...asProvince);
    expect([filed.code, filed.stderr]).toEqual([0, expect.anything()]);
    const shown = await cli('show', key);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('Suspended')]);
    expect(shown.stderr).toContain(`${lab} may not sign in`);
    const refused = await cli('show', key, '--as', lab);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('PARTY_SUSPENDED')]);
  });

  it('is what the province published of the verifiers of a year, and of no other', async () => {
    const verifier = { verifier: verifierUscc, enterprises: 1, rating: 'poor', problems: ['核查报告迟交'] };
    const content = {
      publishedOn: '2025-12-20',
      assessed: [{ ...verifier, items: [{ item: 'timeliness', rating: 'poor' }] }],
    };
    writeFileSync(path.join(work, 'assessment.json'), JSON.stringify({ content }));
    const from = ['--from', path.join(work, 'assessment.json')];
    const filing = await cli(
      'file',
      'verifier-assessment',
      '--period',
      '2024',
      ...from,
      '--as',
      province,
      '--trial-keys',
      '--yes',
    );
    await settled(running.url, [], filing.stdout);
    expect([filing.code, filing.code === 0 ? '' : filing.stderr]).toEqual([0, '']);
    const published = { ...verifier, by: province, publishedOn: '2025-12-20', year: '2024' };
    expect(await json('public', 'assessments', '--year', '2024')).toMatchObject({ assessments: [published] });
    expect(await json('public', 'assessments', '--year', '2023')).toMatchObject({ assessments: [] });
    const asked = ['public', 'assessments', '--year', '2024', '--verifier'];
    expect(await json(...asked, lab)).toMatchObject({ assessments: [] });
    expect((await cli(...asked, verifierUscc)).stdout).toContain('poor');
  });
});
