import {
  buildRecord,
  fromHex,
  sha256,
  toHex,
  usccCheckDigit,
  type BuiltRecord,
  type PartyKind,
  type RecordDraft,
} from '@carbon-ledger/core';
import { trialPartyRecord, trialSalts } from '@carbon-ledger/plant-year/trial';
import { report, startWithReport } from './anchored-report';
import type { FakeGateway } from './fake-gateway';
import { enterprise, lab, national, province, sampleReceipt, testReport } from './trial-world';

/** Everybody who may stand somehow to the plant of 140600 and its years. */
const others = {
  city: ['11140600MA0TRYB01', 'city-authority', '140600'],
  otherCity: ['11140700MA0TRYB02', 'city-authority', '140700'],
  verifier: ['91110000MA0TRYB03', 'verifier', '110000'],
  idleVerifier: ['91110000MA0TRYB04', 'verifier', '110000'],
  preparer: ['91140100MA0TRYB05', 'preparer', '140100'],
  inspector: ['12140000MA0TRYB06', 'inspector', '140000'],
  doneInspector: ['12140000MA0TRYB07', 'inspector', '140000'],
  idleInspector: ['12140000MA0TRYB08', 'inspector', '140000'],
  stranger: ['91140600MA0TRYB09', 'enterprise', '140600'],
} as const satisfies Readonly<Record<string, readonly [first17: string, kind: PartyKind, region: string]>>;

type Name = keyof typeof others;
const codeOf = (name: Name): string => others[name][0] + usccCheckDigit(others[name][0]);
export const partyOf = Object.fromEntries(
  (Object.keys(others) as Name[]).map((name) => [name, codeOf(name)]),
) as Readonly<Record<Name, string>>;

const made = (draft: RecordDraft): BuiltRecord => buildRecord(draft, trialSalts(draft.issuer));

function parties(): BuiltRecord[] {
  return (Object.keys(others) as Name[]).map((name) => {
    const [, kind, region] = others[name];
    return trialPartyRecord({ uscc: codeOf(name), name: `（虚构）${name}`, kind, region }, national, ['TestMSP']);
  });
}

const seed = '5e'.repeat(32);

/** An inspection of 2024 from plan to opening; its inspectors are of one party. */
function inspection(number: number, inspector: string): [plan: BuiltRecord, open: BuiltRecord] {
  const drawn = { frame: [enterprise], size: 1, rule: 'lowest-hash', commitment: toHex(sha256(fromHex(seed))) };
  const common = { basis: '碳排放数据质量专项监督执法', ...drawn };
  const draft = {
    ...({ type: 'inspection', kind: `inspection.${String(number)}`, issuer: province } as const),
    subject: { uscc: province, unit: '-', period: '2025' },
  };
  const plan = made({ ...draft, content: { stage: 'plan', ...common } });
  const inspectors = ['A', 'B'].map((role) => ({ role, party: inspector }));
  const opened = {
    covered: [{ uscc: enterprise, years: ['2024'] }],
    inspectors,
    papers: ['晋环执法〔2025〕7号'],
    seed,
  };
  const open = made({
    ...draft,
    version: 2,
    cites: { plan: [plan] },
    content: { stage: 'open', ...common, ...opened },
  });
  return [plan, open];
}

function engagement(as: string, party: string, issuer: string, period: string): BuiltRecord {
  const subject = { uscc: enterprise, unit: '-', period };
  return made({
    type: 'engagement',
    kind: `engagement.${as}`,
    issuer,
    subject,
    content: { party, contractNo: 'HT-9' },
  });
}

const [plan, open] = inspection(1, partyOf.inspector);
const [donePlan, doneOpen] = inspection(2, partyOf.doneInspector);
const closure = made({
  ...({ type: 'closure', kind: 'closure.1', issuer: province } as const),
  ...{ subject: { uscc: province, unit: '-', period: '2025' }, cites: { inspection: [doneOpen] } },
  content: { outcome: 'closed', statement: '未发现问题' },
});
const nextReceipt = sampleReceipt('U1', '2025-01');
/** The inspection that is under way. */
export const inspectionUnderWay = open;
/** The laboratory's reports: of the inspected year, and of the year after. */
export const reports = { inspected: report, notInspected: testReport(nextReceipt) };

const steps: readonly (readonly [party: string, records: readonly BuiltRecord[]])[] = [
  [national, parties()],
  [enterprise, [engagement('preparation', partyOf.preparer, enterprise, '2024')]],
  [enterprise, [engagement('testing', lab, enterprise, '2025')]],
  [province, [engagement('verification', partyOf.verifier, province, '2024')]],
  [lab, [nextReceipt, reports.notInspected]],
  [province, [plan, donePlan]],
  [province, [open, doneOpen]],
  [province, [closure]],
];

/** A gateway on whose ledger a plant is inspected: two reports with private figures, one of them of the inspected year. */
export async function startInspected(options: Parameters<typeof FakeGateway.start>[0] = {}): Promise<FakeGateway> {
  const fake = await startWithReport(options);
  for (const [party, records] of steps) {
    const figures = Object.fromEntries(
      records.filter((one) => one.figures.length > 0).map((one) => [one.id, one.figures]),
    );
    await fake.client(party).anchor({ records: records.map(({ record }) => record), figures });
  }
  return fake;
}
