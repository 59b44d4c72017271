import { trialNationalAuthority, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { agendaSource } from '../../../test/support/agenda-source';
import { build } from '../../../test/support/trial-records';
import { enterprise, TrialWorld, verifier } from '../../../test/support/trial-world';
import { reportedYear } from '../../../test/support/trial-year';
import { rulebooks, type Rulebook } from '../rulebook';
import { agendaOf } from './agenda';
import type { Duty } from './duty';

const rulebook = rulebooks.get(1) as Rulebook;

async function dutiesOf(world: TrialWorld, uscc: string, now: string): Promise<readonly Duty[]> {
  const party = await world.ledger.get('party', uscc);
  if (party === undefined) throw new Error(`${uscc} is not registered`);
  return (await agendaOf(rulebook, agendaSource(world.ledger), { uscc, party }, now)).duties;
}

const lines = (duties: readonly Duty[]): string[] =>
  duties.map(({ step, key, until, late }) =>
    [step, key.slice(19), until ?? '-', ...(late ? [`+${String(late)}`] : [])].join(' '),
  );

describe('the calendar of the year', () => {
  const nation = trialNationalAuthority.uscc;
  const now = '2024-03-20T00:00:00Z';
  const moved = async (world: TrialWorld, values: Readonly<Record<string, string | undefined>>): Promise<void> => {
    const { content, subject, version } = world.rules.parameters[0]!.record;
    const table = { ...(content['values'] as Readonly<Record<string, object>>) };
    for (const [name, value] of Object.entries(values))
      if (value === undefined) Reflect.deleteProperty(table, name);
      else table[name] = { value, unit: '1', source: '通知' };
    const next = { ...content, values: table };
    await world.anchor([build({ type: 'parameter', issuer: nation, subject, version: version + 1, content: next })]);
  };

  it('is that of the parameters as they stand: another value is another day', async () => {
    const world = await TrialWorld.open();
    await moved(world, { 'plan.deadline': '20240331', 'evidence.days': '50', 'evidence.deadline.02': '20240315' });
    expect(lines(await dutiesOf(world, enterprise.uscc, now))).toEqual([
      'filed U1/2024-02/monthly-evidence 2024-03-15 +5',
      'filed U1/2024-01/monthly-evidence 2024-03-21',
      'filed U1/2024/quality-control-plan 2024-03-31',
    ]);
  });

  it('sets no day where they name none: what is owed is told all the same, and is never late', async () => {
    const world = await TrialWorld.open();
    await moved(world, { 'plan.deadline': undefined, 'evidence.days': undefined });
    expect(lines(await dutiesOf(world, enterprise.uscc, now))).toEqual([
      'filed U1/2024-01/monthly-evidence -',
      'filed U1/2024-02/monthly-evidence -',
      'filed U1/2024/quality-control-plan -',
    ]);
  });

  it('asks a province for its list and its assessment of the year, until one stands, and no other party', async () => {
    const world = await TrialWorld.open();
    const province = trialProvinceAuthority('140000').uscc;
    const owed = async (now: string, uscc = province): Promise<string[]> =>
      lines(await dutiesOf(world, uscc, now)).filter((line) => /emitter-list|verifier-assessment/.test(line));
    // The list of 2024 stands already; rules of the next year ask for the next one.
    expect(await owed('2024-09-15T00:00:00Z')).toEqual([]);
    const { content, subject } = world.rules.parameters[0]!.record;
    const next = { ...subject, period: '2025' };
    const table = build({ type: 'parameter', issuer: nation, subject: next, content });
    await world.anchor([table]);
    await moved(world, {});
    expect(await owed('2023-09-15T00:00:00Z')).toEqual(['filed -/2025/emitter-list 2023-10-31']);
    expect(await owed('2026-01-02T00:00:00Z')).toEqual([
      'filed -/2025/emitter-list 2023-10-31 +794',
      'filed -/2024/verifier-assessment 2025-12-31 +2',
      'filed -/2025/verifier-assessment 2025-12-31 +2',
    ]);
    expect(await owed('2026-01-02T00:00:00Z', enterprise.uscc)).toEqual([]);
    expect(await owed('2026-01-02T00:00:00Z', nation)).toEqual([]);
    const part = { uscc: province, unit: '-', period: '2025' };
    const entries = [{ uscc: enterprise.uscc, sector: 'power', listed: true, reason: '排放量' }];
    await world.anchor([
      build({
        ...{ type: 'emitter-list', kind: 'emitter-list.2', issuer: province, subject: part, content: { entries } },
        cites: { parameters: [table] },
      }),
    ]);
    expect((await owed('2026-01-02T00:00:00Z')).filter((line) => line.includes('list'))).toEqual([]);
  });

  it('says until when a verification is concluded, before its verifier and nobody else', async () => {
    const { world } = await reportedYear();
    const until = async (uscc: string): Promise<(string | undefined)[]> =>
      (await dutiesOf(world, uscc, '2025-05-01T00:00:00Z'))
        .filter(({ file }) => file.type === 'verification-conclusion')
        .map((duty) => duty.until);
    expect(new Set(await until(verifier.uscc))).toEqual(new Set(['2025-06-30']));
    expect(await until(enterprise.uscc)).toEqual([]);
  });
});
