import { drawnSample, fromHex, sha256, toHex, type BuiltRecord } from '@carbon-ledger/core';
import type { Market, ReportedYear, Story } from '../market';

const seed = '5e'.repeat(32);

function inspecting(market: Market): Record<string, unknown> {
  return {
    ...{ basis: '碳排放数据质量专项监督执法', frame: [market.enterprise.uscc], size: 1, rule: 'lowest-hash' },
    commitment: toHex(sha256(fromHex(seed))),
  };
}

function ofAuthority(
  market: Market,
  type: 'inspection' | 'handover' | 'closure',
  number: number,
  draft: Parameters<Market['make']>[2],
): BuiltRecord {
  const subject = { uscc: market.province, unit: '-', period: market.year };
  return market.make(type, market.province, { kind: `${type}.${String(number)}`, subject, ...draft });
}

async function opened(market: Market): Promise<BuiltRecord> {
  const plan = ofAuthority(market, 'inspection', 1, { content: { stage: 'plan', ...inspecting(market) } });
  await market.file(plan);
  expect(await market.state('inspection', plan)).toBe('PLANNED');
  const [drawn = ''] = drawnSample(seed, { frame: [market.enterprise.uscc], size: 1 });
  const inspectors = ['SX-01', 'SX-02'].map((role) => ({ role, party: market.inspectors.uscc }));
  const open = { covered: [{ uscc: drawn, years: [market.year] }], inspectors, papers: ['晋环执法〔2025〕7号'] };
  const content = { stage: 'open', ...inspecting(market), ...open };
  const chosen = ofAuthority(market, 'inspection', 1, {
    ...{ version: 2, cites: { plan: [plan] }, content: { ...content, seed: 'ff'.repeat(32) } },
  });
  expect(await market.refused(chosen)).toEqual(['BAD_RECORD /content/seed']);
  const alone = ofAuthority(market, 'inspection', 1, {
    ...{ version: 2, cites: { plan: [plan] } },
    content: { ...content, seed, inspectors: inspectors.slice(0, 1) },
  });
  expect(await market.refused(alone)).toEqual(['BAD_RECORD /content/inspectors']);
  const inspection = ofAuthority(market, 'inspection', 1, {
    ...{ version: 2, cites: { plan: [plan] }, content: { ...content, seed } },
  });
  await market.file(inspection);
  expect(await market.state('inspection', inspection)).toBe('FROZEN');
  return inspection;
}

function findingOf(market: Market, inspection: BuiltRecord, month: BuiltRecord, anchored: string): BuiltRecord {
  const bound = { record: month.key, figure: 'coalConsumption_t', unit: 't', decimals: 2 };
  return market.make('finding', market.inspectors.uscc, {
    ...{ kind: 'finding.1', subject: month.record.subject },
    cites: { inspection: [inspection], evidence: [month] },
    content: { clause: '燃料消耗量', seen: '与皮带秤原始读数不一致', figures: [bound], documents: [] },
    figures: { atStake_tCO2: '450', 'anchored.1': anchored, 'found.1': '115500.00' },
  });
}

/** What the enterprise does about it: the month is opened and filed anew, by the figure that was found. */
async function corrected(market: Market, { plan, months, labReports }: ReportedYear): Promise<BuiltRecord> {
  const [month] = months;
  if (month === undefined) throw new Error('a year has months');
  const supersession = market.supersession(month, 'FINDING');
  await market.file(supersession);
  const figures = { coalConsumption_t: '115500.00' };
  const next = market.evidence(plan, labReports[0], '2024-11', { version: 2, figures });
  await market.file(next);
  const bucket = await market.get('head', `${market.enterprise.uscc}/U1/${market.year}`);
  expect(bucket?.['2024-11/monthly-evidence']?.f).toBeDefined();
  expect(bucket?.['2024-12/monthly-evidence']?.f).toBeUndefined();
  return supersession;
}

/** Planned under seal, opened, found, handed over, rectified by a supersession, sent back, rectified again, closed. */
export const flightCheck: Story = {
  title: 'a flight check from plan to closure with a supersession in between',
  tag: '05',
  play: async (market) => {
    const year = await market.reportedYear();
    const [month] = year.months;
    if (month === undefined) throw new Error('a year has months');
    const inspection = await opened(market);
    expect(await market.refused(findingOf(market, inspection, month, '1.00'))).toEqual([
      'FIGURE_MISMATCH /figures/anchored.1',
    ]);
    const finding = findingOf(market, inspection, month, '115272.04');
    await market.file(finding);
    expect(await market.get('docket', inspection.key)).toEqual({ items: [finding.key] });

    const task = {
      finding: finding.key,
      task: '更正11月入炉煤量',
      responsible: 'OP-01',
      target: '一致',
      measures: '更正存证',
    };
    const handover = ofAuthority(market, 'handover', 1, {
      cites: { inspection: [inspection], finding: [finding] },
      content: { to: market.enterprise.uscc, tasks: [{ ...task, due: '2025-07-31' }] },
    });
    await market.file(handover);
    const closing = (outcome: string, number: number, cites: Record<string, BuiltRecord[]> = {}): BuiltRecord =>
      ofAuthority(market, 'closure', number, {
        cites: { inspection: [inspection], ...cites },
        content: { outcome, statement: '核实' },
      });
    expect(await market.refused(closing('closed', 1))).toEqual(['STATE_CONFLICT /cites/0']);

    const supersession = await corrected(market, year);
    const rectified = (number: string, cites: Record<string, BuiltRecord[]>): BuiltRecord =>
      market.make('rectification', market.enterprise.uscc, {
        ...{ kind: `rectification.${number}`, subject: market.subject('-') },
        cites: { handover: [handover], inspection: [inspection], finding: [finding], ...cites },
        content: { tasks: [{ finding: finding.key, done: '已更正' }], due: '2025-07-31' },
      });
    expect(await market.refused(rectified('1', {}))).toEqual(['RULE_REFUSED /content/tasks/0/document']);
    const first = rectified('1', { supersession: [supersession] });
    await market.file(first);
    await market.file(closing('sent-back', 1, { rectification: [first], finding: [finding] }));
    expect(await market.state('finding', finding)).toBe('SENT_BACK');
    const second = rectified('2', { supersession: [supersession] });
    await market.file(second);
    await market.file(closing('verified', 2, { rectification: [second], finding: [finding] }));
    await market.file(closing('closed', 3));
    expect(await market.state('inspection', inspection)).toBe('CLOSED');
    expect(await market.state('finding', finding)).toBe('CLOSED');
  },
};
