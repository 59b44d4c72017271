import {
  addDays,
  type BuiltRecord,
  coalPowerParameters,
  evidenceDue,
  formatDecimal,
  lastDayOfMonth,
  monthsOfYear,
  parseDecimal,
} from '@carbon-ledger/core';
import { trialAllowanceRegistry, trialCcerRegistry, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { build, enterprise, TrialWorld, verifier } from './trial-world';

const uscc = enterprise.uscc;
const year = { uscc, unit: 'U1', period: '2024' };
const plant = { uscc, unit: 'PLANT', period: '2024' };
const province = trialProvinceAuthority('140000').uscc;
export const projectRef = '1467848700000000001';

/** A whole year of one unit, from sample receipts to surrender, every month alike. */
export interface TrialYear {
  readonly world: TrialWorld;
  readonly reports: readonly BuiltRecord[];
  readonly months: readonly BuiltRecord[];
  readonly annual: BuiltRecord;
  readonly plantReport: BuiltRecord;
  readonly conclusion: BuiltRecord;
  readonly issuance: BuiltRecord;
  readonly lot: BuiltRecord;
  readonly surrender: BuiltRecord;
}

function month(
  world: TrialWorld,
  plan: BuiltRecord,
  period: string,
): { receipt: BuiltRecord; report: BuiltRecord; evidence: BuiltRecord } {
  const end = lastDayOfMonth(period);
  const receipt = world.receipt(period, addDays(end, 4));
  const days = {
    received: addDays(end, 4),
    testStart: addDays(end, 6),
    testEnd: addDays(end, 8),
    issued: addDays(end, 14),
  };
  const report = world.report(receipt, days);
  const january = world.evidence(plan, report);
  const figures = Object.fromEntries(
    january.figures.filter(({ formula }) => formula === undefined).map(({ name, value }) => [name, value]),
  );
  const due = evidenceDue(period, coalPowerParameters(period.slice(0, 4)).values);
  const evidence = build({
    type: 'monthly-evidence',
    issuer: uscc,
    subject: { ...year, period },
    cites: { ...world.rules, 'quality-control-plan': [plan], 'test-report': [report] },
    content: { carbonBasis: 'measured', dailyRecords: false, due, claimedSubmission: due },
    // 600 hours fit into every month.
    figures: { ...figures, operatingHours_h: '600.00' },
  });
  return { receipt, report, evidence };
}

/** Cancels serial numbers of {@link ccerLot} for a plant. */
export function cancellation(
  lot: BuiltRecord,
  label: string,
  [from, to]: readonly [number, number],
  by = uscc,
  change: Record<string, unknown> = {},
): BuiltRecord {
  const serial = (number: number): string => `FIC-A-${String(number).padStart(9, '0')}`;
  const qty = String(to - from + 1);
  return build({
    type: 'ccer-cancellation',
    kind: `ccer-cancellation.${label}`,
    issuer: trialCcerRegistry.uscc,
    subject: { ...plant, uscc: by },
    cites: { 'ccer-lot': [lot] },
    content: {
      projectRef,
      serialFrom: serial(from),
      serialTo: serial(to),
      qty,
      purpose: 'national-offset',
      account: 'FIC-CCER-0000001',
      cancelledOn: '2025-12-02',
      ...change,
    },
    figures: { ccerQty_tCO2: qty },
  });
}

/** A cancellation for nobody's obligation: no more is asked of it than free serial numbers. */
export function voluntary(lot: BuiltRecord, label: string, numbers: readonly [number, number]): BuiltRecord {
  return cancellation(lot, label, numbers, uscc, { purpose: 'voluntary' });
}

export function ccerLot(): BuiltRecord {
  return build({
    type: 'ccer-lot',
    kind: 'ccer-lot.A',
    issuer: trialCcerRegistry.uscc,
    subject: { uscc: trialCcerRegistry.uscc, unit: projectRef, period: '-' },
    content: {
      projectRef,
      projectName: '（虚构）海上风电 A',
      methodology: 'CCER-01-002-V01',
      serialFrom: 'FIC-A-000000001',
      serialTo: 'FIC-A-000900000',
      qty: '900000',
    },
  });
}

/** Application and confirmation of the enterprise's offset, for so many tonnes. */
export function offsetRecords(
  world: TrialWorld,
  conclusion: BuiltRecord,
  tonnes: number,
): readonly [application: BuiltRecord, confirmation: BuiltRecord] {
  const due = conclusion.record.totals['verifiedEmission_tCO2']?.value ?? '0';
  const applied = String(tonnes);
  const cites = { parameters: [world.parameters], 'verification-conclusion': [conclusion] };
  const application = build({
    type: 'offset-application',
    issuer: uscc,
    subject: plant,
    cites,
    content: {
      enterpriseName: enterprise.name,
      ccerAccount: 'FIC-CCER-0000001',
      allowanceAccount: 'FIC-CEA-0000001',
      obligation_t: due,
      applied_t: applied,
      share_pct: formatDecimal(parseDecimal(applied).div(due).times(100), 2),
      rows: [{ projectRef, qty: applied }],
      declared: true,
    },
  });
  const confirmation = build({
    type: 'offset-confirmation',
    issuer: province,
    subject: plant,
    cites: { ...cites, application: [application] },
    content: { decision: 'confirm', confirmed_t: applied },
  });
  return [application, confirmation];
}

export function surrenderRecord(
  world: TrialWorld,
  conclusion: BuiltRecord,
  issuance: BuiltRecord,
  cancellations: readonly BuiltRecord[],
): BuiltRecord {
  return build({
    type: 'surrender',
    issuer: trialAllowanceRegistry.uscc,
    subject: plant,
    cites: {
      ...world.rules,
      'verification-conclusion': [conclusion],
      'allowance-issuance': [issuance],
      'ccer-cancellation': cancellations,
    },
    content: { deadline: '2025-12-31', surrenderedOn: null },
  });
}

/** The year up to its reports: twelve months alike, the unit's and the plant's annual report. */
export interface ReportedYear {
  readonly world: TrialWorld;
  readonly plan: BuiltRecord;
  readonly reports: readonly BuiltRecord[];
  readonly months: readonly BuiltRecord[];
  readonly annual: BuiltRecord;
  readonly plantReport: BuiltRecord;
}

/** The unit's annual report over its months, and the plant's over that. */
export function annualReports(
  world: TrialWorld,
  plan: BuiltRecord,
  months: readonly BuiltRecord[],
  version = 1,
): readonly [annual: BuiltRecord, plantReport: BuiltRecord] {
  const content = { preparer: null, title: '2024 年度排放报告' };
  const shared = { type: 'annual-report', issuer: uscc, version, content } as const;
  const own = { ...world.rules, 'quality-control-plan': [plan], 'monthly-evidence': months };
  const annual = build({ ...shared, subject: year, cites: own });
  return [annual, build({ ...shared, subject: plant, cites: { ...world.rules, 'unit-report': [annual] } })];
}

export async function reportedYear(): Promise<ReportedYear> {
  const world = await TrialWorld.open();
  const plan = world.plan();
  await world.anchor([plan]);
  const parts = monthsOfYear('2024').map((period) => month(world, plan, period));
  await world.anchor(parts.flatMap(({ receipt, report }) => [receipt, report]));
  const months = parts.map(({ evidence }) => evidence);
  const [annual, plantReport] = annualReports(world, plan, months);
  await world.anchor([...months, annual, plantReport]);
  return { world, plan, reports: parts.map(({ report }) => report), months, annual, plantReport };
}

/**
 * @param surrendered false to stop before the surrender is filed
 * @param confirmed tonnes of CCER that the province confirms; 0 to stop before anything is applied for
 */
export async function trialYear(surrendered = true, confirmed = 141_298): Promise<TrialYear> {
  const { world, plan, reports, months, annual, plantReport } = await reportedYear();
  const by = (draft: Parameters<typeof build>[0]): BuiltRecord =>
    build({ ...draft, cites: { ...world.rules, ...draft.cites } });
  const verdict = { reportNo: 'V-1', result: 'confirmed', conformity: { guideline: true, plan: true } };
  const unitConclusion = by({
    type: 'verification-conclusion',
    issuer: verifier.uscc,
    subject: year,
    content: verdict,
    cites: { 'annual-report': [annual] },
  });
  const conclusion = by({
    type: 'verification-conclusion',
    issuer: verifier.uscc,
    subject: plant,
    content: verdict,
    cites: { 'annual-report': [plantReport], 'unit-conclusion': [unitConclusion] },
  });
  await world.anchor([unitConclusion, conclusion]);

  const pre = { phase: 'pre', notice: '预分配' };
  const final = { phase: 'final', notice: '核定' };
  const kind = 'allowance-issuance.pre';
  const unitPre = by({
    type: 'allowance-issuance',
    kind,
    issuer: province,
    subject: year,
    content: pre,
    figures: { verified2023_tCO2: '2318466' },
  });
  const plantPre = by({
    type: 'allowance-issuance',
    kind,
    issuer: province,
    subject: plant,
    content: pre,
    cites: { 'unit-issuance': [unitPre] },
  });
  const unitIssuance = by({
    type: 'allowance-issuance',
    issuer: province,
    subject: year,
    content: final,
    cites: {
      'quality-control-plan': [plan],
      'annual-report': [annual],
      'verification-conclusion': [unitConclusion],
      'pre-issuance': [unitPre],
    },
  });
  const issuance = by({
    type: 'allowance-issuance',
    issuer: province,
    subject: plant,
    content: final,
    cites: { 'verification-conclusion': [conclusion], 'pre-issuance': [plantPre], 'unit-issuance': [unitIssuance] },
  });
  await world.anchor([unitPre, plantPre, unitIssuance, issuance]);

  const made = { reports, months, annual, plantReport, conclusion, issuance };
  const lot = ccerLot();
  if (confirmed === 0) {
    await world.anchor([lot]);
    return { world, ...made, lot, surrender: lot };
  }
  for (const record of offsetRecords(world, conclusion, confirmed)) await world.anchor([record]);
  const cancelled = cancellation(lot, '1', [1, 45_000]);
  await world.anchor([lot, cancelled]);
  const surrender = surrenderRecord(world, conclusion, issuance, [cancelled]);
  if (surrendered) await world.anchor([surrender]);
  return { world, ...made, lot, surrender };
}
