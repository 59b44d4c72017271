import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildRecord, recordTypes, shelvedRuleSet, type BuiltRecord, type RecordType } from '@carbon-ledger/core';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import {
  trialNationalAuthority,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { startSampleService } from '../../../test/support/trial-service';
import type { RunningService } from '../service/serving';
import { runInProcess, type CliResult } from '../testing/test-io';

const plant = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';
const province = trialProvinceAuthority('140000').uscc;
const late = `${plant}/U2/2024-09/test-report`;
const work = temporaryFolder('screening');
let running: RunningService;

function cli(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(argv, { homeDir: work, env: { CARBON_LEDGER_URL: running.url }, now: () => new Date() });
}

interface Finding {
  readonly rule: string;
  readonly at: string;
  readonly explained?: string;
}
interface Screened {
  readonly digest: string;
  readonly looked: number;
  readonly anchored?: readonly { readonly key: string; readonly record: string; readonly already: boolean }[];
  readonly result: {
    readonly hidden: number;
    readonly counts: Readonly<Record<string, number>>;
    readonly findings: readonly Finding[];
  };
}

async function screened(party: string, ...more: readonly string[]): Promise<Screened> {
  const scope = more.some((one) => ['--region', '--all'].includes(one)) ? [] : ['--plant', plant];
  const { code, stdout, stderr } = await cli('screen', ...scope, '--year', '2024', '--as', party, '--json', ...more);
  if (![0, 1, 3].includes(code) || stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Screened;
}

function client(party: string): LedgerClient {
  return new LedgerClient({ baseUrl: running.url, party, signer: trialSigner(party) });
}

async function standing(party: string, key: string): Promise<BuiltRecord> {
  const [head] = (await client(party).heads([key])).heads;
  const { id, record, figures = [] } = await client(party).record(head?.record ?? '', { figures: true });
  return { id, key, record, figures };
}

async function anchor(party: string, built: BuiltRecord): Promise<void> {
  const draft = { records: [built.record], figures: { [built.id]: built.figures } };
  const { state, refusal } = await client(party).anchor(draft);
  expect([state, refusal]).toEqual(['committed', undefined]);
}

/** The lab withdraws its late report for correction, and files it again with another day of issue. */
async function correctReport(): Promise<void> {
  const report = await standing(lab, late);
  const subject = report.record.subject;
  const opened = buildRecord(
    {
      ...{ type: 'supersession', issuer: lab, subject, kind: 'supersession.test-report' },
      content: { reason: 'CORRECTION', statement: '签发日期录入有误' },
      cites: { superseded: [report] },
    },
    trialSalts(lab),
  );
  await anchor(lab, opened);
  const receipt = await standing(lab, `${plant}/U2/2024-09/sample-receipt`);
  const figures = Object.fromEntries(report.figures.map(({ name, value }) => [name, value]));
  const { content, documents, version } = report.record;
  await anchor(
    lab,
    buildRecord(
      {
        ...{ type: 'test-report' satisfies RecordType, issuer: lab, subject, version: version + 1 },
        content: { ...content, issued: '2024-11-18' },
        ...{ cites: { 'sample-receipt': [receipt] }, figures, documents },
      },
      trialSalts(lab),
    ),
  );
}

beforeAll(async () => {
  running = await startSampleService(path.join(work, 'data'), 'without documents');
});
afterAll(() => running.close());

describe('screening what is anchored', () => {
  it('comes to the same digest in the service and from the ledger alone, for whoever sees the figures', async () => {
    const inService = await screened(province);
    expect(inService.result).toMatchObject({ hidden: 0, counts: { B: 1 } });
    expect(inService.result.findings).toContainEqual(expect.objectContaining({ rule: 'R-D04', at: late }));
    expect((await screened(province, '--here')).digest).toBe(inService.digest);
    expect((await screened(plant)).digest).toBe(inService.digest);
  });

  it('says of how many records the figures were not open, and gives another digest then', async () => {
    const ofAll = await screened(province);
    const ofLab = await screened(lab);
    expect(ofLab.result.hidden).toBeGreaterThan(20);
    expect(ofLab.digest).not.toBe(ofAll.digest);
    expect((await screened(lab, '--here')).digest).toBe(ofLab.digest);
  });

  it('looks only at what changed since the same party asked, and tells nobody what another one saw', async () => {
    await screened(province);
    expect((await screened(province)).looked).toBe(0);
    expect((await screened(plant, '--region', '140000')).result.counts['B']).toBe(1);
  });

  it('is refused without a session, and of nobody', async () => {
    const asked = new LedgerClient({ baseUrl: running.url }).screen({ of: 'plant', code: plant, year: '2024' });
    await expect(asked).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const { code, stderr } = await cli('screen', '--plant', lab, '--year', '2024', '--as', province);
    expect([code, stderr]).toEqual([1, expect.stringContaining('no enterprise')]);
    await expect(client(province).screen({ of: 'all', code: plant, year: '2024' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('finds nobody clean of whom nothing is there to look at, or whose figures are not open', async () => {
    const empty = await cli('screen', '--plant', plant, '--year', '1999', '--as', plant);
    expect([empty.code, empty.stdout]).toEqual([3, expect.stringContaining('1 without a record of 1999 to look at')]);
    const { result } = await screened(lab);
    expect(result.hidden).toBeGreaterThan(0);
    const { B, W } = result.counts;
    const { code, stdout } = await cli('screen', '--plant', plant, '--year', '2024', '--as', lab);
    expect([code, stdout]).toEqual([B! + W! > 0 ? 1 : 3, expect.stringMatching(/figures of \d+ records are not open/)]);
  });

  it('files what it found, once, with the digest to which anybody comes', async () => {
    const first = await screened(province, '--anchor');
    const [filed] = first.anchored ?? [];
    expect(filed).toMatchObject({ key: `${plant}/PLANT/2024/screening-result.1`, already: false });
    const { record } = await client(lab).record(filed?.record ?? '');
    expect(record.content).toMatchObject({
      scope: { of: 'plant', code: plant, year: '2024' },
      counts: { block: 1 },
      digest: `sha256:${(await screened(plant, '--here')).digest}`,
    });
    const again = await screened(province, '--anchor');
    expect(again.anchored).toEqual([{ key: filed?.key, record: filed?.record, already: true }]);
  });

  it('is quiet about what was explained, until a value changes on which it rests', async () => {
    const file = path.join(work, 'explanation.json');
    await screened(plant, '--explain', file);
    const content = JSON.parse(readFileSync(file, 'utf8')) as { items: { reason: string }[]; findings: unknown[] };
    for (const item of content.items) item.reason = '检测机构设备故障，报告延迟，附函说明';
    const facts = { content, cites: { about: [`${plant}/PLANT/2024/screening-result.1`] } };
    writeFileSync(file, JSON.stringify(facts));
    const where = ['--unit', 'PLANT', '--period', '2024', '--label', '1', '--as', plant, '--trial-keys', '--yes'];
    expect(await cli('file', 'explanation', '--from', file, ...where)).toMatchObject({ code: 0 });
    const quiet = await screened(plant);
    expect(quiet.result.counts).toMatchObject({ B: 0, W: 0 });
    expect(quiet.result.counts['explained']).toBe(content.findings.length);
    expect(quiet.result.findings.find(({ at }) => at === late)?.explained).toContain('explanation.1');
    expect((await screened(province, '--here')).digest).toBe(quiet.digest);
    await correctReport();
    const spoken = (await screened(plant)).result.findings.filter(({ rule, at }) => rule === 'R-D04' && at === late);
    expect(spoken).toEqual([expect.not.objectContaining({ explained: expect.anything() as unknown })]);
  });

  it('cites the rules of the nation that it was made by', async () => {
    const nation = trialNationalAuthority.uscc;
    const subject = { uscc: nation, unit: '-', period: '2026' };
    const rule = shelvedRuleSet().rules.find(({ id }) => id === 'R-X05')!;
    const part = { ...(recordTypes['rule-set'].example as object), traits: { kind: [], fuel: [] }, rules: [rule] };
    const rules = buildRecord(
      { type: 'rule-set', kind: 'rule-set.moisture', issuer: nation, subject, content: part },
      trialSalts(nation),
    );
    await anchor(nation, rules);
    const [filed] = (await screened(province, '--anchor')).anchored ?? [];
    const { record } = await client(lab).record(filed?.record ?? '');
    const cited = record.cites.filter(({ role }) => role === 'rule-set');
    expect(cited).toEqual([{ role: 'rule-set', key: rules.key, record: rules.id }]);
  });
});
