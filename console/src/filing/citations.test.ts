import { recordTypes, type LedgerRecord } from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { proposeCites, slotOf, type Slot } from './citations';
import { sketchOf } from './draft';
import { recordWith } from '../testing/records';

type Cite = AnchoredRecordView['record']['cites'][number];

function viewOf(id: string, key: string, cites: readonly Cite[] = []): AnchoredRecordView {
  return { id, key, record: recordWith({ cites: [...cites] }) } as unknown as AnchoredRecordView;
}

describe('what a form proposes to cite', () => {
  const conclusion = viewOf('c', 'P/U1/2024/verification-conclusion');
  const issuance = viewOf('i', 'P/U1/2024/allowance-issuance');
  const objected = [{ role: 'contested', record: 'c', key: conclusion.key }] as Cite[];
  const objection = viewOf('o', 'P/U1/2024/objection.1', objected);
  const slots = [
    { rule: { role: 'objection', type: 'objection', min: 1, max: 1 }, candidates: [objection] },
    { rule: { role: 'contested', type: 'any', min: 1, max: 1 }, candidates: [issuance, conclusion] },
  ] as unknown as Slot[];

  it('is about the same as the record that it answers, not merely the newest', () => {
    expect(proposeCites(slots, { objection: ['o'] })).toEqual({ objection: ['o'], contested: ['c'] });
  });

  it('is of several those of the record that it answers, be it none', () => {
    const [own, other] = [viewOf('f', 'P/PLANT/2024/ccer-freeze.a'), viewOf('g', 'P/PLANT/2024/ccer-freeze.b')];
    const cited = [{ role: 'ccer-freeze', record: 'f', key: own.key }] as Cite[];
    const freezes = { rule: { role: 'ccer-freeze', type: 'ccer-freeze', min: 0, max: 40 }, candidates: [own, other] };
    const proposed = (cites: readonly Cite[]): unknown => {
      const record = recordWith({ type: 'offset-application', kind: 'offset-application', cites: [...cites] });
      const application = { id: 'a', key: 'P/PLANT/2024/offset-application', record } as unknown as AnchoredRecordView;
      const role = {
        rule: { role: 'application', type: 'offset-application', min: 1, max: 1 },
        candidates: [application],
      };
      return proposeCites([role, freezes] as unknown as Slot[], { application: ['a'] })['ccer-freeze'];
    };
    expect([proposed(cited), proposed([])]).toEqual([['f'], []]);
  });

  it('leaves to whoever files a finding which months it questions, beside those that it is about', () => {
    const months = ['2024-01', '2024-02'].map((month) => viewOf(month, `P/U1/${month}/monthly-evidence`));
    const questioned = { role: 'questioned', type: 'monthly-evidence', min: 0, max: 12, acts: true, onlyNamed: true };
    const evidence = { role: 'evidence', type: 'any', min: 0, max: 40 };
    // A role that takes any type lists nothing to choose from.
    const both = [
      { rule: evidence, candidates: [] },
      { rule: questioned, candidates: months },
    ] as unknown as Slot[];
    expect(proposeCites(both, { evidence: ['2024-02'] })['questioned']).toEqual(['2024-02']);
    expect(proposeCites(both.slice(1), {})['questioned']).toEqual([]);
  });

  it('is of corrections those of the very versions that the finding is about', () => {
    const cited = (role: string, ...records: string[]): Cite[] =>
      records.map((record) => ({ role, record, key: record }));
    const [finding, other] = [viewOf('f', 'F.1', cited('evidence', 'm1')), viewOf('g', 'F.2', cited('evidence', 'm9'))];
    const made = [viewOf('s', 'S1', cited('superseded', 'm1')), viewOf('t', 'S2', cited('superseded', 'm2'))];
    const findings = { rule: { role: 'finding', type: 'finding', min: 1, max: 100 }, candidates: [finding, other] };
    const corrections = { ...{ role: 'supersession', type: 'supersession', min: 0, max: 40 }, answers: 'finding' };
    const slots = [findings, { rule: corrections, candidates: made }] as unknown as Slot[];
    expect(proposeCites(slots, { finding: ['f'] })['supersession']).toEqual(['s']);
    expect(proposeCites(slots, { finding: ['g'] })['supersession']).toEqual([]);
    // Where nobody chose a finding, those that are proposed.
    expect(proposeCites(slots, {})['supersession']).toEqual(['s']);
  });

  it('is the newest where nothing says more, and what somebody chose stays', () => {
    expect(proposeCites(slots.slice(1), {})).toEqual({ contested: ['i'] });
    expect(proposeCites(slots, { objection: ['o'], contested: ['i'] })['contested']).toEqual(['i']);
  });
});

/** A ledger on which records stand, the last one newest. */
function ledgerOf(records: readonly Partial<LedgerRecord>[]): LedgerClient {
  const views = records.map((words, logIndex) => {
    const record = recordWith(words);
    const id = `${record.subject.period} ${record.kind}`;
    return { id, key: id, record, status: 'current', logIndex } as unknown as AnchoredRecordView;
  });
  const asked = ({ type }: { readonly type?: string }): unknown => ({
    items: views.filter(({ record }) => record.type === type),
  });
  return { records: (query: { readonly type?: string }) => Promise.resolve(asked(query)) } as unknown as LedgerClient;
}

describe('of what stands on the ledger, a form and a row of a workbook propose', () => {
  const subject = { uscc: '91140000MA0FAKE01X', unit: 'U1', period: '2024-03' };
  const proposedFor = async (
    filed: Pick<LedgerRecord, 'type' | 'kind' | 'subject'>,
    standing: readonly Partial<LedgerRecord>[],
  ): Promise<unknown> => {
    const filing = { ...filed, version: 1, content: {}, figures: {}, cites: {}, documents: [] };
    const rules = recordTypes[filed.type].cites(sketchOf(filing, subject.uscc));
    const own = { ...filed.subject, kind: filed.kind };
    return proposeCites(await Promise.all(rules.map((rule) => slotOf(ledgerOf(standing), rule, own))), {});
  };
  const receipts = ['05', 'B01', '06', 'B02'].map((label) => {
    return { type: 'sample-receipt', kind: `sample-receipt.${label}`, subject } as const;
  });

  it.each(['05', '06', 'B01', 'B02'])('for the report of sample %s its own receipt, not the newest', async (label) => {
    const report = { type: 'test-report', kind: `test-report.${label}`, subject } as const;
    const own = [`2024-03 sample-receipt.${label}`];
    expect(await proposedFor(report, receipts)).toEqual({ 'sample-receipt': own });
  });

  it('for a report whose sample was never received, no other one', async () => {
    const report = { type: 'test-report', kind: 'test-report', subject } as const;
    expect(await proposedFor(report, receipts)).toEqual({ 'sample-receipt': [] });
  });

  it('for the next version of a conclusion that of the year before, never its own', async () => {
    const conclusion = (period: string) => {
      const type = 'verification-conclusion' as const;
      return { type, kind: type, subject: { ...subject, period } };
    };
    const filed = conclusion('2024');
    const years = (...periods: string[]): Promise<unknown> => proposedFor(filed, periods.map(conclusion));
    expect(await years('2024')).toMatchObject({ 'last-conclusion': [] });
    expect(await years('2023', '2022', '2024')).toMatchObject({ 'last-conclusion': ['2023 verification-conclusion'] });
  });

  it('what bears the same label, where several would do', async () => {
    const plant = { ...subject, unit: 'PLANT', period: '2024' };
    const freezes = ['a', 'b'].map((label) => {
      return { type: 'ccer-freeze', kind: `ccer-freeze.${label}`, subject: plant } as const;
    });
    const release = { type: 'ccer-release', kind: 'ccer-release.a', subject: plant } as const;
    expect(await proposedFor(release, freezes)).toMatchObject({ 'ccer-freeze': ['2024 ccer-freeze.a'] });
  });
});
